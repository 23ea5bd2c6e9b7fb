// Run-out: filesystems (bytes and inodes) and memory limits that fill now, with a date.
// The short horizon: a trend over the last minutes (orient/trend.h) and the exact first-passage law
// (orient/first_passage.h). A slow fill over days is not seen here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "facts/record.h"
#include "orient/detector.h"
#include "orient/first_passage.h"
#include "orient/trend.h"
#include "series/value.h"

namespace daytwo::orient {

// Something that can be used up: how much is left over time, and how it is called.
struct Resource {
  std::string what;  // "filesystem:/var": last part of the key
  std::string noun;  // "/var"
  std::string unit;  // "bytes" or "inodes"
  std::string host;
  std::string service;  // or empty
  std::string query;    // PromQL of what is left
  std::string option;   // "clean or grow the filesystem"
  std::string next_step;
  double size = 0;  // the whole; 0 = not known
  series::Column left;
};

// A page needs both: reached within a day with probability above a half, and a date no further away
// than kReach times the span over which the trend was seen. A minute of trend says nothing about
// tomorrow.
inline constexpr double kPageChance = 0.5;
inline constexpr double kReach = 60;

// The claim that `resource` is full or runs out, or nothing. `reading` is read_trend of what is
// left. An open finding keeps its trend while the last minute still falls.
[[nodiscard]] std::optional<Claim> judge_resource(const Resource& resource,
                                                  const TrendReading& reading, Timestamp now);

// The forecast that a run-out finding was made from, and the instant it starts at.
struct Path {
  Timestamp at;
  PassageForecast forecast;
};

// Read back from the inputs of `record`, so that what is drawn is what was stored. Nothing for a
// finding without a trend.
[[nodiscard]] std::optional<Path> path_of(const facts::Record& record);

// The detector over all filesystems and cgroup limits seen.
class RunOut final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "runout"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.runout/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  // The date moved by 10 % of what was left, at least a minute; or by a day.
  [[nodiscard]] bool moved(const facts::Record& before, const facts::Record& after) const override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;
};

}  // namespace daytwo::orient
