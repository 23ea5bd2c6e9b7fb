#include "decide/say.h"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/time.h"
#include "chance/estimate.h"
#include "decide/case.h"
#include "model/amount.h"

namespace daytwo::decide {
namespace {

std::string percent(double share) { return fmt::format("{:.0f} %", share * 100); }

std::string plain(double value) { return model::money_words(value, ""); }

}  // namespace

std::string worlds_words(double share) {
  const auto dots = static_cast<int>(std::lround(share * 20));
  if (dots == 20 && share < 1) {
    return share > 0.996 ? "more than 249 of 250 worlds" : "nearly all worlds";
  }
  if (dots == 20) return "all worlds";
  if (dots == 0) return share > 0 ? "fewer than 1 of 20 worlds" : "no world";
  return std::to_string(dots) + " of 20 worlds";
}

std::string time_words(double person_hours) {
  if (person_hours < 1.0 / 60) return "a minute of your time";
  if (person_hours < 1) {
    const auto minutes = static_cast<long>(std::lround(person_hours * 60));
    return minutes == 1 ? "a minute of your time"
                        : std::to_string(minutes) + " minutes of your time";
  }
  if (person_hours < 2 * model::kHoursAPersonDay) {
    const std::string hours = plain(person_hours);
    return hours == "1" ? "an hour of your time" : hours + " hours of your time";
  }
  return plain(person_hours / model::kHoursAPersonDay) + " person-days";
}

std::string one_unit(const Case& item) {
  const std::string of = item.service.empty() ? "" : " of " + item.service;
  if (item.unit == model::kHoursLost) return "an hour" + (of.empty() ? " of service" : of);
  if (item.unit == model::kRecordsExposed) return "a record" + of;
  if (item.unit == model::kFailedRequests) return "a failed request" + of;
  return "an incident" + of;
}

std::string units_words(double value, const Case& item) {
  if (item.sized_in_money()) return model::money_words(value, item.unit);
  if (item.unit == model::kHoursLost && !item.service.empty()) {
    return plain(value) + " hours of " + item.service;
  }
  return plain(value) + " " + item.unit;
}

std::string window_words(double window_days) {
  if (std::abs(window_days - kDaysPerYear) < 1) return "a year";
  if (std::abs(window_days - 1) < 1e-9) return "in a day";
  return "in " + plain(window_days) + " days";
}

std::string life_words(const Case& item) {
  if (item.windows == 1) return window_words(item.window_days);
  return fmt::format("over {:g} years", item.windows * item.window_days / kDaysPerYear);
}

std::string condition_words(const Case& item, Part part, bool above, double value) {
  const std::string than = above ? "more than " : "less than ";
  switch (part) {
    case Part::kEvents:
      return item.window_days < kDaysPerYear && value <= 1
                 ? std::string("its chance is ") + (above ? "above " : "below ") + percent(value) +
                       " " + window_words(item.window_days)
                 : "it happens " + than + plain(value) + " times " + window_words(item.window_days);
    case Part::kSize:
      return "one event costs " + than + units_words(value, item);
    case Part::kPrice:
      return one_unit(item) + " is worth " + than +
             (item.currency.empty() ? time_words(value) : model::money_words(value, item.currency));
    case Part::kEffect:
      return "it takes away " + than + percent(value) + " of the loss";
    case Part::kWork:
      return "the work takes " + than + time_words(value);
    case Part::kHour:
      return "a person-day costs " + than +
             model::money_words(value * model::kHoursAPersonDay, item.currency);
    case Part::kOnce:
      return "it costs " + than + model::money_words(value, item.currency) + " to buy";
  }
  return "";
}

std::string unit_of(const Case& item, Part part) {
  switch (part) {
    case Part::kEvents:
      return "times " + window_words(item.window_days);
    case Part::kSize:
      return item.unit;
    case Part::kEffect:
      return "share of the loss";
    case Part::kWork:
      return std::string(model::kPersonHours);
    case Part::kPrice:
    case Part::kHour:
    case Part::kOnce:
      return item.currency.empty() ? std::string(model::kPersonHours) : item.currency;
  }
  return "";
}

std::string_view part_words(Part part) {
  constexpr std::array<std::string_view, kParts> kWords = {
      "how often it happens", "what one event costs",   "what a unit is worth",
      "how much it helps",    "how much work it takes", "what a day of work costs",
      "what it costs to buy"};
  return kWords.at(static_cast<std::size_t>(part));
}

std::string account_words(double value, const std::string& account) {
  if (value == 0) return "nothing";
  if (account.size() == 3) return model::money_words(value, account);
  if (std::abs(value) < 1) return "less than an hour of work";
  return model::money_words(value, account) + " " + account;
}

std::string interval_words(const chance::Estimate& x, std::string_view unit) {
  const std::string words = model::to_words(model::Amount{x, std::string(unit), "", {}, ""});
  return words.substr(0, words.find(", median"));
}

bool speaks_for_acting(Part part) {
  return part == Part::kEvents || part == Part::kSize || part == Part::kPrice ||
         part == Part::kEffect;
}

}  // namespace daytwo::decide
