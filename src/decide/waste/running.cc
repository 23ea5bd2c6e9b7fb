#include "decide/waste/running.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/nanos.h"
#include "facts/names.h"

namespace daytwo::decide::waste {
namespace {

constexpr Duration kLookBack = days(90);
constexpr Duration kStillPaid = days(3);
// A charge that covers so many days is one period; shorter ones are added up by day.
constexpr std::int64_t kLongDays = 7;
constexpr double kTail = 1.6448536269514722;     // 95 % of a standard normal
constexpr double kQuarter = 0.6744897501960817;  // 75 %

struct Period {
  Timestamp begin;
  std::int64_t days = 1;
  double cost = 0;
};

struct Thing {
  facts::RecordPtr newest;
  std::vector<Period> periods;
};

std::string account_of(const facts::CostSeen& cost) {
  return cost.provider + '\xFF' + cost.account + '\xFF' + cost.currency;
}

std::string thing_of(const facts::CostSeen& cost) {
  const bool unused = cost.kind == facts::CostKind::kUnused;
  return account_of(cost) + '\xFF' + cost.service + '\xFF' +
         (unused ? "" : cost.resource + '\xFF' + cost.region) + '\xFF' +
         (unused ? "unused " + cost.commitment : "");
}

Timestamp end_of(const Period& period) { return period.begin + days(period.days); }

void add_periods(std::vector<Period>& out, const facts::CostSeen& cost) {
  for (const facts::CostDay& day : cost.days) {
    const std::int64_t nanos = cost.effective_known ? day.effective_nanos : day.billed_nanos;
    out.push_back({cost.month + days(day.day - 1), day.span, NanoSum(nanos).major()});
  }
}

// Charges of the same begin (of several records) are one.
std::vector<Period> merged(std::vector<Period> all) {
  std::sort(all.begin(), all.end(),
            [](const Period& a, const Period& b) { return a.begin < b.begin; });
  std::vector<Period> out;
  for (const Period& each : all) {
    if (!out.empty() && out.back().begin == each.begin) {
      out.back().cost += each.cost;
      out.back().days = std::max(out.back().days, each.days);
    } else {
      out.push_back(each);
    }
  }
  return out;
}

// Days between short periods cost nothing, and count; long periods follow each other.
Price price_of(const std::vector<Period>& periods, Timestamp until) {
  double sum = 0;
  double squares = 0;
  const bool longer = std::any_of(periods.begin(), periods.end(),
                                  [](const Period& each) { return each.days >= kLongDays; });
  double covered = 0;
  for (const Period& each : periods) {
    sum += each.cost;
    squares += each.cost * each.cost;
    covered += static_cast<double>(each.days);
  }
  auto count = static_cast<double>(periods.size());
  if (!longer) {
    covered =
        static_cast<double>((until - periods.front().begin).ms) / static_cast<double>(days(1).ms);
    count = std::max(count, covered);
  }
  Price out;
  out.periods = static_cast<std::size_t>(count);
  const double a_month = kDaysAMonth * count / covered;  // periods in it
  const double mean = sum / count;
  out.mean = a_month * mean;
  if (count >= 2) {
    const double variance = std::max(0.0, squares - count * mean * mean) / (count - 1);
    out.spread = std::sqrt(variance * (a_month + a_month * a_month / count));
    // What rounding leaves of a price that never moved.
    if (out.spread < 1e-6 * std::abs(out.mean)) out.spread = 0;
  }
  return out;
}

}  // namespace

Price Price::plus(const Price& other) const {
  return {mean + other.mean, std::hypot(spread, other.spread), std::max(periods, other.periods)};
}

model::Amount Price::amount(const std::string& currency, Timestamp as_of) const {
  const auto at = [&](double z) { return std::max(0.0, mean + z * spread); };
  chance::Estimate estimate{at(-kTail), at(-kQuarter), at(0), at(kQuarter), at(kTail), mean, 0, {}};
  return {estimate, currency, std::string(kAMonth), as_of, "decide.waste/1"};
}

std::string Running::name() const {
  if (cost->kind == facts::CostKind::kUnused) {
    return "commitment " + (cost->commitment.empty() ? cost->service : cost->commitment);
  }
  if (!cost->name.empty()) return cost->name;
  return cost->resource.empty() ? cost->service : cost->resource;
}

std::vector<Running> running_costs(const facts::Snapshot& snapshot) {
  std::map<std::string, Thing> things;
  std::map<std::string, Timestamp> account_ends;
  for (const auto& record : snapshot.open(facts::kind_name<facts::CostSeen>())) {
    const auto* cost = facts::body_as<facts::CostSeen>(*record);
    if (cost == nullptr || cost->days.empty()) continue;
    if (cost->kind != facts::CostKind::kUsage && cost->kind != facts::CostKind::kUnused) continue;
    Thing& thing = things[thing_of(*cost)];
    add_periods(thing.periods, *cost);
    if (thing.newest == nullptr || thing.newest->ts < record->ts) thing.newest = record;
    Timestamp& end = account_ends.try_emplace(account_of(*cost), kMinTimestamp).first->second;
    for (const facts::CostDay& day : cost->days) {
      end = std::max(end, cost->month + days(day.day - 1 + day.span));
    }
  }
  std::vector<Running> out;
  for (auto& [key, thing] : things) {
    const auto* cost = facts::body_as<facts::CostSeen>(*thing.newest);
    const Timestamp end = account_ends[account_of(*cost)];
    std::vector<Period> periods = merged(std::move(thing.periods));
    if (end_of(periods.back()) <= end - kStillPaid) continue;
    std::erase_if(periods, [&](const Period& each) { return end_of(each) <= end - kLookBack; });
    const Price month = price_of(periods, end);
    if (month.mean <= 0) continue;
    out.push_back({thing.newest, cost, month});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Running& a, const Running& b) { return a.month.mean > b.month.mean; });
  return out;
}

}  // namespace daytwo::decide::waste
