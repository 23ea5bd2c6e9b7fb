// A year's loss: how often times how large.
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/risk.h"
#include "model/quantity/functions.h"
#include "model/quantity/law.h"
#include "model/quantity/measure.h"
#include "model/quantity/value.h"
#include "model/sentence.h"

namespace daytwo::model::quantity {
namespace {

// Errors unless `rate` is a rate of time.
Result<void> needs_rate(const Call& call, const Value& rate) {
  if (rate.unit.power("h") == -1 && rate.unit.some_currency().empty()) return {};
  if (rate.unit.plain()) {
    return fail(
        call.problem_at(0, "a rate without a period", "how often: '3 a year', '30% a year'"));
  }
  if (rate.unit.power("h") == 0) {
    return fail(call.problem_at(0, "a rate that is not of time (" + rate.unit.to_string() + ")",
                                "multiply it by how many there are: '* 400 deploys a year'"));
  }
  return fail(call.problem_at(0, rate.unit.words() + " is no rate", "how often: '3 a year'"));
}

// Years that are looked at.
Result<double> years_of(const Call& call) {
  if (!call.has(2)) return 1.0;
  TRY(const double hours, call.number(2));
  if (call.value(2).unit.power("h") != 1 || !(hours > 0)) {
    return fail(call.problem_at(2, "no stretch of time", "such as 1 year or 3 years"));
  }
  return hours / kHoursPerYear;
}

// A count of events in the stretch, given as a distribution of whole numbers: poisson(3).
std::optional<chance::Risk> counted(const Value& events) {
  if (!events.unit.plain() || !events.law) return std::nullopt;
  const auto law = events.law->as_distribution();
  if (!law || law->is_truncated() || law->is_clipped()) return std::nullopt;
  chance::Risk out;
  out.rate = law->mean();
  if (law->family == chance::Family::kNegativeBinomial) {
    out.count = chance::Count::kNegativeBinomial;
    out.clustering = law->b;
    return out;
  }
  if (law->family == chance::Family::kBinomial && law->a == 1) {
    out.count = chance::Count::kAtMostOnce;
    return out;
  }
  if (law->family == chance::Family::kPoisson) return out;
  return std::nullopt;
}

// Events in the stretch by their rate: a gamma makes their count negative binomial.
Result<chance::Risk> by_rate(const Call& call, const Value& rate, double years) {
  TRY_VOID(needs_rate(call, rate));
  chance::Risk out;
  const double hours = years * kHoursPerYear;
  if (rate.frequency && rate.frequency->at_most_once) {
    if (years != 1) return fail(call.problem_at(0, "at most once is said of one year"));
    if (!rate.number) return fail(call.problem_at(0, "at most once is said of one chance"));
    out.count = chance::Count::kAtMostOnce;
    out.rate = *rate.number * kHoursPerYear;
    return out;
  }
  if (rate.number) {
    out.rate = *rate.number * hours;
    return out;
  }
  TRY(const Law law, law_of(call.plan(), rate));
  const auto gamma = law.as_distribution();
  if (gamma && gamma->family == chance::Family::kGamma && !gamma->is_truncated() &&
      !gamma->is_clipped()) {
    return chance::uncertain_rate("", chance::scaled(*gamma, hours), chance::point(0));
  }
  // Another rate that is not known, as the gamma of its mean and deviation.
  const double mean = law.mean() * hours;
  const double deviation = law.deviation() * hours;
  if (!(law.quantile(1e-9) >= 0)) return fail(call.problem_at(0, "a rate below 0"));
  if (!(mean > 0) || !std::isfinite(deviation)) {
    return fail(
        call.problem_at(0, "a rate without a finite spread", "a range such as '0.5 to 4 a year'"));
  }
  const double shape = mean * mean / (deviation * deviation);
  return chance::uncertain_rate("", chance::gamma(shape, shape / mean), chance::point(0));
}

Result<Value> compound(Call& call) {
  const Value& rate = call.value(0);
  const Value& size = call.value(1);
  if (rate.is_list || size.is_list) return fail(call.problem("a list is no quantity"));
  TRY(const double years, years_of(call));
  chance::Risk risk;
  if (auto count = counted(rate)) {
    if (call.has(2)) return fail(call.problem_at(2, "a count is of its own stretch of time"));
    risk = *std::move(count);
  } else {
    TRY(risk, by_rate(call, rate, years));
  }
  if (!(risk.rate >= 0)) return fail(call.problem_at(0, "a rate below 0"));
  if (size.endless_mean) return fail(call.problem_at(1, endless_words(call.plan(), size)));
  TRY(const Law severity, law_of(call.plan(), size));
  const auto distribution = severity.as_distribution();
  if (!distribution || !(severity.quantile(1e-9) >= 0)) {
    return fail(call.problem_at(1, "a loss that can be below 0", "a size of 0 or more"));
  }
  if (risk.rate == 0 || !(severity.mean() > 0)) return number_value(call.plan(), 0, size.unit);
  // Every call is a source of its own.
  risk.name = "loss/" + std::to_string(call.node());
  risk.size = *distribution;
  auto year = Year::make({std::move(risk)}, call.workshop().options.cells);
  if (!year) return fail(call.problem(year.error().text));
  Value out = variable_value(call.plan(), Law(*std::move(year)), size.unit, call.node());
  out.sampled = (size.uncertain() && !size.law) || size.sampled || rate.sampled;
  return out;
}

constexpr std::array kFunctions = {
    Function{"compound", "frequency size window?",
             "the loss of a year (or of a window): a random number of events, each of a random "
             "size; a count such as poisson(3) may stand for the frequency",
             "compound(30% a year, $25k to $2.5M)", compound},
};

}  // namespace

std::span<const Function> loss_functions() { return kFunctions; }

}  // namespace daytwo::model::quantity
