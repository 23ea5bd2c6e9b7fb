// Money over years: net present value, internal rate of return, payback.
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "model/quantity/functions.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

// When the flow of year t falls: in the middle of the year, unless `ends` is given as 1.
Result<double> lag(const Call& call, std::size_t at) {
  if (!call.has(at)) return 0.5;
  TRY(const double ends, call.plain(at));
  if (ends != 0 && ends != 1) {
    return fail(call.problem_at(at, "neither 0 nor 1", "at_end=1 for flows at the year's end"));
  }
  return ends == 1 ? 0.0 : 0.5;
}

Result<void> check_flows(const Call& call, std::size_t at) {
  if (call.value(at).is_list && !call.value(at).items.empty()) return {};
  return fail(call.problem_at(at, "no list", "a flow for each year: [$90k, $108k, $129k]"));
}

// first + sum of flow_t / (1 + rate)^(t - lag). Flows may be uncertain, the rate not.
Result<Value> npv(Call& call) {
  TRY(const double rate, call.plain(0));
  if (!(rate > -1)) return fail(call.problem_at(0, "a discount rate above -100%"));
  TRY_VOID(check_flows(call, 2));
  TRY(const double early, lag(call, 3));
  Value total = call.value(1);
  const std::vector<Value>& flows = call.value(2).items;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const double factor = std::pow(1 + rate, -(static_cast<double>(i + 1) - early));
    TRY(const Value now,
        multiply(call.plan(), flows[i], number_value(call.plan(), factor, Unit()), call.node()));
    auto sum = add(call.plan(), total, now, call.node());
    if (!sum) {
      return fail(
          call.problem_under(call.item_node(2, i), sum.error().text, "all flows in one unit"));
    }
    total = *std::move(sum);
  }
  return total;
}

// First flow and flows as numbers of one unit.
Result<std::vector<double>> numbers(const Call& call, std::size_t first, std::size_t rest) {
  TRY_VOID(check_flows(call, rest));
  Unit unit;
  TRY(std::vector<double> out, call.list(rest, unit));
  TRY(double start, call.number(first));
  const Unit& own = call.value(first).unit;
  if (own.plain() && !unit.plain()) {
    start *= unit.factor();
  } else if (auto why = no_sum(own, unit)) {
    return fail(call.problem_at(rest, std::move(*why), "all flows in one unit"));
  }
  out.insert(out.begin(), start);
  return out;
}

double worth_at(std::span<const double> flows, double rate, double early) {
  double out = flows[0];
  for (std::size_t i = 1; i < flows.size(); ++i) {
    out += flows[i] * std::pow(1 + rate, -(static_cast<double>(i) - early));
  }
  return out;
}

// Bisection where the flows change their sign once; else there is no one rate.
Result<Value> irr(Call& call) {
  TRY(const std::vector<double> flows, numbers(call, 0, 1));
  TRY(const double early, lag(call, 2));
  int changes = 0;
  double before = 0;
  for (const double flow : flows) {
    if (flow == 0) continue;
    changes += static_cast<int>(before != 0 && (before > 0) != (flow > 0));
    before = flow;
  }
  double low = -0.99;
  double high = 1e6;
  const double left = worth_at(flows, low, early);
  const double right = worth_at(flows, high, early);
  if (changes != 1 || (left > 0) == (right > 0)) {
    return fail(call.problem(changes == 0 ? "no rate of return: the flows never change their sign"
                             : changes == 1
                                 ? "no rate of return between -99% and 1e8%"
                                 : "no one rate of return: the flows change their sign " +
                                       std::to_string(changes) + " times"));
  }
  for (int step = 0; step < 200; ++step) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    ((worth_at(flows, middle, early) > 0) == (left > 0) ? low : high) = middle;
  }
  return number_value(call.plan(), low, Unit::share());
}

// When the discounted sum is first not below 0.
Result<Value> payback(Call& call) {
  TRY(const double rate, call.plain(0));
  if (!(rate > -1)) return fail(call.problem_at(0, "a discount rate above -100%"));
  TRY(const std::vector<double> flows, numbers(call, 1, 2));
  TRY(const double early, lag(call, 3));
  const Unit years = Unit::of(*find_unit_word("year"));
  double sum = flows[0];
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const double at = i == 0 ? 0 : static_cast<double>(i) - early;
    if (i > 0) sum += flows[i] * std::pow(1 + rate, -at);
    if (sum >= 0) return number_value(call.plan(), at * years.factor(), years);
  }
  return fail(call.problem("not paid back within these years"));
}

constexpr std::array kFunctions = {
    Function{"npv", "discount first flows[] at_end?",
             "net present value: the first flow now, those of the years in their middle (at_end=1: "
             "at their end); flows may be uncertain",
             "npv(8%, -$150k, [$90k, $108k, $80k to $160k])", npv},
    Function{"irr", "first flows[] at_end?", "internal rate of return of known flows",
             "irr(-$150k, [$90k, $108k, $129k])", irr},
    Function{"payback", "discount first flows[] at_end?",
             "when the discounted flows have paid for the first one",
             "payback(8%, -$150k, [$90k, $108k, $129k])", payback},
};

}  // namespace

std::span<const Function> spending_functions() { return kFunctions; }

}  // namespace daytwo::model::quantity
