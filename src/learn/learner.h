// Learner: one turn of this room. It writes down forecasts when they are made, and scores them when
// the truth arrives; so the product shows how good its own forecasts are from the first day on.
// A forecast is a Lesson; its score is a second Lesson under the same key. Horizons are short: an
// hour and a day.
// Thread rule: one thread at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "series/source.h"

namespace daytwo::learn {

// How this room signs its records; raised when a change moves bits.
inline constexpr std::string_view kEngine = "learn.forecast/1";

// A query's answer at an instant as one number: a scalar, or the first element of a vector; nothing
// for an empty answer. Errors: those of the query.
using Evaluate =
    std::function<Result<std::optional<double>>(const std::string& query, Timestamp at)>;

// Answers from a source by PromQL. REQUIRES: the source outlives the function.
[[nodiscard]] Evaluate evaluate_over(const series::Source& source);

// The truth is looked up this long after it is due, so that the last sample has come in, and given
// up when it is still unknown this much later.
inline constexpr Duration kSettle = seconds(30);
inline constexpr Duration kGiveUp = minutes(30);

class Learner {
 public:
  explicit Learner(Evaluate evaluate) : evaluate_(std::move(evaluate)) {}

  // Lessons to append:
  //   for each open run-out: the chance that it is full within the hour, and the date as an
  //   interval; for each watched URL: the chance that it answers throughout the next hour, and
  //   throughout tomorrow (UTC), and the availability of the current day at its end, as an
  //   interval; for each objective the share of its budget that is left at the end of the day, as
  //   an interval; for each written worry what its author stated of it (estimates.h); a score or a
  //   void for each forecast that is due.
  // One forecast of a kind is open at a time. What a person acted upon meanwhile (acknowledged) is
  // void: the forecast was about leaving it alone. Cost: a query for each new or due forecast.
  [[nodiscard]] std::vector<facts::Record> step(const facts::Snapshot& snapshot, Timestamp now);

 private:
  Evaluate evaluate_;
};

}  // namespace daytwo::learn
