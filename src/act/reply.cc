#include "act/reply.h"

#include <fmt/format.h>

#include <algorithm>

#include "act/deeds.h"
#include "base/text.h"

namespace daytwo::act {
namespace {

using facts::Deed;
using facts::DeedKind;
using facts::Record;

Result<Page> need_page(const facts::Snapshot& snapshot, const std::string& id) {
  std::optional<Page> page = find_page(snapshot, id);
  if (!page) return fail(Code::kNotFound, fmt::format("there is no page {}", to_utf8(id)));
  return std::move(*page);
}

bool is_owed(const Page& page) {
  return page.state == PageState::kPending || page.state == PageState::kSending;
}

}  // namespace

Result<std::vector<Record>> acknowledge(const facts::Snapshot& snapshot, const std::string& page_id,
                                        const std::string& by, Timestamp now) {
  TRY(const Page page, need_page(snapshot, page_id));
  std::vector<Record> out;
  if (page.acked) return out;
  Record acked = page_deed(page, DeedKind::kAcked, now, fmt::format("{} has it", by));
  std::get<Deed>(acked.body).by = by;
  out.push_back(std::move(acked));
  for (const Page& other : pages(snapshot)) {
    if (other.worry != page.worry || other.epoch != page.epoch || !is_owed(other)) continue;
    out.push_back(page_deed(other, DeedKind::kCancelled, now, fmt::format("{} has it", by)));
  }
  const facts::RecordPtr routed = snapshot.find("routed", page.worry);
  if (routed != nullptr && routed->find_input("epoch") == page.epoch) {
    out.push_back(routed_again(
        *routed, now, facts::State::kChanged,
        fmt::format("acknowledged by {} {} after the page", by, to_words(now - page.created))));
  }
  return out;
}

Result<std::vector<Record>> snooze(const facts::Snapshot& snapshot, const std::string& page_id,
                                   Duration span, const std::string& by, Timestamp now) {
  TRY(const Page page, need_page(snapshot, page_id));
  if (span.ms <= 0 || span > kMaxSnooze) {
    return fail(Code::kInvalid, fmt::format("a snooze lasts between a moment and {}, not {}",
                                            to_words(kMaxSnooze), to_words(span)));
  }
  const facts::RecordPtr queued = snapshot.find("queued", page_key(page_id));
  Record snoozed = page_deed(page, DeedKind::kSnoozed, now,
                             fmt::format("{} asked to be told again in {}", by, to_words(span)));
  std::get<Deed>(snoozed.body).by = by;
  std::get<Deed>(snoozed.body).until = now + span;
  // Owed again later; a reminder is another message, so it has another key.
  Record again = *queued;
  again.id = {};
  again.ts = now;
  again.sentence = fmt::format("owed again at {}", to_rfc3339(now + span));
  std::get<Deed>(again.body).until = now + span;
  std::get<Deed>(again.body).idempotency_key += fmt::format("-{}", (now + span).ms);
  return std::vector<Record>{std::move(snoozed), std::move(again)};
}

Result<std::vector<Record>> feedback(const facts::Snapshot& snapshot, const std::string& page_id,
                                     const std::string& vote, const std::string& by,
                                     Timestamp now) {
  TRY(const Page page, need_page(snapshot, page_id));
  const std::vector<std::string> votes = {"useful", "noise", "not_mine", "no_power"};
  if (std::find(votes.begin(), votes.end(), vote) == votes.end()) {
    const std::string near = nearest_word(vote, votes);
    return fail(Code::kInvalid,
                fmt::format("a vote is {}, not '{}'{}", join_words(votes), to_utf8(vote),
                            near.empty() ? "" : ": did you mean " + near + "?"));
  }
  Record record = page_deed(page, DeedKind::kFeedback, now, fmt::format("{} says {}", by, vote));
  std::get<Deed>(record.body).by = by;
  std::get<Deed>(record.body).vote = vote;
  return std::vector<Record>{std::move(record)};
}

}  // namespace daytwo::act
