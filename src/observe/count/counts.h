// Counting both ends: applications post how many things they received, processed or dropped; daytwo
// keeps the counters. POST /api/daytwo/v1/count/orders.received adds one.
// Series: daytwo_count_total{job="count", flow="orders", stage="received"} and the labels given.
// Counters are monotonic over restarts: the last value is read back from the store. What was
// acknowledged is durable, as far as the sink is.
// Thread rule: any thread; appends are made one after the other, in the order of their times.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "series/labels.h"
#include "series/sink.h"
#include "series/source.h"

namespace daytwo::observe {

inline constexpr std::string_view kCountSeries = "daytwo_count_total";
inline constexpr std::array<std::string_view, 3> kCountStages = {"received", "processed",
                                                                 "dropped"};
// Counters that may exist: names that hold ids would make a series each.
inline constexpr std::size_t kMaxCounters = 1'000;
// Idle counters are written again after this, so that queries still find them.
inline constexpr Duration kCountRefresh = seconds(60);

// A counter's name, taken apart.
struct CountName {
  std::string flow;   // "orders", "orders.eu"
  std::string stage;  // one of kCountStages
};

// "orders.received" into its parts. Errors: kInvalid with what was expected.
[[nodiscard]] Result<CountName> parse_count_name(std::string_view name);

class Counts {
 public:
  explicit Counts(series::Sink& sink) : sink_(sink) {}

  // Reads the last values back. Before the first add(); with a store that cannot answer, counting
  // would begin at 0 again: the error says so and add() refuses until load() succeeds.
  [[nodiscard]] Result<void> load(const series::Source& source, Timestamp now);

  // Adds `amount` (finite, 0 or more) and returns the new value once it is stored. `extra` labels
  // (service, region) tell senders apart. Errors: kInvalid (amount, labels), kLimit (too many
  // counters), and what the sink says: then nothing was counted.
  [[nodiscard]] Result<double> add(const CountName& name, double amount,
                                   const series::Labels& extra, Timestamp now);

  // Writes counters again that have been idle for kCountRefresh. To be called every few seconds.
  [[nodiscard]] Result<void> refresh(Timestamp now);

  [[nodiscard]] std::size_t size() const;

 private:
  struct Counter {
    double value = 0;
    Timestamp written = kMinTimestamp;
  };
  [[nodiscard]] Result<void> append(const series::Labels& labels, double value, Timestamp at);

  series::Sink& sink_;
  mutable std::mutex mutex_;
  std::map<series::Labels, Counter> counters_;  // guarded by mutex_
  bool loaded_ = false;                         // guarded by mutex_
};

}  // namespace daytwo::observe
