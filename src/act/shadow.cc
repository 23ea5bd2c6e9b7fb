#include "act/shadow.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "act/deeds.h"
#include "base/chance_words.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/stakes.h"
#include "model/wake.h"
#include "model/working_hours.h"

namespace daytwo::act {
namespace {

using model::Amount;

// Where all seeds of this file start.
constexpr chance::Seed kRoot{20261122};
// At work, the alternative to a page is the team's next look at what is open [acting.md 5].
constexpr Duration kTriage = hours(4);
// What fills goes on filling: the run-out's own interval says how sure that is.
constexpr double kForEverHours = 1e6;

// Until when one could wait, and whether anybody sleeps.
struct Wait {
  model::WorkingHours hours;
  bool stated = false;
  bool asleep = true;
  double length_hours = 0;
  std::string until;
};

Wait wait_of(const Waking& waking, Timestamp now) {
  Wait out;
  const auto& own = waking.person.hours;
  out.stated = own.has_value() || waking.people.hours.has_value();
  out.hours = own ? *own : waking.people.hours.value_or(model::WorkingHours{});
  out.asleep = !out.hours.include(now);
  const Timestamp until = out.asleep ? out.hours.next_start(now) : now + kTriage;
  out.length_hours = (until - now).hours();
  out.until = (out.asleep ? "" : "the team's next look at ") +
              model::clock_words(out.hours, until) +
              (out.stated ? "" : " (working hours are assumed)");
  return out;
}

// How long it has held; nothing where its record does not say.
Duration age_of(const facts::Record& finding, Timestamp now) {
  const auto began = parse_rfc3339(finding.find_input(facts::kBegan));
  return began && *began < now ? now - *began : Duration{};
}

model::WakeCase case_of(const Waking& waking, const Wait& wait, Timestamp now) {
  model::WakeCase out;
  out.needs_human = chance::beta(1 + static_cast<double>(waking.votes.useful),
                                 1 + static_cast<double>(waking.votes.noise));
  out.burning = {std::log(model::kBurningMedianHours), model::kBurningSpread,
                 age_of(waking.finding, now).hours()};
  out.hours_to_mitigate = waking.mending.hours;
  out.hours_to_day = wait.length_hours;
  out.night = wait.asleep;
  if (waking.verdict == nullptr) return out;
  const Amount* an_hour = waking.verdict->find_amount("loss_per_hour");
  const Amount* whole = waking.verdict->find_amount("loss");
  const Amount* left = waking.finding.find_amount("days_to_runout");
  if (left != nullptr && whole != nullptr) {
    // It costs nothing until it is full, and then all at once.
    out.loss_per_hour = chance::exactly(0);
    out.burning = {std::log(kForEverHours), 0, 0};
    out.cliff = model::CliffCase{chance::scaled(left->estimate, 24), whole->estimate};
  } else if (an_hour != nullptr) {
    out.loss_per_hour = an_hour->estimate;
  }
  return out;
}

std::string_view service_of(const facts::Record& finding) {
  const auto* body = facts::body_as<facts::Finding>(finding);
  return body == nullptr ? std::string_view{} : std::string_view(body->service);
}

std::string burning_words(const model::Burning& burning) {
  std::string assumed = fmt::format("assumed: half of what burns ends by itself within {} h",
                                    model::kBurningMedianHours);
  if (burning.age_hours < 1) return assumed;
  return fmt::format("{}; this has gone on for {}, and such things last", assumed,
                     to_words(milliseconds(std::llround(burning.age_hours * 3.6e6))));
}

std::vector<std::string> trace_of(const Waking& waking, const Wait& wait,
                                  const model::WakeCase& item, bool priced_work) {
  std::vector<std::string> out;
  out.push_back(fmt::format("working hours of {}: {}{}", waking.person.name,
                            model::to_words(wait.hours),
                            wait.stated ? "" : " (assumed until `hours` is stated under people)"));
  out.push_back(
      fmt::format("needs a human with {}: {} pages of these words were called "
                  "useful, {} noise",
                  chance_words(item.needs_human.mean()), waking.votes.useful, waking.votes.noise));
  out.push_back(item.cliff ? std::string("costs nothing until it runs out")
                           : burning_words(item.burning));
  if (!item.cliff) {
    out.push_back(waking.mending.to_words(std::string(service_of(waking.finding))));
  }
  out.push_back(
      wait.asleep ? "assumed: 20 to 120 minutes awake, counted twice, and 0 to 4 h of the next day"
                  : "assumed: 20 to 120 minutes of work; nobody sleeps");
  if (!priced_work) out.push_back("an hour of work has no price yet");
  return out;
}

// What the loss is counted in: a currency, a natural unit, or nothing known.
std::string unit_of(const Waking& waking) {
  if (waking.verdict == nullptr) return {};
  const Amount* an_hour = waking.verdict->find_amount("loss_per_hour");
  return an_hour == nullptr ? std::string() : an_hour->unit;
}

// The chance that it still goes on when the wait is over, or that it has run full by then.
double chance_of_worse(const model::WakeCase& item, const Wait& wait) {
  return item.cliff ? chance::chance_below(item.cliff->at_hours, wait.length_hours)
                    : item.burning.after(wait.length_hours);
}

// The sentence when both sides cannot be compared: each in its own unit, and what is missing.
std::string unpriced_words(const Waking& waking, const std::string& until, const std::string& unit,
                           const model::WakeJudgement& both) {
  const std::string waking_words =
      fmt::format("waking costs {} person-hours", model::mean_words(both.waking, ""));
  const auto stake = model::stake_for(unit);
  if (unit.empty() || !stake) {
    return fmt::format(
        "Waiting until {} cannot be weighed against waking: it is not known what this loses an "
        "hour; {}.",
        until, waking_words);
  }
  return fmt::format("Waiting until {} loses {} {}; {}; missing to weigh them: '{}'.", until,
                     model::mean_words(both.waiting, ""), unit, waking_words,
                     model::question(*stake, service_of(waking.finding)));
}

// Loss in money, work in hours: waking is the cheaper up to a price of an hour.
std::string half_priced_words(const std::string& until, const std::string& unit,
                              const model::WakeJudgement& both) {
  return fmt::format(
      "Waiting until {} loses {}; waking costs {} person-hours, so it is the cheaper while a "
      "person-hour costs less than {}: what it costs is missing.",
      until, model::mean_words(both.waiting, unit), model::mean_words(both.waking, ""),
      model::money_words(both.waiting.mean / both.waking.mean, unit));
}

}  // namespace

facts::Record weigh_waking(const Waking& waking, Timestamp now) {
  const Wait wait = wait_of(waking, now);
  model::WakeCase item = case_of(waking, wait, now);
  const std::string unit = unit_of(waking);
  const Amount rate{item.loss_per_hour, unit, {}, {}, {}};
  const Amount* work =
      waking.verdict == nullptr ? nullptr : waking.verdict->find_amount("work_per_hour");
  const bool priced_work = work != nullptr && rate.is_money() && work->unit == unit;
  item.hourly = priced_work ? work->estimate : chance::exactly(1);

  facts::Record out;
  out.ts = now;
  out.subject = waking.finding.subject;
  out.key = waking.finding.key;
  out.causes = {waking.finding.id};
  if (waking.verdict != nullptr) out.causes.push_back(waking.verdict->id);
  out.engine = kEngine;
  out.seed = chance::derive(
      kRoot, fmt::format("{}\n{}\n{}", waking.finding.key.value, waking.epoch, waking.step));
  const model::WakeJudgement both = model::weigh(item, out.seed);
  const auto add = [&](std::string name, const chance::Estimate& x, std::string of) {
    out.amounts.push_back({std::move(name), Amount{x, std::move(of), "", now, kEngine}});
  };
  if (!unit.empty()) add("waiting", both.waiting, unit);
  if (!unit.empty()) {
    // Of an hour that it goes on; of a run-out, of the moment when it is full.
    const chance::Estimate& price = item.cliff ? item.cliff->loss : item.loss_per_hour;
    add("price", price, item.cliff ? waking.verdict->find_amount("loss")->unit : unit);
  }
  add("waking", both.waking, priced_work ? unit : std::string(model::kPersonHours));
  std::string_view decision = "missing";
  if (priced_work) {
    decision = both.page ? "wake" : "wait";
    out.sentence = fmt::format(
        "{} {}", model::wake_words(both, wait.until, unit),
        both.page
            ? "On average waking is the cheaper."
            : fmt::format("It would have waited until {}; it is sent all the same.", wait.until));
  } else if (rate.is_money()) {
    out.sentence = half_priced_words(wait.until, unit, both);
  } else {
    out.sentence = unpriced_words(waking, wait.until, unit, both);
  }
  out.inputs = {{"epoch", waking.epoch},
                {"step", std::to_string(waking.step)},
                {"decision", std::string(decision)},
                {"until", wait.until},
                {"hours of waiting", fmt::format("{:.2f}", wait.length_hours)},
                // What it rests on, to be scored when the wait is over.
                {"judged by", item.cliff ? "ran full" : "still open"},
                {"gets worse", fmt::format("{:.6f}", chance_of_worse(item, wait))},
                {"hours to mitigate", fmt::format("{:.2f}", item.hours_to_mitigate)}};
  facts::Deed deed;
  deed.kind = facts::DeedKind::kShadow;
  deed.to = waking.person.name;
  deed.by = "daytwo";
  deed.trace = trace_of(waking, wait, item, priced_work);
  out.body = std::move(deed);
  return out;
}

bool lacks_a_price(const facts::Record& shadow) {
  return shadow.find_input("decision") == "missing";
}

}  // namespace daytwo::act
