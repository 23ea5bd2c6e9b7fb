#include "learn/waiting.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "learn/forecast.h"
#include "model/amount.h"

namespace daytwo::learn {
namespace {

constexpr std::string_view kBefore = "forecast/";
constexpr std::string_view kAfter = "/waiting";
// A shadow older than this was missed: its forecast would not be one.
constexpr Duration kFresh = minutes(5);

std::optional<double> number_of(const facts::Record& record, std::string_view input) {
  const std::string_view text = record.find_input(input);
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// What came of leaving it alone.
struct Outcome {
  bool worse = false;     // it went on, or it ran full
  double hours = 0;       // until it ended, or as long as one would have waited
  double hours_lost = 0;  // of them, those that a page would have saved
};

Outcome outcome_of(const facts::Record& forecast, const facts::Record& finding,
                   const facts::Lesson& lesson) {
  Outcome out;
  const double waited = (lesson.due - forecast.ts).hours();
  const double mitigate = number_of(forecast, "hours to mitigate").value_or(0);
  const double took = (finding.ts - forecast.ts).hours();
  const bool in_time = finding.ts <= lesson.due;
  if (lesson.truth_rule == kRanFull) {
    const model::Amount* left = finding.find_amount("days_to_runout");
    const bool full =
        finding.state != facts::State::kClosed && left != nullptr && left->estimate.p95 <= 0;
    out.worse = full && in_time;
    out.hours = out.worse ? took : waited;
    // What was full before anybody could have come is not the price of waiting.
    out.hours_lost = out.worse && took > mitigate ? 1 : 0;
    return out;
  }
  out.worse = finding.state != facts::State::kClosed || !in_time;
  out.hours = out.worse ? waited : took;
  // Whoever comes in the morning needs as long as whoever was woken.
  out.hours_lost = out.worse ? waited : std::max(0.0, took - mitigate);
  return out;
}

// "waiting would have cost $40 ($1.9k was forecast), waking $210".
void add_cost(const facts::Record& forecast, const Outcome& came, facts::Record& out) {
  const model::Amount* price = forecast.find_amount("price");
  const model::Amount* said = forecast.find_amount("waiting");
  const model::Amount* waking = forecast.find_amount("waking");
  if (price == nullptr || said == nullptr || waking == nullptr) return;
  model::Amount cost = *price;
  cost.estimate = chance::scaled(price->estimate, came.hours_lost);
  const auto words = [](const model::Amount& amount) {
    const std::string figure = model::money_words(amount.estimate.mean, amount.unit);
    return amount.is_money() ? figure : figure + " " + amount.unit;
  };
  out.sentence += fmt::format("; waiting would have cost {} ({} was forecast), waking {}",
                              words(cost), words(*said), words(*waking));
  if (cost.unit == waking->unit) {
    const bool wait = cost.estimate.mean <= waking->estimate.mean;
    out.inputs.push_back({"in hindsight", wait ? "wait" : "wake"});
    out.sentence += wait ? ": waiting was the cheaper" : ": waking was the cheaper";
  }
  out.amounts.push_back({"waiting_came", std::move(cost)});
}

}  // namespace

WorryKey waiting_key(const WorryKey& worry) {
  return WorryKey(fmt::format("{}{}{}", kBefore, worry.value, kAfter));
}

WorryKey worry_of_waiting(const WorryKey& forecast) {
  const std::string& key = forecast.value;
  CHECK(key.size() > kBefore.size() + kAfter.size(), "a key that waiting_key() made");
  return WorryKey(key.substr(kBefore.size(), key.size() - kBefore.size() - kAfter.size()));
}

std::optional<facts::Record> waiting_foretold(const facts::Record& shadow,
                                              const facts::Record& finding, Timestamp now) {
  const auto chance = number_of(shadow, "gets worse");
  const auto hours = number_of(shadow, "hours of waiting");
  const auto* body = facts::body_as<facts::Finding>(finding);
  if (!chance || !hours || body == nullptr || now - shadow.ts > kFresh) return std::nullopt;
  if (!(*chance >= 0 && *chance <= 1) || !(*hours > 0 && *hours < 24 * 31)) return std::nullopt;
  const std::string_view until = shadow.find_input("until");
  const std::string_view rule = shadow.find_input("judged by");
  const std::string_view goes = rule == kRanFull ? "runs full before" : "goes on until";
  ChanceForecast forecast;
  forecast.key = waiting_key(shadow.key);
  forecast.what = fmt::format("{}: {} {} if nobody acts", body->title, goes, until);
  forecast.chance = *chance;
  forecast.due = shadow.ts + milliseconds(static_cast<std::int64_t>(*hours * 3.6e6));
  forecast.truth_rule = rule == kRanFull ? kRanFull : kStillOpen;
  facts::Record out = to_record(forecast, shadow.id, now);
  out.inputs = {{"source", std::string(kWaiting)}};
  for (const char* name : {"epoch", "decision", "until", "hours to mitigate"}) {
    out.inputs.push_back({name, std::string(shadow.find_input(name))});
  }
  for (const char* name : {"waiting", "waking", "price"}) {
    if (const auto* amount = shadow.find_amount(name)) out.amounts.push_back({name, *amount});
  }
  return out;
}

facts::Record waiting_scored(const facts::Record& forecast, const facts::Record& finding,
                             Timestamp now) {
  const auto* lesson = facts::body_as<facts::Lesson>(forecast);
  CHECK(lesson != nullptr && now >= lesson->due, "a forecast that is due");
  const Outcome came = outcome_of(forecast, finding, *lesson);
  facts::Record out = scored(forecast, came.worse ? 1 : 0, now);
  const auto after = milliseconds(static_cast<std::int64_t>(came.hours * 3.6e6));
  if (lesson->truth_rule == kRanFull) {
    out.sentence += came.worse ? "; it was full after " + to_words(after) : "; it was not full";
  } else {
    out.sentence += came.worse ? "; it still went on" : "; it ended after " + to_words(after);
  }
  add_cost(forecast, came, out);
  return out;
}

}  // namespace daytwo::learn
