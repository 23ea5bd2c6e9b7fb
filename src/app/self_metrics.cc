#include "app/self_metrics.h"

#include <utility>

namespace daytwo::app {
namespace {
constexpr Duration kInterval = seconds(10);
}  // namespace

series::Batch SelfMetrics::due(Timestamp now) {
  series::Batch batch;
  if (now < next_) return batch;
  next_ = now + kInterval;
  const auto add = [&](const std::string& name, const MetricLabels& labels, double value) {
    std::vector<series::Label> all = {
        {std::string(series::kMetricName), name}, {"instance", instance_}, {"job", "daytwo"}};
    for (const auto& [key, text] : labels) all.push_back({key, text});
    batch.series.push_back({series::Labels(std::move(all)), {{now, {value, nullptr}}}});
  };
  for (const Registry::Reading& reading : registry_.read()) {
    add(reading.name, reading.labels, reading.value);
  }
  add("process_cpu_seconds_total", {}, clock_.process_cpu().seconds());
  add("up", {}, 1);
  batch.partial = true;
  return batch;
}

}  // namespace daytwo::app
