#include "decide/case.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "facts/record.h"

namespace daytwo::decide {
namespace {

constexpr std::array<std::string_view, kParts> kNames = {"events", "size", "price", "effect",
                                                         "work",   "hour", "once"};
// Between a distribution and its source.
constexpr std::string_view kFrom = " <- ";

Result<Uncertain> uncertain(std::string_view text) {
  const std::size_t at = text.find(kFrom);
  auto what = chance::parse_distribution(text.substr(0, at));
  if (!what) return fail(Code::kCorrupt, what.error().text);
  return Uncertain{*what, at == std::string_view::npos
                              ? std::string()
                              : std::string(text.substr(at + kFrom.size()))};
}

}  // namespace

Result<double> number_of(const facts::Record& record, std::string_view name) {
  const std::string_view text = record.find_input(name);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc{} || end != text.data() + text.size() ||
      !std::isfinite(value)) {
    return fail(Code::kCorrupt,
                "input '" + std::string(name) + "' is no number: '" + std::string(text) + "'");
  }
  return value;
}

std::string_view to_string(Part part) { return kNames.at(static_cast<std::size_t>(part)); }

std::vector<facts::Input> inputs_of(const Case& item) {
  std::vector<facts::Input> out;
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::string name(kNames.at(i));
    if (const auto& part = item.parts.at(i)) {
      out.push_back({name, part->what.to_string() + std::string(kFrom) + part->source});
    }
    if (!item.queries.at(i).empty()) out.push_back({"query:" + name, item.queries.at(i)});
  }
  out.push_back({"unit", item.unit});
  if (!item.currency.empty()) out.push_back({"currency", item.currency});
  if (!item.service.empty()) out.push_back({"service", item.service});
  out.push_back({"option", item.option});
  out.push_back({"window_days", format_double(item.window_days)});
  if (item.windows != 1) out.push_back({"windows", format_double(item.windows)});
  if (item.burning) out.push_back({"burning", "yes"});
  out.push_back({"luck", format_double(item.luck)});
  out.push_back({"group centre", format_double(item.centre)});
  out.push_back({"group spread", format_double(item.spread)});
  if (item.runs_out.ms != 0) out.push_back({"runs out", to_rfc3339(item.runs_out)});
  return out;
}

Result<Case> case_of(const facts::Record& record) {
  Case out;
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::string name(kNames.at(i));
    const std::string_view text = record.find_input(name);
    if (!text.empty()) {
      TRY(out.parts.at(i), uncertain(text));
    }
    out.queries.at(i) = record.find_input("query:" + name);
  }
  for (const Part needed : {Part::kEvents, Part::kSize, Part::kEffect, Part::kWork}) {
    if (!out.part(needed)) {
      return fail(Code::kCorrupt, "input '" + std::string(to_string(needed)) + "' is missing");
    }
  }
  out.unit = record.find_input("unit");
  out.currency = record.find_input("currency");
  out.service = record.find_input("service");
  out.option = record.find_input("option");
  TRY(out.window_days, number_of(record, "window_days"));
  if (!record.find_input("windows").empty()) {
    TRY(out.windows, number_of(record, "windows"));
  }
  out.burning = record.find_input("burning") == "yes";
  TRY(out.luck, number_of(record, "luck"));
  TRY(out.centre, number_of(record, "group centre"));
  TRY(out.spread, number_of(record, "group spread"));
  if (const std::string_view date = record.find_input("runs out"); !date.empty()) {
    TRY(out.runs_out, parse_rfc3339(date));
  }
  return out;
}

}  // namespace daytwo::decide
