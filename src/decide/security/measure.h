// Measuring a promise of security: exposure-days within and beyond what is due, and what is left.
// Model: SLI = share of exposure-days within the due date [worth.md 13]; the budget is the share
// that may be beyond, in days. An exposure-day is one vulnerability in one package of one host,
// open for a day, however many processes use it.
// Mind: exposures that stay open but within what is due make the share look better; therefore the
// money beside it (price.h) counts every day.
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "decide/security/span.h"
#include "model/security_promise.h"
#include "model/service.h"

namespace daytwo::decide::security {

// The service of the promise and all it depends on, however far.
[[nodiscard]] std::set<std::string> covered_services(const model::Catalog& catalog,
                                                     const model::SecurityPromise& promise);

// When the days of an exposure begin to count for the promise.
[[nodiscard]] Timestamp counted_from(const model::SecurityPromise& promise,
                                     const ExposureSpan& span);

// One exposure in the window. `span` points into what was measured.
struct Counted {
  const ExposureSpan* span = nullptr;
  double days = 0;     // open in the window
  double overdue = 0;  // of these, beyond what is due
  Timestamp due;
  bool still_open = false;
  bool is_late = false;  // open and beyond what is due, now
};

// A promise over its window that ends at `at`.
struct Measured {
  Timestamp from;  // of what was measured: the window's beginning, or when matching began
  Timestamp at;
  double measured_share = 0;  // of the window
  double days = 0;
  double overdue = 0;
  std::vector<Counted> exposures;  // late ones first, then open ones; the longest due first
  std::size_t still_open = 0;
  std::size_t late = 0;
  std::size_t not_ours =
      0;  // exposures of its kind that belong to no service covered, in the window

  // Share of exposure-days within what is due; nothing without an exposure: then it is kept.
  [[nodiscard]] std::optional<double> within() const;
  // Exposure-days that may be beyond what is due, and those that still may.
  [[nodiscard]] double budget(const model::SecurityPromise& promise) const;
  [[nodiscard]] double budget_left(const model::SecurityPromise& promise) const;
  // Budgets spent: 0 untouched, 1 just spent. Nothing without an exposure.
  [[nodiscard]] std::optional<double> spent(const model::SecurityPromise& promise) const;
  // How many times the allowed share of what is open now is late. Nothing when none is open.
  [[nodiscard]] std::optional<double> burn(const model::SecurityPromise& promise) const;
  [[nodiscard]] bool is_kept(const model::SecurityPromise& promise) const;
};

// The window that the promise names, or everything since measuring began.
enum class Window : std::uint8_t { kPromised, kAllTime };

// The promise over its window that ends at `at`, of which nothing before `since` was measured. What
// is still open counts until `at`, also where that is in the future. The spans must outlive the
// result. REQUIRES: since <= at.
[[nodiscard]] Measured measure(const model::SecurityPromise& promise,
                               const std::set<std::string>& services,
                               std::span<const ExposureSpan> spans, Timestamp since, Timestamp at,
                               Window window = Window::kPromised);

// What happens to what is open.
enum class From : std::uint8_t {
  kLeftOpen,  // nothing is mended
  kMendedNow  // what is late is mended at once, the rest when it is due
};

// The promise over the window that ends at `later`, as it would be. New exposures are not foreseen.
// REQUIRES: at <= later.
struct Foreseen {
  std::optional<double> within;  // nothing without an exposure
  bool is_kept = false;
};
[[nodiscard]] Foreseen foresee(const model::SecurityPromise& promise,
                               const std::set<std::string>& services,
                               std::span<const ExposureSpan> spans, Timestamp since, Timestamp at,
                               Timestamp later, From from);

// The first day, within one window from `at`, on which the promise is not what it is now: broken if
// it is kept, kept again if it is broken. New exposures are not foreseen. Nothing when it stays.
[[nodiscard]] std::optional<Timestamp> turns_at(const model::SecurityPromise& promise,
                                                const std::set<std::string>& services,
                                                std::span<const ExposureSpan> spans,
                                                Timestamp since, Timestamp at, From from);

}  // namespace daytwo::decide::security
