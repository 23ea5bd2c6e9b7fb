#include "app/design/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "chance/availability.h"
#include "decide/design/check.h"
#include "decide/design/design.h"
#include "decide/design/feasibility.h"
#include "model/amount.h"
#include "model/objective.h"

namespace daytwo::app::design {
namespace {

namespace core = decide::design;

// Ceilings nearer to each other are the same: what is left of rounding.
constexpr double kSame = 1e-9;

std::string source_words(core::Source source) {
  switch (source) {
    case core::Source::kMeasured:
      return "measured";
    case core::Source::kPromised:
      return "promised";
    case core::Source::kUnknown:
      return "unknown";
  }
  return "unknown";
}

PromiseRow row_of(const core::Feasibility& item) {
  PromiseRow out;
  out.service = item.service;
  out.objective = item.objective;
  out.target = model::target_words(item.target_ppb);
  out.window = to_string(item.window);
  out.standing = core::to_string(item.standing);
  out.ceiling = item.ceiling.availability;
  out.ceiling_low = item.ceiling.low;
  out.ceiling_high = item.ceiling.high;
  out.ceiling_error = item.ceiling.error;
  out.bound_low = item.ceiling.bounds.low;
  out.bound_high = item.ceiling.bounds.high;
  out.chance_kept = item.chance;
  out.overlap_needed = item.overlap;
  out.budget_left = item.left;
  for (const core::Taker& taker : item.takers) {
    out.needs.push_back(
        {taker.service, source_words(taker.source), taker.availability, taker.takes});
  }
  out.unknown_needs = item.blind;
  for (const core::Remedy& remedy : item.remedies) {
    out.remedies.push_back({remedy.words, remedy.ceiling});
  }
  if (item.cost) {
    const chance::Estimate& money = item.cost->a_year;
    out.costs = MoneyAYear{item.cost->currency, money.p05, money.p50, money.p95, money.mean};
  }
  out.sentence = item.sentence;
  return out;
}

FindingRow row_of(const core::Finding& finding) {
  return {std::string(finding.rule->id),
          std::string(core::to_string(finding.rule->level)),
          finding.service,
          finding.key(),
          finding.place.file,
          finding.place.line,
          finding.place.column,
          finding.text,
          finding.mend};
}

std::string interval_words(const MoneyAYear& money) {
  return fmt::format("{} to {} a year", model::money_words(money.p05, money.unit),
                     model::money_words(money.p95, money.unit));
}

std::string change_of(const PromiseRow& before, const PromiseRow& now) {
  const bool rises = now.ceiling > before.ceiling;
  std::string out = fmt::format(
      "{} {} {} from {} to {}", now.service, now.objective, rises ? "rises" : "falls",
      chance::short_percent_words(before.ceiling), chance::short_percent_words(now.ceiling));
  if (before.standing != now.standing) {
    out += fmt::format(", from {} to {}", before.standing, now.standing);
  }
  if (before.costs && now.costs && before.costs->unit == now.costs->unit) {
    const double difference = now.costs->mean - before.costs->mean;
    out += fmt::format("; the downtime of what it needs costs {} {} a year on average ({}, was {})",
                       model::money_words(std::fabs(difference), now.costs->unit),
                       difference < 0 ? "less" : "more", interval_words(*now.costs),
                       interval_words(*before.costs));
  }
  return out;
}

}  // namespace

Page page_of(const core::Report& report, std::vector<std::string> skipped) {
  Page out;
  out.sentence = report.sentence();
  out.services = static_cast<std::int64_t>(report.services);
  for (const core::Feasibility& each : report.promises) out.promises.push_back(row_of(each));
  for (const core::Finding& each : report.findings) out.findings.push_back(row_of(each));
  out.skipped = std::move(skipped);
  return out;
}

std::vector<std::string> changes_since(const Page& before, const Page& now) {
  std::vector<std::string> falls;
  std::vector<std::string> rises;
  for (const PromiseRow& each : now.promises) {
    const auto old =
        std::find_if(before.promises.begin(), before.promises.end(), [&](const PromiseRow& other) {
          return other.service == each.service && other.objective == each.objective;
        });
    if (old == before.promises.end()) {
      rises.push_back(fmt::format("new promise: {}", each.sentence));
    } else if (std::fabs(each.ceiling - old->ceiling) > kSame || each.standing != old->standing) {
      (each.ceiling < old->ceiling ? falls : rises).push_back(change_of(*old, each));
    }
  }
  const auto in = [](const Page& page, const FindingRow& row) {
    return std::any_of(page.findings.begin(), page.findings.end(),
                       [&](const FindingRow& other) { return other.key == row.key; });
  };
  for (const FindingRow& each : now.findings) {
    if (!in(before, each)) falls.push_back(fmt::format("new {}: {}", each.level, each.text));
  }
  for (const FindingRow& each : before.findings) {
    if (!in(now, each)) rises.push_back(fmt::format("mended: {}", each.text));
  }
  falls.insert(falls.end(), rises.begin(), rises.end());
  return falls;
}

}  // namespace daytwo::app::design
