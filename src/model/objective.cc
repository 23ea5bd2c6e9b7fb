#include "model/objective.h"

#include <fmt/core.h>

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace daytwo::model {
namespace {

// 99.9 % of a billion has nine digits; seven decimals of a percent reach the last of them.
constexpr std::size_t kMaxDecimals = 7;

bool all_digits(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return false;
  }
  return true;
}

}  // namespace

std::vector<BurnRule> default_rules(Duration window) {
  // Fraction f of the budget in w: b = f W / w.
  const auto factor = [&](double fraction, Duration w) {
    return fraction * window.hours() / w.hours();
  };
  return {{"page", minutes(5), hours(1), factor(.02, hours(1))},
          {"page", minutes(30), hours(6), factor(.05, hours(6))},
          {"ticket", hours(2), days(1), factor(.10, days(1))},
          {"ticket", hours(6), days(3), factor(.10, days(3))}};
}

Result<std::int64_t> parse_target(std::string_view percent) {
  const std::size_t dot = percent.find('.');
  const std::string_view whole = percent.substr(0, dot);
  const std::string_view decimals =
      dot == std::string_view::npos ? std::string_view{} : percent.substr(dot + 1);
  if (!all_digits(whole) || whole.size() > 3 ||
      (dot != std::string_view::npos && !all_digits(decimals))) {
    return fail(Code::kInvalid, fmt::format("'{}' is no target in percent", percent));
  }
  if (decimals.size() > kMaxDecimals) {
    return fail(Code::kInvalid, "a target has at most 7 decimals");
  }
  std::string digits(decimals);
  digits.resize(kMaxDecimals, '0');
  const std::int64_t ppb = std::stoll(std::string(whole)) * 10'000'000 + std::stoll(digits);
  if (ppb == kBillion) {
    return fail(Code::kInvalid, "100 leaves no budget; did you mean 99.99?");
  }
  if (ppb <= 0 || ppb > kBillion) {
    return fail(Code::kInvalid, "a target lies between 0 and 100, both excluded");
  }
  return ppb;
}

std::string target_words(std::int64_t target_ppb) {
  std::string out = fmt::format("{}.{:07}", target_ppb / 10'000'000, target_ppb % 10'000'000);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

Objective objective_of_probe(std::string_view url, std::string_view service) {
  Objective out;
  out.name = service.empty() ? fmt::format("up {}", url) : "up";
  out.service = ServiceId(std::string(service));
  out.kind = ObjectiveKind::kProbe;
  out.probe = fmt::format("probe_success{{instance=\"{}\"}}", url);
  out.target_ppb = 995'000'000;
  out.window = days(28);
  return out;
}

Result<double> burn_of(const EventSums& sums, std::int64_t target_ppb) {
  if (sums.total <= 0) return fail(Code::kNotFound, "no event was seen in the window");
  const double allowed = static_cast<double>(kBillion - target_ppb) / static_cast<double>(kBillion);
  return sums.bad / sums.total / allowed;
}

bool burns_faster(const EventSums& sums, std::int64_t target_ppb, double factor) {
  return sums.total > 0 && sums.bad * static_cast<double>(kBillion) >
                               factor * static_cast<double>(kBillion - target_ppb) * sums.total;
}

Result<double> budget_left(const EventSums& sums, std::int64_t target_ppb) {
  TRY(const double burn, burn_of(sums, target_ppb));
  return 1 - burn;
}

}  // namespace daytwo::model
