// Labels: the name of a series. Sorted by name, unique names, no empty values.
// Thread rule: immutable after construction.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace daytwo::series {

inline constexpr std::string_view kMetricName = "__name__";

// One name and its value.
struct Label {
  std::string name;
  std::string value;
  auto operator<=>(const Label&) const = default;
};

// A label whose texts somebody else holds.
struct LabelView {
  std::string_view name;
  std::string_view value;
  auto operator<=>(const LabelView&) const = default;
};

// A set of labels. Ordered as Prometheus orders label sets: pairwise by name, then value; a prefix
// sorts first.
class Labels {
 public:
  Labels() = default;
  // Sorts; drops empty values; the later of two equal names wins.
  explicit Labels(std::vector<Label> labels);
  explicit Labels(std::span<const LabelView> labels);
  Labels(std::initializer_list<Label> labels) : Labels(std::vector<Label>(labels)) {}

  // The value of `name`, empty if absent (Prometheus makes no difference between the two).
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] std::string_view metric_name() const { return get(kMetricName); }
  // A copy with `name` set; an empty value removes it.
  [[nodiscard]] Labels with(std::string_view name, std::string_view value) const;
  // A copy without `name`.
  [[nodiscard]] Labels without(std::string_view name) const { return with(name, ""); }
  // XXH3 over names and values, each ended by 0xFF; may be stored.
  [[nodiscard]] std::uint64_t hash() const;
  // `name{a="b"}` with Prometheus's escapes; "{}" when empty.
  [[nodiscard]] std::string to_string() const;

  [[nodiscard]] const std::vector<Label>& all() const { return labels_; }
  [[nodiscard]] bool empty() const { return labels_.empty(); }
  auto operator<=>(const Labels&) const = default;

 private:
  std::vector<Label> labels_;
};

// Checks what a sender may write: a metric name is there, names and values are UTF-8, names are
// unique before sorting, sizes are within base/limits.h. Errors: kInvalid, naming the label.
[[nodiscard]] Result<void> check_labels(std::span<const LabelView> labels);
// The same for labels that own their texts.
[[nodiscard]] Result<void> check_labels(const std::vector<Label>& labels);

// Whether these stand as Labels would hold them: names ascend, no name twice, no value empty.
[[nodiscard]] bool in_label_order(std::span<const LabelView> labels);

}  // namespace daytwo::series

template <>
struct std::hash<daytwo::series::Labels> {
  std::size_t operator()(const daytwo::series::Labels& labels) const noexcept {
    return labels.hash();
  }
};
