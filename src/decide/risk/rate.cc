#include "decide/risk/rate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "decide/case.h"
#include "decide/history.h"
#include "decide/reading.h"
#include "facts/filed.h"
#include "facts/record.h"
#include "model/sentence.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {
namespace {

// What is believed of a chance before anything was seen: a single number is worth one event.
chance::Distribution belief(const model::Field& share) {
  if (share.law.family == chance::Family::kBeta && share.closed) return share.law;
  const double mean = share.law.mean();
  const double spread = share.law.deviation();
  const double trials =
      spread > 0 ? std::max(mean * (1 - mean) / (spread * spread) - 1, 1.0) : 1 / mean;
  return chance::beta(mean * trials, (1 - mean) * trials);
}

Error nobody_counts(const model::FiledWorry& worry) {
  return make_error(Code::kNotFound,
                    fmt::format("worry '{}' counts on deploys, and none are counted", worry.id));
}

std::vector<Forerunner> forerunners_of(const model::FiledWorry& worry) {
  std::vector<Forerunner> out;
  for (const auto& [alert, share] : worry.alerts) out.push_back({alert, belief(share)});
  return out;
}

}  // namespace

Result<YearlyRate> rate_of(const model::FiledWorry& worry, std::optional<double> trials_a_year,
                           const History& history, Timestamp now) {
  model::FiledRate rate;
  std::string what = worry.title;
  if (worry.rate) {
    rate = *worry.rate;
  } else {
    TRY(const model::WorrySentence sentence, model::parse_sentence(worry.sentence));
    rate.text = worry.sentence;
    rate.written = sentence.frequency;
    what = sentence.what;
  }
  const auto counted = deploys_a_year(history, worry.service, now);
  auto events = rate.events_a_year(counted ? counted : trials_a_year);
  if (!events) {
    if (events.error().code != Code::kNotFound) return fail(std::move(events).error());
    return fail(nobody_counts(worry));
  }
  YearlyRate out{*std::move(events), rate.at_most_once(), "stated", ""};
  if (out.at_most_once) return out;
  const auto learned =
      taught({out.events, out.source}, history, worry.service, what, now, forerunners_of(worry));
  if (!learned) return out;
  out.events = learned->what;
  out.source = learned->source;
  out.note = fmt::format("'{}': how often is {}", worry.id, learned->source);
  return out;
}

Result<Case> case_of(const model::FiledWorry& worry, const model::Stakes& stakes,
                     std::optional<double> trials_a_year, const History& history, Timestamp now) {
  TRY_IN("worry '" + worry.id + "'", const facts::Record finding,
         facts::filed_worry(worry, trials_a_year, now));
  auto item = read_case(finding, stakes, now, history);
  if (!item) return fail(nobody_counts(worry));
  if (worry.alerts.empty()) return *std::move(item);
  TRY(YearlyRate rate, rate_of(worry, trials_a_year, history, now));
  item->part(Part::kEvents) = Uncertain{rate.events, std::move(rate.source)};
  return *std::move(item);
}

Uncertain size_of(const model::WorrySentence& sentence, const chance::Distribution& stated,
                  const std::string& service, const History& history) {
  Uncertain out{stated, "stated"};
  if (sentence.size.unit != model::kHoursLost) return out;
  const auto learned = taught_hours(out, history, service, sentence.what);
  return learned ? learned->hours : out;
}

}  // namespace daytwo::decide::risk
