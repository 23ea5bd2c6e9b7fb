#include "series/labels.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"

namespace daytwo::series {
namespace {

std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

bool is_plain_name(std::string_view name, bool colon) {
  if (name.empty()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool digit = c >= '0' && c <= '9' && i > 0;
    if (!letter && !digit && !(colon && c == ':')) return false;
  }
  return true;
}

}  // namespace

Labels::Labels(std::vector<Label> labels) : labels_(std::move(labels)) {
  // What senders send is nearly always in order already.
  bool in_order = true;
  for (std::size_t i = 0; i < labels_.size() && in_order; ++i) {
    in_order = !labels_[i].value.empty() && (i == 0 || labels_[i - 1].name < labels_[i].name);
  }
  if (in_order) return;
  std::stable_sort(labels_.begin(), labels_.end(),
                   [](const Label& a, const Label& b) { return a.name < b.name; });
  std::vector<Label> kept;
  kept.reserve(labels_.size());
  for (Label& label : labels_) {
    if (!kept.empty() && kept.back().name == label.name) {
      kept.back() = std::move(label);
    } else {
      kept.push_back(std::move(label));
    }
  }
  std::erase_if(kept, [](const Label& label) { return label.value.empty(); });
  labels_ = std::move(kept);
}

Labels::Labels(std::span<const LabelView> labels)
    : Labels([&] {
        std::vector<Label> out;
        out.reserve(labels.size());
        for (const LabelView& label : labels) {
          out.push_back({std::string(label.name), std::string(label.value)});
        }
        return out;
      }()) {}

std::string_view Labels::get(std::string_view name) const {
  const auto it = std::lower_bound(
      labels_.begin(), labels_.end(), name,
      [](const Label& label, std::string_view wanted) { return label.name < wanted; });
  return it != labels_.end() && it->name == name ? std::string_view(it->value) : std::string_view();
}

Labels Labels::with(std::string_view name, std::string_view value) const {
  Labels out = *this;
  const auto it = std::lower_bound(
      out.labels_.begin(), out.labels_.end(), name,
      [](const Label& label, std::string_view wanted) { return label.name < wanted; });
  const bool present = it != out.labels_.end() && it->name == name;
  if (present && value.empty()) {
    out.labels_.erase(it);
  } else if (present) {
    it->value = value;
  } else if (!value.empty()) {
    out.labels_.insert(it, {std::string(name), std::string(value)});
  }
  return out;
}

std::uint64_t Labels::hash() const {
  std::string bytes;
  for (const Label& label : labels_) {
    bytes += label.name;
    bytes += '\xFF';
    bytes += label.value;
    bytes += '\xFF';
  }
  return hash64(bytes);
}

std::string Labels::to_string() const {
  const std::string_view name = metric_name();
  const bool plain = is_plain_name(name, true);
  std::string out = plain ? std::string(name) : std::string();
  std::string inner;
  if (!name.empty() && !plain) inner = quoted(name);
  for (const Label& label : labels_) {
    if (label.name == kMetricName) continue;
    if (!inner.empty()) inner += ", ";
    inner += is_plain_name(label.name, false) ? label.name : quoted(label.name);
    inner += '=' + quoted(label.value);
  }
  if (!inner.empty() || out.empty()) out += '{' + inner + '}';
  return out;
}

bool in_label_order(std::span<const LabelView> labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].value.empty() || (i > 0 && labels[i - 1].name >= labels[i].name)) return false;
  }
  return true;
}

Result<void> check_labels(const std::vector<Label>& labels) {
  std::vector<LabelView> views;
  views.reserve(labels.size());
  for (const Label& label : labels) views.push_back({label.name, label.value});
  return check_labels(views);
}

Result<void> check_labels(std::span<const LabelView> labels) {
  if (labels.size() > kMaxLabels) {
    return fail(Code::kInvalid, fmt::format("{} labels on one series, at most {} are allowed",
                                            labels.size(), kMaxLabels));
  }
  bool named = false;
  bool ascending = true;  // so far, and then no name stands twice
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const LabelView& label = labels[i];
    if (label.name.empty()) return fail(Code::kInvalid, "a label has an empty name");
    if (label.name.size() > kMaxLabelBytes || label.value.size() > kMaxLabelBytes) {
      return fail(Code::kInvalid, fmt::format("label {} is longer than {} bytes",
                                              to_utf8(label.name.substr(0, 64)), kMaxLabelBytes));
    }
    if (!is_utf8(label.name) || !is_utf8(label.value)) {
      return fail(Code::kInvalid, fmt::format("label {} is not UTF-8", to_utf8(label.name)));
    }
    if (label.name == kMetricName && !label.value.empty()) named = true;
    ascending = ascending && (i == 0 || labels[i - 1].name < label.name);
    for (std::size_t j = 0; j < i && !ascending; ++j) {
      if (labels[j].name == label.name) {
        return fail(Code::kInvalid, fmt::format("label {} stands twice", label.name));
      }
    }
  }
  if (!named) return fail(Code::kInvalid, "the series has no metric name");
  return {};
}

}  // namespace daytwo::series
