// daytwo's own metrics: counters and gauges that rooms hold by reference and the registry lists.
// Thread rule: any thread may add, set, or list. No globals: app makes one Registry and passes it
// down.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
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

// All own metrics of a process.
class Registry {
 public:
  // The counter `name{labels}`; the same arguments give the same metric. Never fails; lives as long
  // as the registry. REQUIRES: a name is registered as one kind only.
  Metric& counter(std::string_view name, std::string_view help, MetricLabels labels = {});
  // The gauge `name{labels}`, as counter().
  Metric& gauge(std::string_view name, std::string_view help, MetricLabels labels = {});

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
  struct Family {
    std::string help;
    bool is_counter = true;
    std::vector<std::pair<MetricLabels, Metric*>> metrics;
  };

  Metric& find_or_add(std::string_view name, std::string_view help, MetricLabels labels,
                      bool is_counter);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;  // GUARDED_BY(mutex_)
  std::deque<Metric> metrics_;                           // GUARDED_BY(mutex_); addresses are stable
};

}  // namespace daytwo
