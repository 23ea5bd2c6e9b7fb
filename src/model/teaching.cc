#include "model/teaching.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "model/field.h"
#include "model/sentence.h"

namespace daytwo::model {
namespace {

constexpr double kHalf = 0.5;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<double> number(std::string_view text) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(out)) return {};
  return out;
}

Error wrong(std::string_view what, std::string_view expected) {
  return make_error(Code::kInvalid, fmt::format("'{}': expected {}", what, expected));
}

Result<void> read_test(std::string_view text, Teaching& out) {
  const std::size_t slash = text.find('/');
  const auto hits = number(trimmed(text.substr(0, slash)));
  const auto clears =
      slash == std::string_view::npos ? std::nullopt : number(trimmed(text.substr(slash + 1)));
  const auto percent = [](double x) { return x >= 0 && x <= 100; };
  if (!hits || !clears || !percent(*hits) || !percent(*clears)) {
    return fail(wrong(out.text, "sensitivity and specificity in percent such as test 90/85"));
  }
  if (*hits + *clears <= 100) {
    return fail(wrong(out.text, "more than 100 % together: this test tells nothing"));
  }
  out.sensitivity = *hits / 100;
  out.specificity = *clears / 100;
  return {};
}

Result<void> read_error(std::string_view text, Teaching& out) {
  const auto error = parse_quantity(text);
  if (!error || error->low != error->high || error->low <= 0) {
    return fail(wrong(out.text, "the standard error of a reading such as within $50k"));
  }
  out.error = error->low;
  out.unit = error->unit;
  return {};
}

Result<void> read_share(std::string_view text, const Definitions& names, Teaching& out) {
  constexpr std::string_view kExpected =
      "50%, by half, by 60%, within AMOUNT, test 90/85 or 3 years";
  auto share = read_field(text, Measure::kShare, names);
  const bool is_number = text.find_first_of("0123456789(") == 0;
  if (!share && is_number) return fail(std::move(share).error());
  if (!share) return fail(wrong(out.text, kExpected));
  out.share = share->mean;
  return out.share > 0 ? Result<void>() : fail(wrong(out.text, "a share above 0"));
}

}  // namespace

Result<Teaching> parse_teaching(std::string_view text, const Definitions& names) {
  Teaching out;
  text = trimmed(text);
  out.text = text;
  const auto after = [&](std::string_view word) { return trimmed(text.substr(word.size())); };
  if (text == "by half") {
    out.share = kHalf;
  } else if (text.starts_with("within ")) {
    out.how = Teaching::How::kReading;
    TRY_VOID(read_error(after("within "), out));
  } else if (text.starts_with("test ")) {
    out.how = Teaching::How::kTest;
    TRY_VOID(read_test(after("test "), out));
  } else if (text.ends_with(" years") || text.ends_with(" year")) {
    out.how = Teaching::How::kYears;
    const auto years = number(trimmed(text.substr(0, text.rfind(' '))));
    if (!years || *years <= 0) return fail(wrong(text, "years of logs such as 3 years"));
    out.years = *years;
  } else {
    TRY_VOID(read_share(text.starts_with("by ") ? after("by ") : text, names, out));
  }
  return out;
}

}  // namespace daytwo::model
