#include "model/base_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "chance/distribution.h"
#include "chance/fit.h"
#include "model/amount.h"

namespace daytwo::model {
namespace {

// Of the 95 % quantile of a normal.
constexpr double kZ = 1.6448536269514722;

bool holds_words(const PublishedFigure& row, const std::vector<std::string_view>& words) {
  const std::string text =
      to_lower(fmt::format("{} {} {} {}", row.id, row.what, row.population, row.source));
  return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(to_lower(word)) != std::string::npos;
  });
}

// A share in percent with two significant digits, as a sentence reads it.
std::string percent(double share) {
  const double hundred = share * 100;
  const int decimals = hundred >= 10 ? 0 : hundred >= 1 ? 1 : hundred >= 0.1 ? 2 : 3;
  return fmt::format("{:.{}f}%", hundred, decimals);
}

// Least chance that a sentence says, and so the lowest end of an accepted range.
constexpr double kLeastChance = 1e-5;

// The 90 % interval of the gamma of events (a year, or a deploy) that has the row's mean and
// weight; one that reaches below kLeastChance is narrowed until it does not, at the same mean.
chance::Interval events_of(const PublishedFigure& row) {
  const bool by_year = row.kind == FigureKind::kChanceAYear;
  const double mean = by_year ? -std::log1p(-row.value) : row.value;
  constexpr double kMoreShape = 1.01;
  for (double shape = mean * row.sample;; shape *= kMoreShape) {
    const chance::Distribution events = chance::gamma(shape, shape / mean);
    if (events.quantile(0.05) < kLeastChance) continue;
    const double low = events.quantile(0.05);
    const double high = events.quantile(0.95);
    if (by_year) return {-std::expm1(-low), -std::expm1(-high)};
    return {low, std::min(high, prior_of(row)->quantile(0.95))};
  }
}

std::string citation(const PublishedFigure& row) {
  return fmt::format("{} (base rate {})", row.source, row.id);
}

// Two significant digits in the unit that a sentence reads.
std::string spoken(double value, std::string_view unit) {
  if (unit == "USD") return money_words(value, "USD");
  const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(value))), 0, 4);
  return fmt::format("{:.{}f} {}", value, decimals, unit);
}

}  // namespace

std::vector<PublishedFigure> find_figures(std::string_view words) {
  std::vector<std::string_view> wanted;
  for (const std::string_view word : split(words, ' ')) {
    if (!trim(word).empty()) wanted.push_back(trim(word));
  }
  const auto all = published_figures();
  const auto named = std::find_if(all.begin(), all.end(), [&](const PublishedFigure& row) {
    return wanted.size() == 1 && row.id == wanted.front();
  });
  if (named != all.end()) return {*named};
  std::vector<PublishedFigure> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out),
               [&](const PublishedFigure& row) { return holds_words(row, wanted); });
  return out;
}

std::string figure_words(const PublishedFigure& row, double value) {
  if (row.is_share()) {
    return value < kLeastChance ? "under 0.001 %" : fmt::format("{:.3g} %", value * 100);
  }
  if (row.unit == "USD") return money_words(value, "USD");
  return fmt::format("{} {}", format_double(value), row.unit);
}

std::optional<chance::Distribution> prior_of(const PublishedFigure& row) {
  if (row.kind == FigureKind::kAnchor) return std::nullopt;
  if (row.kind != FigureKind::kAmount) {
    return chance::beta(row.value * row.sample, (1 - row.value) * row.sample);
  }
  const double spread = std::log(row.high / row.low) / (2 * kZ);
  return chance::lognormal(std::log(row.value), spread * std::sqrt(1 + 1 / row.sample));
}

std::string accepting_line(const PublishedFigure& row) {
  const auto prior = prior_of(row);
  if (!prior || row.kind == FigureKind::kShare) return {};
  std::string estimate;
  if (row.kind == FigureKind::kAmount) {
    estimate = fmt::format("CHANCE% a year, {} to {}", spoken(prior->quantile(0.05), row.unit),
                           spoken(prior->quantile(0.95), row.unit));
  } else {
    const chance::Interval events = events_of(row);
    estimate = fmt::format("{} to {} {}, $LOW to $HIGH", percent(events.low), percent(events.high),
                           row.kind == FigureKind::kShareDeploy ? "per deploy" : "a year");
  }
  return fmt::format("- {{id: {}, estimate: \"{}\", source: \"{}\"}}", row.id, estimate,
                     citation(row));
}

std::string updating_expression(const PublishedFigure& row) {
  if (row.kind == FigureKind::kAnchor || row.kind == FigureKind::kAmount) return {};
  return fmt::format("update(beta({:.4g}, {:.4g}), 3 of 40)", row.value * row.sample,
                     (1 - row.value) * row.sample);
}

}  // namespace daytwo::model
