#include "decide/security/answer.h"

#include <fmt/core.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "decide/say.h"
#include "decide/security/clause.h"
#include "decide/security/measure.h"
#include "decide/security/mending.h"
#include "decide/security/price.h"
#include "model/amount.h"
#include "model/contract.h"
#include "model/objective.h"
#include "model/security_promise.h"
#include "model/stakes.h"

namespace daytwo::decide::security {
namespace {

std::string day_words(Timestamp at) { return to_rfc3339(at).substr(0, 10); }

// "212 days", "1.4 days", "45s".
std::string days_words(double days) {
  if (days < 1) return to_words(Duration{static_cast<std::int64_t>(days * 86'400'000)});
  return fmt::format("{:.{}f} days", days, days < 10 ? 1 : 0);
}

// A share in percent, never rounded up to a whole.
std::string share_words(double share) {
  return fmt::format("{:.1f} %", std::floor(share * 1000) / 10);
}

bool is_something(const chance::Estimate& estimate) { return estimate.p95 > 0; }

// "$12 to $900", "0.0001 to 0.002 incidents".
std::string cost_words(const chance::Estimate& cost, const std::string& unit) {
  if (unit != model::kIncidents) return interval_words(cost, unit);
  return fmt::format("{:.2g} to {:.2g} incidents expected", cost.p05, cost.p95);
}

// Whether (nearly) the whole window was measured.
bool is_whole(const Answer& answer) { return answer.measured.measured_share > 0.999; }

std::string measured_words(const Answer& answer) {
  if (is_whole(answer)) return {};
  return fmt::format("; measured since {}, {} of the window", day_words(answer.measured.from),
                     share_words(answer.measured.measured_share));
}

std::string cost_of_delay(const Answer& answer) {
  const bool late = answer.measured.late > 0;
  const chance::Estimate& day = late ? answer.price.a_late_day : answer.price.a_day;
  if (!is_something(day)) return {};
  return fmt::format("; a day more of what is {} costs {} (90 %)", late ? "late" : "open",
                     cost_words(day, answer.unit));
}

// What breaking it costs by contract: now, or else what is coming.
std::string credit_words(const Answer& answer) {
  std::string out;
  for (const Owed& owed : answer.owed) {
    const bool now = owed.now.share > 0;
    const Credit& credit = now ? owed.now : owed.if_left;
    if (credit.share <= 0) continue;
    out += fmt::format("; {}{}: {} {} {}", now ? "" : "in 30 days if nothing is mended ",
                       !now               ? "owed"
                       : is_whole(answer) ? "owed now"
                                          : "owed by what was measured",
                       share_words(credit.share), owed.owed_to_us ? "back from" : "of the fee to",
                       owed.with + ", " + interval_words(credit.money, owed.currency));
  }
  return out;
}

std::vector<Owed> owed_of(const Answer& answer, const Known& known, Timestamp since) {
  std::vector<Owed> out;
  const auto ahead = [&](From from) {
    return foresee(answer.promise, answer.services, known.spans, since, known.now,
                   known.now + kAhead, from)
        .within;
  };
  for (const model::Contract& contract : answer.promise.contracts) {
    out.push_back({contract.with, contract.owed_to_us, contract.per_year.unit,
                   credit_of(answer.promise, contract, answer.measured.within()),
                   credit_of(answer.promise, contract, ahead(From::kLeftOpen)),
                   credit_of(answer.promise, contract, ahead(From::kMendedNow))});
  }
  return out;
}

std::string sentence_of(const Answer& answer) {
  const Measured& found = answer.measured;
  const std::string who = answer.promise.service.value;
  if (!answer.was_looked) {
    return fmt::format("{}: not known: no package was held against an advisory yet", who);
  }
  const std::optional<double> within = found.within();
  if (!within) {
    return fmt::format("{}: kept: nothing {} was open{}", who, to_words(answer.promise.covers),
                       measured_words(answer));
  }
  const bool kept = found.is_kept(answer.promise);
  std::string out = fmt::format(
      "{}: {}: {} of {} of exposure within what is due ({} % promised), {} late, {} allowed", who,
      kept ? "kept" : "broken", share_words(*within), days_words(found.days),
      model::target_words(answer.promise.target_ppb), days_words(found.overdue),
      days_words(found.budget(answer.promise)));
  if (kept && answer.turns_if_left) {
    out += fmt::format("; breaks by {} if nothing is mended", day_words(*answer.turns_if_left));
  }
  if (!kept && answer.turns_if_mended) {
    out += fmt::format("; kept again by {} if {} mended now", day_words(*answer.turns_if_mended),
                       found.late > 0 ? "what is late is" : "all is");
  }
  return out + cost_of_delay(answer) + credit_words(answer) + measured_words(answer);
}

}  // namespace

Answer answer_of(const model::SecurityPromise& promise, const Known& known) {
  Answer out;
  out.promise = promise;
  out.services = covered_services(known.catalog, promise);
  out.was_looked = known.matched_since.has_value();
  const Timestamp since = known.matched_since.value_or(known.now);
  out.measured = measure(promise, out.services, known.spans, since, known.now);
  out.mending = mending_of(promise, out.services, known.spans, known.now);
  out.turns_if_left =
      turns_at(promise, out.services, known.spans, since, known.now, From::kLeftOpen);
  out.turns_if_mended =
      turns_at(promise, out.services, known.spans, since, known.now, From::kMendedNow);
  out.unit = model::kIncidents;
  chance::Distribution loss = chance::point(1);
  const model::Stake* stake = known.stakes.find(model::StakeOf::kIncident, promise.service.value);
  if (stake != nullptr) {
    // A stake that was taken has a distribution: it was read when it was stated.
    if (const auto fit = stake->worth.fit()) {
      loss = fit->distribution;
      out.unit = stake->worth.unit;
      out.stake = stake->text;
    }
  }
  out.price = price(out.measured, loss);
  if (out.was_looked) out.owed = owed_of(out, known, since);
  out.sentence = sentence_of(out);
  return out;
}

Posture posture_of(const Answer& answer) {
  Posture out;
  const Measured& found = answer.measured;
  out.service = answer.promise.service.value;
  out.promise = to_words(answer.promise);
  out.from = found.from;
  out.to = found.at;
  out.measured_share = answer.was_looked ? found.measured_share : 0;
  if (!answer.was_looked) {
    out.sentence = "not measured yet";
    return out;
  }
  out.standing = found.is_kept(answer.promise) ? Standing::kKept : Standing::kBroken;
  if (const auto within = found.within()) out.within = std::floor(*within * 1000) / 1000;
  if (answer.mending.median_days) out.median_days = std::ceil(*answer.mending.median_days);
  out.sentence = fmt::format("{}: {}", out.standing == Standing::kKept ? "kept" : "not kept",
                             out.within ? share_words(*out.within) + " within what is due"
                                        : std::string("nothing was open"));
  out.sentence += measured_words(answer);
  return out;
}

}  // namespace daytwo::decide::security
