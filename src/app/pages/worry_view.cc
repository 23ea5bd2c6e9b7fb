#include "app/pages/worry_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "facts/names.h"
#include "model/stakes.h"
#include "model/tripwire.h"

namespace daytwo::app {
namespace {

api::Tripwire to_tripwire(const model::Tripwire& tripwire, const PageContext& context) {
  api::Tripwire out;
  out.sentence = tripwire.sentence;
  out.input = tripwire.input;
  out.op = tripwire.op;
  out.value = tripwire.value;
  out.query = tripwire.query;
  out.unit = tripwire.unit;
  if (tripwire.until.ms != 0) out.until = tripwire.until;
  if (!tripwire.query.empty()) out.now = context.ask(tripwire.query);
  const bool by_date = tripwire.query.empty() && tripwire.until.ms != 0;
  if (!by_date && !out.now) {
    out.state = api::TripwireState::kUnknown;
  } else {
    const bool crossed = model::crosses(tripwire, out.now, context.clock.wall());
    out.state = crossed ? api::TripwireState::kCrossed : api::TripwireState::kArmed;
  }
  return out;
}

// Who has it, as the newest routing says.
api::Owner to_owner(const model::Worry& worry, const facts::Snapshot& snapshot) {
  api::Owner out;
  out.name = worry.owner;
  const facts::RecordPtr routed = snapshot.find("routed", worry.key);
  if (routed == nullptr) return out;
  out.sentence = routed->sentence;
  const std::string_view power = routed->find_input("has_power");
  if (!power.empty()) out.has_power = power == "yes";
  return out;
}

// Nobody plans further ahead than this.
constexpr double kNeverDays = 3652.5;

// An interval below this is told to the second.
constexpr Duration kNarrow = minutes(10);

// "2026-11-22 22:38", or with its seconds.
std::string clock_words(Timestamp at, bool with_seconds) {
  const std::string full = to_rfc3339(at);
  return full.substr(0, 10) + " " + full.substr(11, with_seconds ? 8 : 5);
}

Timestamp after(Timestamp at, double days_ahead) {
  const double days_bounded = std::min(days_ahead, kNeverDays);
  return at + milliseconds(std::llround(days_bounded * 86'400'000));
}

// When the open finding of `worry` says that it runs out.
std::optional<api::When> when_of(const model::Worry& worry, const facts::Snapshot& snapshot) {
  for (const facts::RecordPtr& record : snapshot.thread(worry.key)) {
    if (facts::body_as<facts::Finding>(*record) == nullptr) continue;
    const model::Amount* days = record->find_amount("days_to_runout");
    if (days == nullptr || record->state == facts::State::kClosed) continue;
    return when_after(record->ts, days->estimate);
  }
  return std::nullopt;
}

}  // namespace

api::When when_after(Timestamp at, const chance::Estimate& days_ahead) {
  api::When out;
  out.p05 = after(at, days_ahead.p05);
  out.p50 = after(at, days_ahead.p50);
  if (days_ahead.p95 < kNeverDays) out.p95 = after(at, days_ahead.p95);
  const bool exact = out.p95 == out.p05;
  const bool narrow = !exact && out.p95 && *out.p95 - out.p05 < kNarrow;
  const std::string middle = clock_words(out.p50, narrow);
  out.sentence = middle + " UTC";
  if (exact) return out;
  // Of the ends only what differs from the middle's day is said in full.
  const std::string day = middle.substr(0, 11);
  const auto end = [&](Timestamp instant) {
    const std::string full = clock_words(instant, narrow);
    return full.starts_with(day) ? full.substr(day.size()) : full;
  };
  out.sentence +=
      fmt::format(" ({} to {}, 90 %)", end(out.p05), out.p95 ? end(*out.p95) : "beyond ten years");
  return out;
}

api::WorryRow to_row(const model::Worry& worry, const facts::Snapshot& snapshot,
                     const PageContext& context) {
  api::WorryRow out;
  out.id = worry.id;
  out.key = worry.key.value;
  out.kind = worry.kind;
  out.title = worry.title;
  out.subject = worry.subject;
  out.service = worry.service;
  out.state = worry.open ? api::WorryState::kOpen : api::WorryState::kClosed;
  out.found = worry.written ? api::WorryOrigin::kWritten : api::WorryOrigin::kFound;
  out.verdict = worry.verdict;
  out.reason = worry.reason;
  if (worry.chance_pays) out.chance_pays = worry.chance_pays->value;
  const std::optional<model::Amount>& shown = worry.loss ? worry.loss : worry.loss_per_day;
  if (shown) out.worth = api::to_view(*shown);
  out.owner = to_owner(worry, snapshot);
  if (worry.tripwire) out.tripwire = to_tripwire(*worry.tripwire, context);
  out.first_seen = worry.first_seen;
  out.changed = worry.changed;
  out.score = worry.score;
  out.next_step = worry.next_step;
  out.paged = worry.paged;
  out.when = when_of(worry, snapshot);
  return out;
}

api::ThreadEntry to_entry(const facts::Record& record) {
  api::ThreadEntry out;
  out.id = record.id.value;
  out.ts = record.ts;
  out.room = facts::room_of(record);
  out.kind = facts::kind_of(record);
  out.state = json_names(record.state)[static_cast<std::size_t>(record.state)];
  out.sentence = record.sentence;
  for (const facts::Input& input : record.inputs) out.inputs.push_back({input.name, input.value});
  for (const facts::NamedAmount& named : record.amounts) {
    out.amounts.push_back({named.name, api::to_view(named.amount)});
  }
  out.seed = record.seed.value;
  out.engine = record.engine;
  out.coverage = record.coverage;
  return out;
}

api::ThreadEntry unread_entry(std::size_t unreadable, Timestamp now) {
  api::ThreadEntry out;
  out.ts = now;
  out.room = "journal";
  out.kind = "unread";
  out.sentence = facts::unread_words(unreadable);
  return out;
}

api::Question to_question(model::StakeOf of, const std::string& service) {
  api::Question out;
  out.id = "question";
  out.sentence = model::question(of, service);
  out.placeholder = model::example(of, service);
  out.subject = service;
  for (const model::BaseRate& rate : model::offered(of)) {
    out.offers.push_back({std::string(rate.sentence), std::string(rate.source)});
  }
  return out;
}

std::optional<api::Question> open_question(const facts::Snapshot& snapshot) {
  const std::vector<facts::RecordPtr> questions = snapshot.open("question");
  if (questions.empty()) return std::nullopt;
  const facts::Record& record = *questions.front();
  const auto* choice = facts::body_as<facts::Choice>(record);
  api::Question out;
  out.id = record.key.value;
  out.sentence = record.sentence;
  out.why = choice->reason;
  out.placeholder = choice->study;
  out.subject = record.subject;
  const auto about = model::parse_stake(choice->study);
  if (!about) return out;
  for (const model::BaseRate& rate : model::offered(about->of)) {
    out.offers.push_back({std::string(rate.sentence), std::string(rate.source)});
  }
  return out;
}

}  // namespace daytwo::app
