// daytwo's own metrics: counters, gauges and histograms that rooms hold by reference and the
// registry lists.
// Thread rule: any thread may add, set, or list. No globals: app makes one Registry and passes it
// down.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daytwo {

// Label pairs of one own metric, in the order they print.
using MetricLabels = std::vector<std::pair<std::string, std::string>>;

// A number that only grows (counter) or may be set (gauge), after which of the two it was
// registered as.
class Metric {
 public:
  void add(double amount = 1) { value_.fetch_add(amount, std::memory_order_relaxed); }
  void set(double value) { value_.store(value, std::memory_order_relaxed); }
  [[nodiscard]] double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

// How often which amount was seen: the classic histogram, counts of what was at most each bound.
class Histogram {
 public:
  // Cost: one pass over the bounds. A reader in between may see a bucket before the count.
  void observe(double amount);

 private:
  friend class Registry;
  struct Bucket {
    double bound = 0;
    Metric* count = nullptr;
  };
  std::vector<Bucket> buckets_;  // constant after registration; the last bound is infinite
  Metric* sum_ = nullptr;
  Metric* count_ = nullptr;
};

// All own metrics of a process.
class Registry {
 public:
  // The counter `name{labels}`; the same arguments give the same metric. Never fails; lives as long
  // as the registry. REQUIRES: a name is registered as one kind only.
  Metric& counter(std::string_view name, std::string_view help, MetricLabels labels = {});
  // The gauge `name{labels}`, as counter().
  Metric& gauge(std::string_view name, std::string_view help, MetricLabels labels = {});

  // The histogram `name{labels}` with buckets up to each of `bounds`, and up to infinity; as
  // counter(). It reads as name_bucket{le}, name_count and name_sum. REQUIRES: bounds ascend.
  Histogram& histogram(std::string_view name, std::string_view help, std::span<const double> bounds,
                       const MetricLabels& labels = {});

  // One metric and what it reads now.
  struct Reading {
    std::string name;
    MetricLabels labels;
    double value = 0;
  };
  // All metrics, sorted by name. Cost: as to_text().
  [[nodiscard]] std::vector<Reading> read() const;

  // All metrics in the text format 0.0.4, sorted by name. Cost: one pass, under the lock.
  [[nodiscard]] std::string to_text() const;

 private:
  enum class Kind : std::uint8_t { kCounter, kGauge, kHistogram };
  struct Line {
    std::string suffix;  // of a histogram's parts
    MetricLabels labels;
    Metric* metric = nullptr;
  };
  struct Family {
    std::string help;
    Kind kind = Kind::kCounter;
    std::vector<Line> lines;
    std::vector<std::pair<MetricLabels, Histogram*>> histograms;
  };

  // mutex_ is held by both.
  Family& family(std::string_view name, std::string_view help, Kind kind);
  Metric& line(Family& family, std::string_view suffix, MetricLabels labels);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;  // GUARDED_BY(mutex_)
  std::deque<Metric> metrics_;                           // GUARDED_BY(mutex_); addresses are stable
  std::deque<Histogram> histograms_;                     // the same
};

}  // namespace daytwo
