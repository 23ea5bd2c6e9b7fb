#include "observe/importer/focus_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/nanos.h"
#include "base/text.h"
#include "observe/importer/table.h"
#include "wire/json_rows.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxTags = 32;
constexpr std::size_t kMaxTagBytes = 256;
constexpr std::size_t kMaxNameBytes = 512;
constexpr std::size_t kNameInKey = 80;
constexpr std::string_view kTimes = "2026-11-01T00:00:00Z, 2026-11-01 or 11/1/26";

std::optional<int> small_number(std::string_view text) {
  int value = 0;
  const char* const first = text.data();
  const char* const last = first + text.size();
  const auto [end, error] = std::from_chars(first, last, value);
  return text.empty() || text.size() > 4 || error != std::errc() || end != last
             ? std::nullopt
             : std::optional(value);
}

// "4/1/25", "04/01/2025": month, day, year, as spreadsheets of the United States save them.
std::optional<Timestamp> american_date(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '/');
  if (parts.size() != 3) return std::nullopt;
  const auto month = small_number(parts[0]);
  const auto day = small_number(parts[1]);
  auto year = small_number(parts[2]);
  if (!month || !day || !year || *month < 1 || *day < 1 || *year < 0) return std::nullopt;
  if (parts[2].size() == 2) *year += 2000;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *year < 1000) return std::nullopt;
  return Timestamp{std::chrono::sys_days(date).time_since_epoch().count() * days(1).ms};
}

// The tags of FOCUS are one JSON object. What is none, or holds lists, brings no tags.
std::map<std::string, std::string> tags_of(std::string_view written) {
  std::map<std::string, std::string> out;
  if (!written.starts_with('{')) return out;
  const auto rows = wire::parse_json_rows(written, "Tags");
  if (!rows || rows->size() != 1) return out;
  for (const auto& [name, value] : rows->front().fields) {
    if (out.size() == kMaxTags) break;
    if (name.size() <= kMaxTagBytes && value.size() <= kMaxTagBytes) out[name] = value;
  }
  return out;
}

// The word of `known` that `written` is, in any case; nothing for another.
std::optional<std::string> word_of(std::string_view written,
                                   const std::vector<std::string>& known) {
  const std::string lower = to_lower(written);
  const auto found = std::find(known.begin(), known.end(), lower);
  return found == known.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::string key_of(const facts::CostSeen& cost) {
  std::string whole;
  for (const std::string* part : {&cost.provider, &cost.account, &cost.service, &cost.resource,
                                  &cost.region, &cost.commitment, &cost.currency}) {
    whole += *part;
    whole += '\xFF';
  }
  whole += std::to_string(static_cast<int>(cost.kind));
  const std::string_view name = cost.resource.empty() ? cost.service : cost.resource;
  return fmt::format("cost/{}/{}/{}", to_rfc3339(cost.month).substr(0, 7),
                     to_utf8(name.substr(0, kNameInKey)), short_id(whole));
}

bool is_blank(const wire::CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const wire::CsvCell& cell) { return trim(cell.text).empty(); });
}

std::string_view FocusRowReader::cell(FocusColumn column) const {
  const auto at = heading_.at.at(static_cast<std::size_t>(column));
  if (!at || *at >= row_->cells.size()) return {};
  const std::string_view written = trim(row_->cells[*at].text);
  return to_lower(written) == "null" ? std::string_view() : written;
}

std::string FocusRowReader::text(FocusColumn column) const {
  return to_utf8(cell(column).substr(0, kMaxNameBytes));
}

void FocusRowReader::wrong(FocusColumn column, std::string text, std::string expected) {
  const auto at = heading_.at.at(static_cast<std::size_t>(column));
  Diagnostic one;
  one.file = source_;
  one.line = row_->line;
  one.column = 1;
  if (at && *at < row_->cells.size()) {
    one.line = row_->cells[*at].line;
    one.column = row_->cells[*at].column;
  }
  one.text = fmt::format("{}: {}", name_of(column), text);
  one.expected = std::move(expected);
  problems_.push_back(std::move(one));
}

std::optional<Timestamp> FocusRowReader::time(FocusColumn column) {
  const std::string_view written = cell(column);
  if (written.empty()) return std::nullopt;
  auto at = written.find('/') == std::string_view::npos ? parse_people_time(written)
                                                        : american_date(written);
  if (!at) wrong(column, fmt::format("\"{}\" is no time", written), std::string(kTimes));
  return at;
}

std::int64_t FocusRowReader::amount(FocusColumn column, bool& known) {
  const std::string_view written = cell(column);
  known = !written.empty();
  if (!known) return 0;
  const auto value = parse_nanos(written);
  if (!value) {
    wrong(column, fmt::format("\"{}\" is no amount", written),
          "an amount such as 12.34, \"$10,000.00\" or -1.2E-05, below 9e9");
  }
  return value.value_or(0);
}

void FocusRowReader::read_period(FocusCharge& charge) {
  const std::size_t before = problems_.size();
  auto start = time(FocusColumn::kChargePeriodStart);
  auto end = time(FocusColumn::kChargePeriodEnd);
  const auto billed_from = time(FocusColumn::kBillingPeriodStart);
  const auto billed_to = time(FocusColumn::kBillingPeriodEnd);
  if (problems_.size() > before) return;
  if (!start) {
    start = billed_from;
    if (!end) end = billed_to;
  }
  if (!start) {
    wrong(FocusColumn::kChargePeriodStart, "the charge has no date", std::string(kTimes));
    return;
  }
  if (end && *end <= *start) {
    wrong(FocusColumn::kChargePeriodEnd, "the charge ends before it begins",
          "a time after ChargePeriodStart");
    return;
  }
  namespace ch = std::chrono;
  const auto whole = [](Timestamp at) {
    return ch::floor<ch::days>(ch::sys_time<ch::milliseconds>(ch::milliseconds(at.ms)));
  };
  const ch::year_month_day date(whole(*start));
  charge.day.day = static_cast<std::int64_t>(static_cast<unsigned>(date.day()));
  charge.cost.month = Timestamp{
      ch::sys_days(date.year() / date.month() / 1).time_since_epoch().count() * days(1).ms};
  if (end) {
    charge.day.span = (whole(Timestamp{end->ms - 1}) - whole(*start)).count() + 1;
  }
}

void FocusRowReader::read_kind(FocusCharge& charge) {
  const std::vector<std::string> categories = {"usage", "purchase", "tax", "credit", "adjustment"};
  const std::string_view category = cell(FocusColumn::kChargeCategory);
  const auto known =
      category.empty() ? std::optional<std::string>("usage") : word_of(category, categories);
  if (!known) {
    const std::string nearest = nearest_word(to_lower(category), categories);
    wrong(FocusColumn::kChargeCategory, fmt::format("\"{}\" is none", category),
          "Usage, Purchase, Tax, Credit or Adjustment" +
              (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
  }
  const std::string_view status = cell(FocusColumn::kCommitmentDiscountStatus);
  if (!status.empty() && !word_of(status, {"used", "unused"})) {
    wrong(FocusColumn::kCommitmentDiscountStatus, fmt::format("\"{}\" is none", status),
          "Used, Unused or nothing");
  }
  const std::string_view form = cell(FocusColumn::kChargeClass);
  if (!form.empty() && to_lower(form) != "correction") {
    wrong(FocusColumn::kChargeClass, fmt::format("\"{}\" is none", form), "Correction or nothing");
  }
  using facts::CostKind;
  charge.cost.kind = !form.empty()                  ? CostKind::kCorrection
                     : known == "tax"               ? CostKind::kTax
                     : known == "credit"            ? CostKind::kCredit
                     : known == "adjustment"        ? CostKind::kAdjustment
                     : known == "purchase"          ? CostKind::kPurchase
                     : to_lower(status) == "unused" ? CostKind::kUnused
                                                    : CostKind::kUsage;
}

void FocusRowReader::read_prices(FocusCharge& charge) {
  const std::size_t before = problems_.size();
  charge.day.billed_nanos = amount(FocusColumn::kBilledCost, charge.cost.billed_known);
  charge.day.effective_nanos = amount(FocusColumn::kEffectiveCost, charge.cost.effective_known);
  if (problems_.size() == before && !charge.cost.billed_known && !charge.cost.effective_known) {
    wrong(heading_.has(FocusColumn::kBilledCost) ? FocusColumn::kBilledCost
                                                 : FocusColumn::kEffectiveCost,
          "the charge has no price", "an amount such as 12.34");
  }
  const std::string_view written = cell(FocusColumn::kBillingCurrency);
  if (written.empty() && currency_) {
    charge.cost.currency = currency_->to_string();
    return;
  }
  const auto currency = parse_currency(written);
  if (!currency) {
    wrong(FocusColumn::kBillingCurrency,
          written.empty() ? "the charge has no currency"
                          : fmt::format("\"{}\" is no currency", written),
          "a code of ISO 4217 such as USD");
    return;
  }
  charge.cost.currency = currency->to_string();
}

void FocusRowReader::read_names(FocusCharge& charge) const {
  facts::CostSeen& cost = charge.cost;
  cost.provider = text(FocusColumn::kProviderName);
  cost.account = text(FocusColumn::kBillingAccountId);
  if (const std::string sub = text(FocusColumn::kSubAccountId); !sub.empty()) {
    cost.account += "/" + sub;
  }
  cost.service = text(FocusColumn::kServiceName);
  cost.resource = text(FocusColumn::kResourceId);
  cost.name = text(FocusColumn::kResourceName);
  cost.type = text(FocusColumn::kResourceType);
  cost.region = text(FocusColumn::kRegionId);
  cost.commitment = text(FocusColumn::kCommitmentDiscountId);
  cost.tags = tags_of(cell(FocusColumn::kTags));
}

Result<FocusCharge> FocusRowReader::read(const wire::CsvRow& row) {
  row_ = &row;
  problems_.clear();
  if (row.cells.size() > columns_) {
    Diagnostic one;
    one.file = source_;
    one.line = row.line;
    one.column = row.cells[columns_].column;
    one.text = fmt::format("{} cells under {} columns", row.cells.size(), columns_);
    one.expected = "an amount with a comma in quotes";
    return fail(Diagnostics{std::move(one)});
  }
  FocusCharge charge;
  read_period(charge);
  read_kind(charge);
  read_prices(charge);
  read_names(charge);
  if (!problems_.empty()) return fail(std::exchange(problems_, {}));
  return charge;
}

}  // namespace daytwo::observe
