#include "decide/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/fit.h"
#include "decide/case.h"
#include "decide/history.h"
#include "decide/life.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/remedy.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/wake.h"

namespace daytwo::decide {
namespace {

using facts::FindingKind;

constexpr std::string_view kStated = "stated";
constexpr std::string_view kMeasured = "measured";

// How long an outage lasts when nobody said: half are over within two hours (53 % below 2 h in the
// VOID's public incident reports, 2021), log-normal [Davidovic 2021].
constexpr chance::Interval kOutageHours{0.3, 11, 0.9};
constexpr std::string_view kOutageSource =
    "assumed: half of published outages are over within 2 h (VOID 2021)";

// What the usual remedy of a kind of finding takes, in person-hours. Ours, without a source: marked
// as assumed until a person states it.
struct Effort {
  FindingKind kind;
  double low;
  double high;
};
constexpr std::array<Effort, 9> kEfforts = {{{FindingKind::kRunOut, 0.25, 4},
                                             {FindingKind::kBurn, 2, 16},
                                             {FindingKind::kExposure, 0.5, 8},
                                             {FindingKind::kDrift, 0.25, 2},
                                             {FindingKind::kMemoryCap, 1, 12},
                                             {FindingKind::kAlert, 0.5, 8},
                                             {FindingKind::kProbe, 0.5, 4},
                                             {FindingKind::kFlow, 1, 12},
                                             {FindingKind::kCpu, 1, 8}}};
constexpr Effort kOtherEffort{FindingKind::kWritten, 8, 40};
constexpr chance::Interval kEffect{0.5, 0.95, 0.9};

// A chance of having lasted so long below which its tail is no longer computed.
constexpr double kHardlyAny = 1e-9;

// Days ahead that a condition of today is judged over.
constexpr double kLiveWindowDays = 30;

constexpr std::string_view kBurningSource = "assumed: half of what burns ends by itself within 4 h";
static_assert(model::kBurningMedianHours == 4);

// Days that what burns goes on when nobody comes, within the window, after `age` of it: what has
// lasted, lasts. The lognormal through the ends of what remains.
Uncertain days_it_goes_on(Duration age) {
  const chance::Distribution whole =
      chance::lognormal(std::log(model::kBurningMedianHours / 24), model::kBurningSpread);
  if (age < hours(1)) {
    return {chance::capped(whole, kLiveWindowDays),
            fmt::format("days it goes on; {}", kBurningSource)};
  }
  const double left = 1 - whole.cdf(age.days());
  const auto remains = [&](double share) {
    return whole.quantile(1 - left * (1 - share)) - age.days();
  };
  const auto fit = left > kHardlyAny ? chance::fit_lognormal({remains(.05), remains(.95), 0.9})
                                     : Result<chance::Fit>(fail(Code::kInvalid, "too old"));
  return {chance::capped(fit ? fit->distribution : chance::point(kLiveWindowDays), kLiveWindowDays),
          fmt::format("days it goes on, after {} of it; {}", to_words(age), kBurningSource)};
}

// How long a finding had held when it was written.
Duration age_of(const facts::Record& record) {
  const auto began = parse_rfc3339(record.find_input(facts::kBegan));
  return began && *began < record.ts ? record.ts - *began : Duration{};
}

Uncertain fitted(const Result<chance::Fit>& fit, std::string_view source) {
  return {fit ? fit->distribution : chance::point(0), std::string(source)};
}

// An option's quantity that was stated with the worry, if it reads.
std::optional<model::Quantity> stated(const facts::Record& record, std::string_view name) {
  const std::string_view text = record.find_input(name);
  if (text.empty()) return std::nullopt;
  const auto quantity = model::parse_quantity(text);
  return quantity ? std::optional(*quantity) : std::nullopt;
}

void read_option(const facts::Record& record, const facts::Finding& finding, Case& out) {
  out.option = finding.option.empty() ? std::string(model::kAssumedRemedy) : finding.option;
  Effort effort = kOtherEffort;
  for (const Effort& known : kEfforts) {
    if (known.kind == finding.kind) effort = known;
  }
  const auto once = stated(record, "option.once");
  const auto takes = stated(record, "option.takes");
  const auto cuts = stated(record, "option.cuts");
  out.part(Part::kWork) = fitted(chance::fit_lognormal({effort.low, effort.high, 0.9}),
                                 "assumed: the usual remedy of this kind");
  if (takes && (takes->unit == model::kPersonHours || takes->unit == model::kHoursLost)) {
    out.part(Part::kWork) = fitted(takes->fit(), kStated);
  } else if (once) {
    out.part(Part::kWork) = Uncertain{chance::point(0), "none stated beside the price"};
  }
  if (once && once->unit.size() == 3) {
    out.part(Part::kOnce) = fitted(once->fit(), kStated);
    out.currency = once->unit;
  }
  out.part(Part::kEffect) =
      fitted(chance::fit_beta(kEffect), "assumed: a remedy takes half or more");
  if (cuts && cuts->unit == model::kProbability && cuts->high <= 1) {
    out.part(Part::kEffect) = fitted(cuts->fit(), kStated);
  }
}

// Prices from the stakes; one currency in a case, else none of the second.
void read_prices(const model::Stakes& stakes, Case& out) {
  const auto take = [&](Part part, model::StakeOf of) {
    const model::Stake* stake = stakes.find(of, out.service);
    if (stake == nullptr) return;
    if (!out.currency.empty() && stake->worth.unit != out.currency) return;
    const auto fit = stake->worth.fit();
    if (!fit) return;
    out.currency = stake->worth.unit;
    out.part(part) = Uncertain{fit->distribution, "stated: " + stake->text};
  };
  if (out.sized_in_money()) {
    out.currency = out.unit;
  } else if (const auto of = model::stake_for(out.unit)) {
    take(Part::kPrice, *of);
  }
  take(Part::kHour, model::StakeOf::kPersonHour);
}

// A rate that goes on: a remedy of it is weighed over its life, as `daytwo worth` does.
void recurs_yearly(Case& out) {
  out.window_days = kDaysPerYear;
  out.windows = Life{}.years;
}

// "2h to 8h" of an event that a person described.
bool read_written(const facts::Record& record, const facts::Finding& finding,
                  const History& history, Timestamp now, Case& out) {
  const auto sentence = model::parse_sentence(finding.written);
  if (!sentence) return false;
  std::optional<double> trials;
  if (sentence->frequency.trial == "deploy") {
    trials = deploys_a_year(history, finding.service, now);
  }
  const auto* count = record.find_amount("trials_per_year");
  if (!trials && count != nullptr) trials = count->estimate.mean;
  const auto events = sentence->frequency.events_a_year(trials);
  const auto size = sentence->size.fit();
  if (!events || !size) return false;
  out.part(Part::kEvents) = Uncertain{*events, std::string(kStated)};
  // The chance of a year that has one event or none is no rate.
  if (!sentence->frequency.at_most_once) {
    const auto learned =
        taught(out.get(Part::kEvents), history, finding.service, sentence->what, now);
    if (learned) out.part(Part::kEvents) = learned;
  }
  out.part(Part::kSize) = Uncertain{size->distribution, std::string(kStated)};
  out.unit = sentence->size.unit;
  if (out.unit == model::kHoursLost) {
    const auto learned =
        taught_hours(out.get(Part::kSize), history, finding.service, sentence->what);
    if (learned) {
      out.part(Part::kSize) = learned->hours;
      out.luck = learned->luck;
    }
  }
  recurs_yearly(out);
  return true;
}

void read_size(const facts::Record& record, const facts::Finding& finding, Case& out) {
  if (const auto* hours = record.find_amount("hours_per_event")) {
    out.unit = model::kHoursLost;
    out.part(Part::kSize) = Uncertain{distribution_of(hours->estimate), std::string(kMeasured)};
  } else if (finding.kind == FindingKind::kExposure) {
    out.unit = model::kIncidents;
    out.part(Part::kSize) = Uncertain{chance::point(1), "an exploit is an incident"};
  } else {
    out.unit = model::kHoursLost;
    out.part(Part::kSize) = fitted(chance::fit_lognormal(kOutageHours), kOutageSource);
  }
}

// The chance that it happens within the window: as said for its horizon, or within 30 days from the
// run-out date.
void read_chance(const facts::Record& record, const facts::Finding& finding, Timestamp now,
                 Case& out) {
  const auto* chance = record.find_amount("chance");
  const auto* days_left = record.find_amount("days_to_runout");
  double probability = chance != nullptr ? chance->estimate.mean : 0;
  out.window_days = finding.horizon.ms > 0 ? finding.horizon.days() : kDaysPerYear;
  if (days_left != nullptr) {
    const double within = chance::chance_below(days_left->estimate, kLiveWindowDays);
    if (chance == nullptr || within >= probability) probability = within;
    out.window_days = kLiveWindowDays;
    out.runs_out =
        now +
        milliseconds(static_cast<std::int64_t>(std::min(days_left->estimate.p05, 1e5) * 8.64e7));
  } else if (finding.symptom) {
    out.window_days = 1;  // it is happening
  }
  out.part(Part::kEvents) =
      Uncertain{chance::point(std::clamp(probability, 0.0, 1.0)), std::string(kMeasured)};
}

bool read_amounts(const facts::Record& record, const facts::Finding& finding, Timestamp now,
                  Case& out) {
  if (const auto* lost = record.find_amount("hours_lost_per_day")) {
    out.unit = model::kHoursLost;
    out.window_days = kLiveWindowDays;
    out.burning = true;
    out.part(Part::kEvents) = days_it_goes_on(age_of(record));
    out.part(Part::kSize) = Uncertain{distribution_of(lost->estimate), std::string(kMeasured)};
    out.luck = 0;  // an expected loss: its interval is ignorance alone
    return true;
  }
  if (const auto* often = record.find_amount("events_per_year")) {
    read_size(record, finding, out);
    recurs_yearly(out);
    out.part(Part::kEvents) = Uncertain{distribution_of(often->estimate), std::string(kMeasured)};
    return true;
  }
  if (record.find_amount("chance") == nullptr && record.find_amount("days_to_runout") == nullptr) {
    return false;
  }
  read_size(record, finding, out);
  read_chance(record, finding, now, out);
  return true;
}

}  // namespace

chance::Distribution distribution_of(const chance::Estimate& estimate) {
  const auto& x = estimate;
  if (!(x.p95 > x.p05)) return chance::point(x.mean);
  const auto fit = x.p05 > 0 ? chance::fit_lognormal({x.p05, x.p95, 0.9})
                             : chance::fit_normal({x.p05, x.p95, 0.9});
  return fit ? fit->distribution : chance::point(x.mean);
}

std::optional<Case> read_case(const facts::Record& record, const model::Stakes& stakes,
                              Timestamp now, const History& history) {
  const facts::Finding& finding = *facts::body_as<facts::Finding>(record);
  Case out;
  out.service = finding.service;
  const bool read = finding.kind == FindingKind::kWritten
                        ? read_written(record, finding, history, now, out)
                        : read_amounts(record, finding, now, out);
  if (!read) return std::nullopt;
  if (out.sized_in_money()) out.currency = out.unit;
  read_option(record, finding, out);
  if (out.sized_in_money() && out.currency != out.unit) {
    out.part(Part::kOnce).reset();  // another currency: cannot be added, so it is not
    out.currency = out.unit;
  }
  read_prices(stakes, out);
  for (std::size_t i = 0; i < kParts; ++i) {
    out.queries.at(i) = record.find_input("query:" + std::string(to_string(static_cast<Part>(i))));
  }
  return out;
}

}  // namespace daytwo::decide
