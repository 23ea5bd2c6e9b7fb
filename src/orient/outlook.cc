#include "orient/outlook.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "model/objective.h"
#include "orient/event_rings.h"

namespace daytwo::orient {
namespace {

constexpr int kDays = 7;
// Hours of an earlier day count when this share of them was measured.
constexpr double kMeasured = 0.9;

// Sums over (from, to], both before `now`.
model::EventSums between(const EventRings& rings, Timestamp from, Timestamp to, Timestamp now) {
  model::EventSums out = rings.sum(now - from, now);
  double known_seconds = out.known_share * (now - from).seconds();
  if (to < now) {
    const model::EventSums later = rings.sum(now - to, now);
    out.bad = std::max(out.bad - later.bad, 0.0);
    out.total = std::max(out.total - later.total, 0.0);
    known_seconds -= later.known_share * (now - to).seconds();
  }
  out.known_share = std::clamp(known_seconds / (to - from).seconds(), 0.0, 1.0);
  return out;
}

// What one event does to the share of the budget that is left.
struct Prices {
  double bad = 0;    // spent by a bad one
  double total = 0;  // given back by any one: it raises what is allowed
  [[nodiscard]] double net(const model::EventSums& sums) const {
    return sums.bad * bad - sums.total * total;
  }
};

// The same hours of each earlier day that was measured and is inside the window.
std::vector<model::EventSums> earlier(const EventRings& rings, Duration window, Timestamp now,
                                      Timestamp until) {
  std::vector<model::EventSums> out;
  for (int day = 1; day <= kDays; ++day) {
    const Timestamp from = now - days(day);
    if (now - from > window) break;
    const model::EventSums sums = between(rings, from, until - days(day), now);
    if (sums.known_share >= kMeasured) out.push_back(sums);
  }
  return out;
}

// Fills what the days say; the mean number of their bad events.
double take(BudgetOutlook& out, const std::vector<model::EventSums>& same_hours,
            const Prices& prices) {
  const auto count = static_cast<double>(same_hours.size());
  out.days = static_cast<std::int64_t>(same_hours.size());
  double bad = 0;
  for (const model::EventSums& sums : same_hours) {
    out.spent_mean += prices.net(sums) / count;
    bad += sums.bad / count;
  }
  double squares = 0;
  for (const model::EventSums& sums : same_hours) {
    const double off = prices.net(sums) - out.spent_mean;
    squares += off * off;
  }
  // One day says nothing of how days differ: as much as it spent.
  out.deviation =
      same_hours.size() < 2 ? std::abs(out.spent_mean) : std::sqrt(squares / (count - 1));
  return bad;
}

}  // namespace

std::optional<BudgetOutlook> outlook_of(const model::Objective& objective, const EventRings& rings,
                                        Timestamp now, Timestamp until) {
  CHECK(now < until && until - now <= days(1), "an outlook is over the rest of a day");
  const model::EventSums sums = rings.sum(objective.window, now);
  if (sums.total <= 0 || sums.known_share <= 0) return std::nullopt;
  const double allowed = static_cast<double>(model::kBillion - objective.target_ppb) /
                         static_cast<double>(model::kBillion);
  // The whole window has the traffic of its measured part, as the status of the budget says.
  const double whole = sums.total / sums.known_share;
  BudgetOutlook out;
  out.left = 1 - sums.bad / (whole * allowed);
  // While the window still fills, what comes at the rate so far raises nothing.
  const bool full = rings.began() <= now - objective.window;
  const Prices prices{1 / (whole * allowed), full ? (1 - out.left) / whole : 0};
  const Duration rest = until - now;
  if (rest < objective.window && rings.began() < now - objective.window + rest) {
    out.given_back =
        prices.net(between(rings, now - objective.window, now - objective.window + rest, now));
  }
  double bad = take(out, earlier(rings, objective.window, now, until), prices);
  if (out.days == 0) {
    bad = sums.bad * rest.seconds() / (sums.known_share * objective.window.seconds());
    out.spent_mean = bad * prices.bad;
    out.deviation = std::abs(out.spent_mean);
  }
  // Events come whole, and their number scatters at least as Poisson's does.
  out.deviation = std::max(out.deviation, std::sqrt(std::max(bad, 1.0)) * prices.bad);
  return out;
}

}  // namespace daytwo::orient
