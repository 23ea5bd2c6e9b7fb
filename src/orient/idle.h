// Idle: what runs here and is not used, as far as it is measured: services and large workloads
// without requests and with processors at noise, filesystems that hold little and do not change.
// No money: what it costs stands in bills.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "orient/detector.h"

namespace daytwo::orient {

// Processors at noise: at most this share of one over five minutes.
inline constexpr double kIdleProcessorShare = 0.005;
// What is no service of the catalog is looked at from this size on: below it frees nothing.
inline constexpr double kIdleMemoryBytes = 256.0 * (1 << 20);
// Filesystems from this size on that are filled to at most this share.
inline constexpr std::int64_t kIdleFilesystemBytes = std::int64_t{1} << 30;
inline constexpr double kIdleFilledShare = 0.1;

// What it is that idles.
enum class IdleOf : std::uint8_t { kService, kWorkload, kFilesystem };

// Something that shows no use.
struct Idle {
  IdleOf of = IdleOf::kService;
  std::string name;  // of the service, the workload, the mount
  std::string host;
  std::string owner;         // team; empty when nobody is declared
  Timestamp since;           // no use was seen from then on
  bool used_before = false;  // false: nothing is known of any use, `since` is where samples begin
  double bytes = 0;          // of memory held, or free on the filesystem
  std::vector<std::string> evidence;
};

// What was looked at and what came of it.
struct IdleReport {
  std::vector<Idle> idle;           // longest first
  std::vector<std::string> needed;  // idle, but "search needs database" says the catalog
  std::size_t looked_at = 0;
  Duration watched;  // how far back samples of any of them reach
};

// What was idle for at least `least`. Errors: as Source::select.
[[nodiscard]] Result<IdleReport> find_idle(const View& view, Duration least);

}  // namespace daytwo::orient
