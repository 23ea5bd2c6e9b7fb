#include "decide/plan/tail.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/check.h"
#include "chance/seed.h"
#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {
namespace {

// An effect as an option has it on one cause.
struct Acting {
  std::size_t option = 0;
  const Draws* stops = nullptr;
  const Draws* cuts = nullptr;
  chance::Seed coins;
};

// Who acts on each cause. The coins of an option depend on its name alone, so that another option
// beside it changes none of them.
std::vector<std::vector<Acting>> acting_on(const Problem& shape, const Worlds& worlds,
                                           chance::Seed seed) {
  std::vector<std::vector<Acting>> out(shape.causes.size());
  for (std::size_t i = 0; i < shape.options.size(); ++i) {
    const Option& option = shape.options[i];
    for (std::size_t k = 0; k < option.effects.size(); ++k) {
      out[option.effects[k].cause].push_back({i, &worlds.stops[i][k], &worlds.cuts[i][k],
                                              chance::derive(seed, "coin/" + option.name)});
    }
  }
  return out;
}

// An event with the options whose coin stops it.
struct Tossed {
  YearEvent event;
  Set stoppers = 0;
};

std::vector<Tossed> toss(const std::vector<std::vector<Acting>>& acting,
                         const std::vector<YearEvent>& events, std::size_t worlds) {
  std::vector<Tossed> out;
  out.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    Tossed each{events[i], 0};
    const std::size_t world = each.event.year % worlds;
    for (const Acting& option : acting[each.event.cause]) {
      const double chance = (*option.stops)[world];
      if (chance <= 0) continue;
      if (chance::Stream(option.coins, i).uniform() < chance) each.stoppers |= only(option.option);
    }
    out.push_back(each);
  }
  std::stable_sort(out.begin(), out.end(), [](const Tossed& a, const Tossed& b) {
    return std::tuple(a.event.year, a.event.cause, a.stoppers) <
           std::tuple(b.event.year, b.event.cause, b.stoppers);
  });
  return out;
}

}  // namespace

TailYears::TailYears(const Problem& shape, const Worlds& worlds, const YearSample& sample,
                     double level, chance::Seed seed)
    : years_(sample.years), level_(level), worst_((1 - level) * static_cast<double>(sample.years)) {
  CHECK(years_ > 0 && level > 0 && level < 1, "some years, and a part of them");
  const auto acting = acting_on(shape, worlds, seed);
  const std::vector<Tossed> tossed = toss(acting, sample.events, worlds.count);
  std::size_t at = 0;
  for (std::uint32_t year = 0; year < years_; ++year) {
    begin_.push_back(static_cast<std::uint32_t>(rows_.size()));
    while (at < tossed.size() && tossed[at].event.year == year) {
      const std::uint32_t cause = tossed[at].event.cause;
      const auto cuts = static_cast<std::uint32_t>(cuts_.size());
      for (const Acting& option : acting[cause]) {
        const double cut = (*option.cuts)[year % worlds.count];
        if (cut > 0) cuts_.push_back({static_cast<std::uint32_t>(option.option), 1 - cut});
      }
      const auto cuts_end = static_cast<std::uint32_t>(cuts_.size());
      while (at < tossed.size() && tossed[at].event.year == year &&
             tossed[at].event.cause == cause) {
        Row row{0, tossed[at].stoppers, cuts, cuts_end};
        for (; at < tossed.size() && tossed[at].event.year == year &&
               tossed[at].event.cause == cause && tossed[at].stoppers == row.stoppers;
             ++at) {
          row.loss += tossed[at].event.loss;
        }
        rows_.push_back(row);
      }
    }
  }
  begin_.push_back(static_cast<std::uint32_t>(rows_.size()));
  screen();
}

double TailYears::left_of(const Row& row, Set set) const {
  if ((row.stoppers & set) != 0) return 0;
  double left = row.loss;
  for (std::uint32_t i = row.cuts; i < row.cuts_end; ++i) {
    if (has(set, cuts_[i].option)) left *= cuts_[i].keeps;
  }
  return left;
}

double TailYears::year_of(std::size_t at, Set set) const {
  double out = 0;
  for (std::uint32_t i = begin_[at]; i < begin_[at + 1]; ++i) out += left_of(rows_[i], set);
  return out;
}

// A year that loses less untreated than the least of the worst years when everything is done is
// among the worst years of no set.
void TailYears::screen() {
  const double least = measure(~Set{0}).at_risk;
  std::vector<std::uint32_t> begin;
  std::vector<Row> rows;
  for (std::size_t year = 0; year < kept(); ++year) {
    if (year_of(year, 0) < least) continue;
    begin.push_back(static_cast<std::uint32_t>(rows.size()));
    rows.insert(rows.end(), rows_.begin() + begin_[year], rows_.begin() + begin_[year + 1]);
  }
  begin.push_back(static_cast<std::uint32_t>(rows.size()));
  begin_ = std::move(begin);
  rows_ = std::move(rows);
}

double TailYears::tail(Set set) const {
  std::vector<double> years(kept());
  for (std::size_t i = 0; i < years.size(); ++i) years[i] = year_of(i, set);
  const auto whole = std::min(static_cast<std::size_t>(worst_ + 1e-9), years.size() - 1);
  std::nth_element(years.begin(), years.begin() + static_cast<std::ptrdiff_t>(whole), years.end(),
                   std::greater<>());
  // In the order in which they stand: the same sum wherever they are.
  const auto end = years.begin() + static_cast<std::ptrdiff_t>(whole);
  std::sort(years.begin(), end);
  const double sum = std::accumulate(years.begin(), end, 0.0);
  return (sum + (worst_ - static_cast<double>(whole)) * *end) / worst_;
}

TailYears::Measure TailYears::measure(Set set) const {
  Measure out;
  const Weights weights = worst(set);
  double least = year_of(weights.front().first, set);
  for (const auto& [year, weight] : weights) least = std::min(least, year_of(year, set));
  out.at_risk = least;
  double square = 0;
  for (const auto& [year, weight] : weights) {
    const double loss = year_of(year, set);
    out.tail += weight * loss;
    square += weight * (loss - least) * (loss - least);
  }
  // Of the mean of (X - VaR)+ over all years, divided by the chance of the tail.
  const double excess = out.tail - least;
  const double share = 1 - level_;
  const double variance = square * share - excess * excess * share * share;
  out.error = std::sqrt(std::max(0.0, variance) / static_cast<double>(years_)) / share;
  return out;
}

TailYears::Weights TailYears::worst(Set set) const {
  std::vector<std::pair<double, std::uint32_t>> years(kept());
  for (std::size_t i = 0; i < years.size(); ++i) {
    years[i] = {year_of(i, set), static_cast<std::uint32_t>(i)};
  }
  const auto most = std::min(static_cast<std::size_t>(std::ceil(worst_ - 1e-9)), years.size());
  const auto count = std::max<std::size_t>(most, 1);
  const auto worse = [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  };
  std::nth_element(years.begin(), years.begin() + static_cast<std::ptrdiff_t>(count - 1),
                   years.end(), worse);
  Weights out;
  double left = 1;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = i + 1 == count ? left : 1 / worst_;
    out.emplace_back(years[i].second, weight);
    left -= weight;
  }
  return out;
}

double TailYears::mean(const Weights& weights, Set set) const {
  double out = 0;
  for (const auto& [year, weight] : weights) out += weight * year_of(year, set);
  return out;
}

void TailYears::reach(const Weights& weights, Set set, std::span<double> out) const {
  std::fill(out.begin(), out.end(), 0.0);
  for (const auto& [year, weight] : weights) {
    for (std::uint32_t i = begin_[year]; i < begin_[year + 1]; ++i) {
      const Row& row = rows_[i];
      const double left = left_of(row, set) * weight;
      if (left == 0) continue;
      for (const std::size_t option : Members(row.stoppers)) out[option] += left;
      for (std::uint32_t cut = row.cuts; cut < row.cuts_end; ++cut) {
        if (has(row.stoppers | set, cuts_[cut].option)) continue;
        out[cuts_[cut].option] += left * (1 - cuts_[cut].keeps);
      }
    }
  }
}

}  // namespace daytwo::decide::plan
