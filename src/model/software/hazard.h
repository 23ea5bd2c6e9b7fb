// Hazard: how often a vulnerability here is used against us, from what is known of it in general
// and what run time adds.
// Model: EPSS is P(exploit activity anywhere within 30 days), so h = -ln(1 - EPSS)/30 a day; the
// evidence multiplies it by phi, a lognormal whose quantiles are a stated judgement, and a common
// factor Z (sigma 0.7) stands for what all vulnerabilities share.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "chance/estimate.h"

namespace daytwo::model {

// What is known of a component at run time. A rung scales the rate; it never filters.
enum class Rung : std::uint8_t {
  kInstalled,  // E0: the package database has it
  kUsed,       // E1: a file of it was executed or mapped in the window
  kMapped,     // E2: executable pages in a live process now
  kListens,    // E3: such a process holds a listening socket
  kReachable,  // E4: bound beyond loopback
};

// "E3: a process that uses it listens".
[[nodiscard]] std::string_view to_words(Rung rung);

// p05, p50, p95 of a positive factor.
struct Factor {
  double p05 = 1;
  double p50 = 1;
  double p95 = 1;
};

// The ladder's factor of a rung. Starting values are judgement, to be calibrated on additions to
// KEV and own incidents.
[[nodiscard]] Factor factor_of(Rung rung);

// For a member of KEV: EPSS knows part of it.
inline constexpr Factor kKevFactor{1, 1.5, 3};
// Median EPSS of KEV's members (1,404 of 2025-08-25 against scores of 2026-08-16), for one without
// a score.
inline constexpr double kKevMedianEpss = 0.559;

// Hazard a day of an EPSS probability. REQUIRES: 0 <= epss < 1.
[[nodiscard]] double hazard_per_day(double epss);

// Uses against us a year.
[[nodiscard]] chance::Estimate events_per_year(double epss, Rung rung, bool kev);

// P(at least one within a year) for a rate a year, quantile by quantile.
[[nodiscard]] chance::Estimate chance_in_a_year(const chance::Estimate& events_per_year);

}  // namespace daytwo::model
