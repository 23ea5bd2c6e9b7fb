#include "base/metrics.h"

#include "base/check.h"
#include "base/text.h"

namespace daytwo {
namespace {

// Label values escape backslash, quote and newline [Prometheus text exposition format 0.0.4].
std::string escape(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Metric& Registry::counter(std::string_view name, std::string_view help, MetricLabels labels) {
  return find_or_add(name, help, std::move(labels), true);
}

Metric& Registry::gauge(std::string_view name, std::string_view help, MetricLabels labels) {
  return find_or_add(name, help, std::move(labels), false);
}

Metric& Registry::find_or_add(std::string_view name, std::string_view help, MetricLabels labels,
                              bool is_counter) {
  const std::lock_guard lock(mutex_);
  const auto [it, added] = families_.try_emplace(std::string(name));
  Family& family = it->second;
  if (added) {
    family.help = help;
    family.is_counter = is_counter;
  }
  CHECK(family.is_counter == is_counter, "a metric name is a counter or a gauge, not both");
  for (const auto& [known, metric] : family.metrics) {
    if (known == labels) return *metric;
  }
  metrics_.emplace_back();
  family.metrics.emplace_back(std::move(labels), &metrics_.back());
  return metrics_.back();
}

std::vector<Registry::Reading> Registry::read() const {
  const std::lock_guard lock(mutex_);
  std::vector<Reading> out;
  for (const auto& [name, family] : families_) {
    for (const auto& [labels, metric] : family.metrics) {
      out.push_back({name, labels, metric->value()});
    }
  }
  return out;
}

std::string Registry::to_text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    out += "# HELP " + name + ' ' + family.help + '\n';
    out += "# TYPE " + name + (family.is_counter ? " counter\n" : " gauge\n");
    for (const auto& [labels, metric] : family.metrics) {
      out += name;
      for (std::size_t i = 0; i < labels.size(); ++i) {
        out += i == 0 ? '{' : ',';
        out += labels[i].first + "=\"" + escape(labels[i].second) + '"';
      }
      if (!labels.empty()) out += '}';
      out += ' ' + format_double(metric->value()) + '\n';
    }
  }
  return out;
}

}  // namespace daytwo
