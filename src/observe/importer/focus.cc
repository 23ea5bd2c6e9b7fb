#include "observe/importer/focus.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/nanos.h"
#include "observe/importer/focus_columns.h"
#include "observe/importer/focus_row.h"
#include "wire/csv.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxDiagnostics = 100;
constexpr std::size_t kRowsAProgress = 10'000;

Result<void> check_heading(const FocusHeading& heading, const wire::CsvRow& row,
                           const std::optional<Currency>& currency, std::string_view source) {
  Diagnostics problems;
  const auto missing = [&](std::string text, std::string expected) {
    Diagnostic one;
    one.file = source;
    one.line = row.line;
    one.column = 1;
    one.text = std::move(text);
    one.expected = std::move(expected);
    problems.push_back(std::move(one));
  };
  if (!heading.has(FocusColumn::kBilledCost) && !heading.has(FocusColumn::kEffectiveCost)) {
    missing("no column BilledCost and none EffectiveCost", "a heading of FOCUS with one of them");
  }
  if (!heading.has(FocusColumn::kChargePeriodStart) &&
      !heading.has(FocusColumn::kBillingPeriodStart)) {
    missing("no column ChargePeriodStart",
            "a heading of FOCUS with it, or with BillingPeriodStart");
  }
  if (!heading.has(FocusColumn::kBillingCurrency) && !currency) {
    missing("no column BillingCurrency", "a heading of FOCUS with it, or --currency USD");
  }
  if (!problems.empty()) return fail(std::move(problems));
  return {};
}

void add_names(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const std::string& name : more) {
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  }
}

void add_problem(FocusBill& bill, Diagnostic problem) {
  if (bill.problems.size() < kMaxDiagnostics) bill.problems.push_back(std::move(problem));
}

// Adds one charge to the record of its thing and month. Errors: kLimit.
Result<void> add_charge(FocusBill& bill, const FocusCharge& charge) {
  std::string key = key_of(charge.cost);
  auto found = bill.costs.find(key);
  if (found == bill.costs.end()) {
    if (bill.costs.size() >= kMaxCosts) {
      return fail(
          Code::kLimit,
          fmt::format("more than {} resources and months: import fewer files at once", kMaxCosts));
    }
    found = bill.costs.emplace(std::move(key), facts::CostSeen(charge.cost)).first;
  }
  facts::CostSeen& cost = found->second;
  cost.billed_known = cost.billed_known && charge.cost.billed_known;
  cost.effective_known = cost.effective_known && charge.cost.effective_known;
  const auto at =
      std::lower_bound(cost.days.begin(), cost.days.end(), charge.day.day,
                       [](const facts::CostDay& one, std::int64_t day) { return one.day < day; });
  if (at == cost.days.end() || at->day != charge.day.day) {
    cost.days.insert(at, charge.day);
    return {};
  }
  const std::int64_t most = kMostMajor * kNanosInOne;
  for (auto [sum, more] : {std::pair(&at->billed_nanos, charge.day.billed_nanos),
                           std::pair(&at->effective_nanos, charge.day.effective_nanos)}) {
    std::int64_t total = 0;
    if (__builtin_add_overflow(*sum, more, &total) || total >= most || total <= -most) {
      return fail(Code::kLimit,
                  fmt::format("{} costs more than 9e9 {} on one day",
                              cost.resource.empty() ? cost.service : cost.resource, cost.currency));
    }
    *sum = total;
  }
  at->span = std::max(at->span, charge.day.span);
  return {};
}

}  // namespace

Result<void> FocusReader::read(std::string_view text, std::string_view source,
                               const FocusProgress& progress) {
  wire::CsvReader rows(text, source);
  wire::CsvRow row;
  if (!rows.next(row)) {
    if (!rows.problems().empty()) return fail(Diagnostics(rows.problems()));
    return fail(Code::kInvalid, fmt::format("{}: there is nothing in it", source));
  }
  const FocusHeading heading = read_focus_heading(row);
  TRY_VOID(check_heading(heading, row, currency_, source));
  add_names(bill_.ignored, heading.ignored);
  add_names(bill_.extras, heading.extras);
  FocusRowReader reader(heading, row.cells.size(), currency_, source);
  while (rows.next(row)) {
    if (is_blank(row)) continue;
    if (progress && bill_.rows % kRowsAProgress == 0) progress(rows.position(), text.size());
    ++bill_.rows;
    auto charge = reader.read(row);
    if (!charge) {
      ++bill_.broken;
      for (Diagnostic& problem : charge.error().diagnostics) {
        add_problem(bill_, std::move(problem));
      }
      continue;
    }
    TRY_VOID(add_charge(bill_, *charge));
  }
  for (const Diagnostic& problem : rows.problems()) add_problem(bill_, problem);
  bill_.rows += rows.problem_count();
  bill_.broken += rows.problem_count();
  if (progress) progress(text.size(), text.size());
  return {};
}

}  // namespace daytwo::observe
