// Words of a verdict: conditions, worlds, spans of somebody's time.
#pragma once

#include <string>
#include <string_view>

#include "chance/estimate.h"
#include "decide/case.h"

namespace daytwo::decide {

// "19 of 20 worlds"; "nearly all worlds", "more than 249 of 250 worlds" near certainty.
[[nodiscard]] std::string worlds_words(double share);

// Somebody's time: "38 minutes of your time", "5 hours of your time", "3 person-days".
[[nodiscard]] std::string time_words(double person_hours);

// "an hour of checkout", "a record", "an incident".
[[nodiscard]] std::string one_unit(const Case& item);

// "3.2 hours of checkout", "$120k", "0.4 incidents".
[[nodiscard]] std::string units_words(double value, const Case& item);

// "a year", "in 30 days".
[[nodiscard]] std::string window_words(double window_days);

// Over how long acting is weighed: "over 3 years"; as window_words where the window comes once.
[[nodiscard]] std::string life_words(const Case& item);

// "an hour of checkout is worth more than $2k": the condition that `part` lies above (or below)
// `value`.
[[nodiscard]] std::string condition_words(const Case& item, Part part, bool above, double value);

// The unit of a value of `part`: a currency, "hours of service lost", "times a year".
[[nodiscard]] std::string unit_of(const Case& item, Part part);

// "how often it happens", "what one event costs".
[[nodiscard]] std::string_view part_words(Part part);

// "$120k", "4 person-hours", "less than an hour of work", "nothing": a value in an account.
[[nodiscard]] std::string account_words(double value, const std::string& account);

// "$20k to $900k" of an amount in `unit`: its 90 % interval, or its one value.
[[nodiscard]] std::string interval_words(const chance::Estimate& x, std::string_view unit);

// True for parts whose growth speaks for acting.
[[nodiscard]] bool speaks_for_acting(Part part);

}  // namespace daytwo::decide
