#include "app/demo/history.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "app/demo/shop.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

// How many requests one customer makes at each service, and how often they fail.
struct Habit {
  double requests;
  double failure;
  double seconds_median;
};

const std::map<std::string_view, Habit>& habits() {
  static const std::map<std::string_view, Habit> kAll = {
      {"checkout", {1.0, 0.0004, 0.020}}, {"payments", {1.0, 0.0002, 0.004}},
      {"search", {2.0, 0.0008, 0.008}},   {"orders", {1.0, 0.0001, 0.006}},
      {"database", {3.0, 0.0000, 0.003}}, {"staging", {0.0, 0.0000, 0.003}}};
  return kAll;
}

// A count with mean `mean`: normal for large means, Poisson by inversion for small ones.
double count_of(double mean, chance::Stream& draws) {
  if (mean > 30) return std::max(0.0, std::round(mean + std::sqrt(mean) * draws.normal()));
  double left = std::exp(-mean);
  double total = left;
  const double u = draws.uniform();
  double k = 0;
  while (u > total && k < 200) {
    ++k;
    left *= mean / k;
    total += left;
  }
  return k;
}

// All counters of one service; values only grow.
class Counters {
 public:
  Counters(const ShopPlace& place, chance::Seed seed)
      : habit_(habits().at(place.name)), draws_(seed, place.port) {
    const auto add = [&](const std::string& metric, std::vector<series::Label> labels) {
      labels.push_back({std::string(series::kMetricName), metric});
      labels.push_back({"service", std::string(place.name)});
      labels.push_back({"job", "shop"});
      labels.push_back({"instance", fmt::format("127.0.0.1:{}", place.port)});
      labels_.emplace_back(std::move(labels));
      values_.push_back(0);
    };
    add("http_requests_total", {{"code", "200"}});
    add("http_requests_total", {{"code", "500"}});
    add("http_request_duration_seconds_count", {});
    add("http_request_duration_seconds_sum", {});
    for (const double bound : kLatencyBounds) {
      add("http_request_duration_seconds_bucket", {{"le", format_double(bound)}});
    }
    add("http_request_duration_seconds_bucket", {{"le", "+Inf"}});
    if (place.name != "orders") return;
    flow_ = labels_.size();
    for (const char* stage : {"received", "processed", "dropped"}) {
      labels_.push_back(series::Labels({{std::string(series::kMetricName), "daytwo_count_total"},
                                        {"flow", "orders"},
                                        {"stage", stage},
                                        {"job", "shop"},
                                        {"instance", fmt::format("127.0.0.1:{}", place.port)}}));
      values_.push_back(0);
    }
  }

  void step(double customers) {
    const double requests = count_of(customers * habit_.requests, draws_);
    const double failed = std::min(requests, count_of(requests * habit_.failure, draws_));
    values_[0] += requests - failed;
    values_[1] += failed;
    values_[2] += requests;
    values_[3] += requests * habit_.seconds_median * 1.1;
    // Latency is lognormal with a spread of 0.5.
    for (std::size_t i = 0; i < kLatencyBounds.size(); ++i) {
      const double z = std::log(kLatencyBounds.at(i) / habit_.seconds_median) / 0.5;
      values_[4 + i] += std::round(requests * chance::normal_cdf(z));
    }
    values_[4 + kLatencyBounds.size()] += requests;
    if (flow_ == 0) return;
    values_[flow_] += requests;
    values_[flow_ + 1] = values_[flow_];
  }

  [[nodiscard]] const std::vector<series::Labels>& labels() const { return labels_; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

 private:
  const Habit habit_;
  chance::Stream draws_;
  std::vector<series::Labels> labels_;
  std::vector<double> values_;
  std::size_t flow_ = 0;  // where the flow's three counters begin; 0 = no flow
};

}  // namespace

double customers_at(Timestamp at) {
  const double day = static_cast<double>(at.ms) / 8.64e7;
  const double hour = (day - std::floor(day)) * 24;
  const double daily = 1 + 0.6 * std::sin((hour - 14) / 24 * 2 * std::numbers::pi);
  const auto weekday = static_cast<std::int64_t>(std::floor(day) + 4) % 7;  // 0 is Sunday
  return 6.0 * daily * (weekday == 0 ? 0.8 : 1.0);
}

Result<std::size_t> write_history(series::Sink& sink, Timestamp now, chance::Seed seed) {
  std::vector<Counters> services;
  for (const ShopPlace& place : kShop) services.emplace_back(place, seed);
  std::size_t written = 0;
  const Timestamp end = now - kHistoryStep;
  const Duration day = days(1);
  for (Timestamp from = now - kHistorySpan; from < end; from = from + day) {
    series::Batch batch;
    for (const Counters& service : services) {
      for (const series::Labels& labels : service.labels()) batch.series.push_back({labels, {}});
    }
    for (Timestamp at = from; at < end && at < from + day; at = at + kHistoryStep) {
      std::size_t row = 0;
      for (Counters& service : services) {
        service.step(customers_at(at) * kHistoryStep.seconds());
        for (const double value : service.values()) {
          batch.series[row++].samples.push_back({at, {value, nullptr}});
        }
      }
    }
    TRY(const series::Appended appended, sink.append(batch));
    written += appended.samples;
  }
  return written;
}

}  // namespace daytwo::app
