#include "observe/metric_writer.h"

#include <cstddef>
#include <utility>

#include "base/text.h"

namespace daytwo::observe {

void MetricWriter::begin(Timestamp at) {
  at_ = at;
  if (at - types_sent_ >= hours(1) || at < types_sent_) {
    typed_.clear();
    types_sent_ = at;
  }
}

void MetricWriter::counter(std::string_view name, double value, Extra labels) {
  add(name, "counter", value, labels);
}

void MetricWriter::gauge(std::string_view name, double value, Extra labels) {
  add(name, "gauge", value, labels);
}

void MetricWriter::add(std::string_view name, std::string_view type, double value, Extra labels) {
  if (!typed_.contains(name)) {
    typed_.emplace(name);
    batch_.metadata.push_back({std::string(name), std::string(type), "", ""});
  }
  std::vector<series::Label> all;
  all.reserve(common_.size() + labels.size() + 1);
  all.push_back({std::string(series::kMetricName), std::string(name)});
  all.insert(all.end(), common_.begin(), common_.end());
  for (const MetricLabel& label : labels) {
    all.push_back({std::string(label.name),
                   is_utf8(label.value) ? std::string(label.value) : to_utf8(label.value)});
  }
  batch_.series.push_back({series::Labels(std::move(all)), {{at_, {value, nullptr}}}});
}

series::Batch MetricWriter::take() {
  series::Batch out = std::move(batch_);
  const std::size_t expected = out.series.size();
  batch_ = {};
  batch_.series.reserve(expected + expected / 8);
  out.partial = true;
  return out;
}

}  // namespace daytwo::observe
