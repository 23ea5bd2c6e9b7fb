#include "app/pages/loop_stages.h"

#include <fmt/format.h>

#include <algorithm>

#include "act/page.h"
#include "base/text.h"
#include "facts/names.h"
#include "orient/detector.h"

namespace daytwo::app {
namespace {

using facts::RecordPtr;

api::Stage observe_stage(const facts::Snapshot& snapshot, const PageContext& context) {
  api::Stage out;
  out.name = api::StageName::kObserve;
  const auto count = [&](std::string_view kind) { return snapshot.open(kind).size(); };
  const std::size_t listeners = count(facts::kind_name<facts::ListenerSeen>());
  const std::shared_ptr<const observe::NodeView> node = context.node();
  if (node == nullptr || node->at.ms == 0) {
    out.sentence = "this host is not observed";
  } else {
    out.sentence =
        fmt::format("{}, {} seen on {}", counted(node->processes.size(), "process", "processes"),
                    counted(listeners, "listener", "listeners"), context.host);
    for (const std::string& gap : node->coverage) out.lines.push_back(gap);
  }
  const std::size_t probes = count(facts::kind_name<facts::ProbeSeen>());
  if (probes > 0) out.lines.push_back(counted(probes, "watched URL", "watched URLs"));
  const std::size_t alerts = count(facts::kind_name<facts::AlertSeen>());
  if (alerts > 0) out.lines.push_back(counted(alerts, "alert received", "alerts received"));
  return out;
}

api::Stage orient_stage(const std::vector<model::Worry>& open) {
  api::Stage out;
  out.name = api::StageName::kOrient;
  std::map<std::string, std::size_t> kinds;
  for (const model::Worry& worry : open) ++kinds[worry.kind];
  out.sentence = open.empty() ? "nothing to worry about was found"
                              : counted(open.size(), "worry is open", "worries are open");
  for (const auto& [kind, count] : kinds) out.lines.push_back(fmt::format("{} {}", count, kind));
  return out;
}

api::Stage decide_stage(const facts::Snapshot& snapshot, const std::vector<model::Worry>& open) {
  api::Stage out;
  out.name = api::StageName::kDecide;
  std::size_t decided = 0;
  for (const model::Worry& worry : open) {
    if (worry.verdict != model::Verdict::kUndecided) ++decided;
  }
  out.sentence = open.empty() ? "no verdict is waiting"
                              : fmt::format("{} of {} have a verdict", decided, open.size());
  const std::size_t stakes = snapshot.open("stake").size();
  out.lines.push_back(stakes == 0 ? "no stakes stated: ranked in natural units"
                                  : counted(stakes, "stake stated", "stakes stated"));
  return out;
}

api::Stage act_stage(const facts::Snapshot& snapshot) {
  api::Stage out;
  out.name = api::StageName::kAct;
  std::size_t sent = 0;
  std::size_t owed = 0;
  std::size_t acked = 0;
  for (const act::Page& page : act::pages(snapshot)) {
    if (page.purpose != act::PagePurpose::kPage) continue;
    if (page.acked) ++acked;
    if (page.state == act::PageState::kSent) ++sent;
    if (page.state == act::PageState::kPending || page.state == act::PageState::kSending) ++owed;
  }
  out.sentence = fmt::format("{} sent, {} acknowledged", counted(sent, "page", "pages"), acked);
  if (owed > 0) out.lines.push_back(counted(owed, "page is owed", "pages are owed"));
  return out;
}

api::Stage learn_stage(const facts::Snapshot& snapshot) {
  api::Stage out;
  out.name = api::StageName::kLearn;
  const std::size_t scored = snapshot.open("scored").size();
  const std::size_t made = snapshot.open("forecast").size();
  out.sentence = made == 0
                     ? "no forecast made yet"
                     : fmt::format("{}, {} scored", counted(made, "forecast", "forecasts"), scored);
  return out;
}

}  // namespace

std::string loop_sentence(const std::vector<model::Worry>& open) {
  if (open.empty()) return "Nothing needs you now.";
  std::size_t now = 0;
  for (const model::Worry& worry : open) {
    if (worry.verdict == model::Verdict::kDo) ++now;
  }
  const std::string worries = counted(open.size(), "worry", "worries");
  return now == 0
             ? fmt::format("{} open, none to act on now.", worries)
             : fmt::format("{} open, {} to act on; first: {}.", worries, now, open.front().title);
}

std::vector<api::Stage> loop_stages(const facts::Snapshot& snapshot,
                                    const std::vector<model::Worry>& open,
                                    const PageContext& context) {
  return {observe_stage(snapshot, context), orient_stage(open), decide_stage(snapshot, open),
          act_stage(snapshot), learn_stage(snapshot)};
}

std::vector<api::FindingSource> finding_sources(const facts::Snapshot& snapshot) {
  std::vector<api::FindingSource> out;
  for (const RecordPtr& record : snapshot.open("source")) {
    const auto* finding = facts::body_as<facts::Finding>(*record);
    api::FindingSource source;
    const std::size_t slash = record->key.value.find('/');
    source.id = record->key.value.substr(slash + 1);
    source.title = finding->title;
    source.sentence = record->sentence;
    source.teach = finding->next_step;
    source.state = finding->next_step.empty() ? api::SourceState::kWorking : api::SourceState::kOff;
    const std::string_view stuck = record->find_input(orient::kSourceInput);
    if (stuck == orient::kFailed) source.state = api::SourceState::kFailed;
    if (stuck == orient::kWaiting) source.state = api::SourceState::kWaiting;
    out.push_back(std::move(source));
  }
  return out;
}

std::string turn_time(const std::vector<model::Worry>& open) {
  std::vector<std::int64_t> spans_ms;
  for (const model::Worry& worry : open) {
    if (worry.verdict != model::Verdict::kUndecided) {
      spans_ms.push_back((worry.changed - worry.first_seen).ms);
    }
  }
  if (spans_ms.empty()) return "no turn completed yet";
  std::sort(spans_ms.begin(), spans_ms.end());
  const Duration middle{spans_ms[spans_ms.size() / 2]};
  return fmt::format("Turn time: median {} from the first signal to the newest word on it ({}).",
                     middle < seconds(1) ? std::string("under 1s") : to_words(middle),
                     counted(spans_ms.size(), "worry", "worries"));
}

double deploys_a_year(const facts::Journal& journal, Timestamp now) {
  const auto changes =
      journal.between(facts::kind_name<facts::ChangeSeen>(), kMinTimestamp, kMaxTimestamp, 100'000);
  if (!changes) return 0;
  Timestamp first = now;
  std::size_t count = 0;
  for (const RecordPtr& record : changes->records) {
    const auto* change = facts::body_as<facts::ChangeSeen>(*record);
    if (change == nullptr || change->what != "deploy") continue;
    ++count;
    first = std::min(first, change->at);
  }
  const double years = (now - first).days() / kDaysPerYear;
  // Less than a month of history says little about a year.
  return count == 0 || years < 1.0 / 12 ? 0 : static_cast<double>(count) / years;
}

}  // namespace daytwo::app
