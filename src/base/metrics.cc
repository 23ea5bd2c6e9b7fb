#include "base/metrics.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

void Histogram::observe(double amount) {
  for (const Bucket& bucket : buckets_) {
    if (amount <= bucket.bound) bucket.count->add();
  }
  sum_->add(amount);
  count_->add();
}

Metric& Registry::counter(std::string_view name, std::string_view help, MetricLabels labels) {
  const std::lock_guard lock(mutex_);
  return line(family(name, help, Kind::kCounter), "", std::move(labels));
}

Metric& Registry::gauge(std::string_view name, std::string_view help, MetricLabels labels) {
  const std::lock_guard lock(mutex_);
  return line(family(name, help, Kind::kGauge), "", std::move(labels));
}

Histogram& Registry::histogram(std::string_view name, std::string_view help,
                               std::span<const double> bounds, const MetricLabels& labels) {
  CHECK(std::is_sorted(bounds.begin(), bounds.end()), "a histogram's bounds ascend");
  const std::lock_guard lock(mutex_);
  Family& all = family(name, help, Kind::kHistogram);
  for (const auto& [known, histogram] : all.histograms) {
    if (known == labels) return *histogram;
  }
  Histogram& out = histograms_.emplace_back();
  all.histograms.emplace_back(labels, &out);
  const auto add_bucket = [&](double bound, std::string text) {
    MetricLabels with_bound = labels;
    with_bound.emplace_back("le", std::move(text));
    out.buckets_.push_back({bound, &line(all, "_bucket", std::move(with_bound))});
  };
  for (const double bound : bounds) add_bucket(bound, format_double(bound));
  add_bucket(std::numeric_limits<double>::infinity(), "+Inf");
  out.sum_ = &line(all, "_sum", labels);
  out.count_ = &line(all, "_count", labels);
  return out;
}

Registry::Family& Registry::family(std::string_view name, std::string_view help, Kind kind) {
  const auto [it, added] = families_.try_emplace(std::string(name));
  Family& out = it->second;
  if (added) {
    out.help = help;
    out.kind = kind;
  }
  CHECK(out.kind == kind, "a metric name is of one kind only");
  return out;
}

Metric& Registry::line(Family& family, std::string_view suffix, MetricLabels labels) {
  for (const Line& known : family.lines) {
    if (known.suffix == suffix && known.labels == labels) return *known.metric;
  }
  Metric& out = metrics_.emplace_back();
  family.lines.push_back({std::string(suffix), std::move(labels), &out});
  return out;
}

std::vector<Registry::Reading> Registry::read() const {
  const std::lock_guard lock(mutex_);
  std::vector<Reading> out;
  for (const auto& [name, family] : families_) {
    for (const Line& line : family.lines) {
      out.push_back({name + line.suffix, line.labels, line.metric->value()});
    }
  }
  return out;
}

std::string Registry::to_text() const {
  constexpr std::array<const char*, 3> kKinds = {" counter\n", " gauge\n", " histogram\n"};
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    out += "# HELP " + name + ' ' + family.help + '\n';
    out += "# TYPE " + name + kKinds[static_cast<std::size_t>(family.kind)];
    for (const auto& [suffix, labels, metric] : family.lines) {
      out += name + suffix;
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
