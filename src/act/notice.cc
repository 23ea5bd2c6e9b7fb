#include "act/notice.h"

#include <fmt/format.h>

#include "facts/fold.h"
#include "model/verdict.h"

namespace daytwo::act {
namespace {

// What the worry's thread adds to the notice.
void take_worry(Notice& notice, const std::vector<facts::RecordPtr>& thread) {
  for (const facts::RecordPtr& record : thread) {
    const auto* finding = facts::body_as<facts::Finding>(*record);
    if (finding != nullptr && facts::is_worry(finding->kind)) {
      notice.sentence = record->sentence;
      notice.starts = record->ts;
      if (record->state == facts::State::kClosed) notice.ends = record->ts;
    }
    const auto* deed = facts::body_as<facts::Deed>(*record);
    if (deed == nullptr) continue;
    if (deed->kind == facts::DeedKind::kRouted) notice.owner = record->sentence;
    if (deed->kind == facts::DeedKind::kShadow) notice.shadow = record->sentence;
  }
}

}  // namespace

Notice make_notice(const Page& page, const facts::Snapshot& snapshot, const LinkMaker& link) {
  Notice notice;
  notice.page = page;
  notice.title = page.title;
  notice.resolved = page.purpose == PagePurpose::kResolve;
  notice.starts = page.created;
  notice.show_url = link(page, "show");
  if (page.purpose == PagePurpose::kPage) {
    notice.ack_url = link(page, "ack");
    notice.snooze_url = link(page, "snooze");
    notice.useful_url = link(page, "useful");
    notice.noise_url = link(page, "noise");
    notice.not_mine_url = link(page, "not_mine");
  }
  const std::vector<facts::RecordPtr> thread = snapshot.thread(page.worry);
  bool is_worry = false;
  for (const facts::RecordPtr& record : thread) {
    is_worry = is_worry || facts::body_as<facts::Finding>(*record) != nullptr;
  }
  if (!is_worry) {
    notice.kind = to_string(page.purpose);
    notice.sentence = page.title;
    return notice;
  }
  const model::Worry worry = facts::fold(thread);
  notice.kind = worry.kind;
  notice.service = worry.service;
  notice.subject = worry.subject;
  notice.title = worry.title;
  notice.next_step = worry.next_step;
  if (worry.verdict != model::Verdict::kUndecided) {
    notice.verdict = fmt::format("{}: {}", model::to_words(worry.verdict), worry.reason);
  }
  if (worry.loss) notice.worth = model::to_words(*worry.loss);
  take_worry(notice, thread);
  return notice;
}

}  // namespace daytwo::act
