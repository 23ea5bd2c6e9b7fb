#include "model/occasion.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/time.h"

namespace daytwo::model {
namespace {

constexpr double kYear = 1;
constexpr double kWeek = 7 / kDaysPerYear;
constexpr double kDay = 1 / kDaysPerYear;

struct NamedOccasion {
  std::string_view first;
  std::string_view second;  // empty: one word
  double years;
};
constexpr auto kOccasions = std::to_array<NamedOccasion>(
    {{"black", "friday", kYear}, {"cyber", "monday", kYear}, {"new", "year", kYear},
     {"christmas", "", kYear},   {"easter", "", kYear},      {"thanksgiving", "", kYear},
     {"spring", "", kYear},      {"summer", "", kYear},      {"autumn", "", kYear},
     {"fall", "", kYear},        {"winter", "", kYear},      {"january", "", kYear},
     {"february", "", kYear},    {"march", "", kYear},       {"april", "", kYear},
     {"may", "", kYear},         {"june", "", kYear},        {"july", "", kYear},
     {"august", "", kYear},      {"september", "", kYear},   {"october", "", kYear},
     {"november", "", kYear},    {"december", "", kYear},    {"monday", "", kWeek},
     {"tuesday", "", kWeek},     {"wednesday", "", kWeek},   {"thursday", "", kWeek},
     {"friday", "", kWeek},      {"saturday", "", kWeek},    {"sunday", "", kWeek},
     {"weekend", "", kWeek},     {"morning", "", kDay},      {"afternoon", "", kDay},
     {"evening", "", kDay},      {"night", "", kDay}});

// A time of day behind a day's name belongs to it.
constexpr auto kTimesOfDay =
    std::to_array<std::string_view>({"morning", "afternoon", "evening", "night"});

bool is_time_of_day(const Token& token) {
  return std::find(kTimesOfDay.begin(), kTimesOfDay.end(), token.text) != kTimesOfDay.end();
}

}  // namespace

std::optional<Occasion> occasion_at(std::span<const Token> tokens) {
  for (const NamedOccasion& each : kOccasions) {
    Occasion out{each.second.empty() ? 1U : 2U, each.years};
    if (tokens.size() < out.words || tokens[0].text != each.first) continue;
    if (!each.second.empty() && tokens[1].text != each.second) continue;
    if (each.years == kWeek && tokens.size() > out.words && is_time_of_day(tokens[out.words])) {
      ++out.words;
    }
    return out;
  }
  return std::nullopt;
}

}  // namespace daytwo::model
