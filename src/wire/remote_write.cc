#include "wire/remote_write.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/limits.h"
#include "base/result.h"
#include "series/labels.h"
#include "series/source.h"
#include "series/value.h"
#include "wire/histogram_proto.h"
#include "wire/proto_reader.h"
#include "wire/snappy_block.h"

namespace daytwo::wire {
namespace {

constexpr std::size_t kMaxListed = 10;
constexpr std::size_t kLabelBytes = 24;  // of a request, per label, as senders' labels are (m)
// MetricMetadata.MetricType, by number.
constexpr std::array<std::string_view, 8> kTypes = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"};

// The shape in which every sender writes a short label: 0A size name 12 size value, and no more.
bool read_plain_label(std::string_view message, series::LabelView& label) {
  const auto byte = [message](std::size_t i) { return static_cast<std::uint8_t>(message[i]); };
  if (message.size() < 4 || byte(0) != 0x0A) return false;
  const std::size_t name = byte(1);  // a size of 128 or more takes two bytes and is not plain
  if (name >= 0x80 || message.size() < name + 4 || byte(name + 2) != 0x12) return false;
  const std::size_t value = byte(name + 3);
  if (value >= 0x80 || message.size() != name + value + 4) return false;
  label = {message.substr(2, name), message.substr(name + 4)};
  return true;
}

bool read_label(std::string_view message, series::LabelView& label) {
  if (read_plain_label(message, label)) return true;
  ProtoReader in(message);
  ProtoField field;
  while (in.next(field)) {
    if (field.number == 1) label.name = field.bytes;
    if (field.number == 2) label.value = field.bytes;
  }
  return in.ok();
}

bool read_sample(std::string_view message, std::vector<series::Sample>& samples) {
  series::Sample sample;
  ProtoReader in(message);
  ProtoField field;
  while (in.next(field)) {
    if (field.number == 1) sample.value.number = field.as_double();
    if (field.number == 2) sample.at.ms = field.as_int64();
  }
  samples.push_back(sample);
  return in.ok();
}

bool read_metadata(std::string_view message, std::vector<series::Metadata>& out) {
  series::Metadata metadata;
  metadata.type = kTypes[0];
  ProtoReader in(message);
  ProtoField field;
  while (in.next(field)) {
    if (field.number == 1 && field.bits < kTypes.size()) metadata.type = kTypes[field.bits];
    if (field.number == 2) metadata.family = field.bytes;
    if (field.number == 4) metadata.help = field.bytes;
    if (field.number == 5) metadata.unit = field.bytes;
  }
  if (!metadata.family.empty()) out.push_back(std::move(metadata));
  return in.ok();
}

class Decoder {
 public:
  Result<WriteRequest> decode(std::string_view bytes) {
    out_.labels.reserve(bytes.size() / kLabelBytes);
    ProtoReader in(bytes);
    ProtoField field;
    bool good = true;
    while (good && in.next(field)) {
      if (field.number == 1 && field.type == WireType::kBytes) {
        TRY(good, read_series(field.bytes));
      }
      if (field.number == 3 && field.type == WireType::kBytes) {
        good = read_metadata(field.bytes, out_.metadata);
      }
    }
    if (!good || !in.ok()) return fail(Code::kInvalid, "the body is no prometheus.WriteRequest");
    point();
    return std::move(out_);
  }

 private:
  // Where the labels and samples of a series end; they begin where those of the one before end.
  struct Ends {
    std::size_t labels = 0;
    std::size_t values = 0;
  };

  // False when the bytes are no TimeSeries.
  Result<bool> read_series(std::string_view message) {
    const Ends before = ends_.empty() ? Ends{} : ends_.back();
    std::size_t histograms = 0;
    std::size_t exemplars = 0;
    ProtoReader in(message);
    ProtoField field;
    bool good = true;
    while (good && in.next(field)) {
      if (field.number == 1) {
        series::LabelView label;
        good = read_label(field.bytes, label);
        // One more than allowed is enough to refuse the series.
        if (out_.labels.size() - before.labels <= kMaxLabels) out_.labels.push_back(label);
      }
      if (field.number == 2) good = read_sample(field.bytes, out_.values);
      if (field.number == 3) ++exemplars;
      if (field.number == 4) {
        TRY(out_.values.emplace_back(), decode_histogram(field.bytes));
        ++histograms;
      }
    }
    if (!good || !in.ok()) return false;
    out_.exemplars += exemplars;
    const std::size_t samples = out_.values.size() - before.values;
    if (!check(before.labels) || samples == 0) {
      out_.labels.resize(before.labels);
      out_.values.resize(before.values);
      return true;
    }
    out_.samples += samples - histograms;
    out_.histograms += histograms;
    ends_.push_back({out_.labels.size(), out_.values.size()});
    return true;
  }

  // Whether the labels from `first` on keep the rules; then puts them in order. Senders nearly
  // always have done so.
  bool check(std::size_t first) {
    const std::span<series::LabelView> labels = std::span(out_.labels).subspan(first);
    if (const Result<void> allowed = series::check_labels(labels); !allowed) {
      ++out_.skipped_series;
      if (out_.skipped.size() < kMaxListed) out_.skipped.push_back(allowed.error().text);
      return false;
    }
    if (series::in_label_order(labels)) return true;
    std::sort(labels.begin(), labels.end());
    const auto kept = std::remove_if(labels.begin(), labels.end(),
                                     [](series::LabelView label) { return label.value.empty(); });
    out_.labels.resize(first + static_cast<std::size_t>(kept - labels.begin()));
    return true;
  }

  // Gives the batch its series, now that labels and samples do not move any more.
  void point() {
    Ends from;
    out_.batch.series.reserve(ends_.size());
    for (const Ends& to : ends_) {
      out_.batch.series.push_back(
          {std::span(out_.labels).subspan(from.labels, to.labels - from.labels),
           std::span(out_.values).subspan(from.values, to.values - from.values)});
      from = to;
    }
    out_.batch.metadata = out_.metadata;
  }

  WriteRequest out_;
  std::vector<Ends> ends_;
};

}  // namespace

Result<WriteRequest> decode_write_request(std::string_view body, bool compressed) {
  if (!compressed) {
    if (body.size() > kMaxBodyBytes) return fail(Code::kLimit, "the body is too large");
    return Decoder().decode(body);
  }
  TRY(std::string unpacked, unpack_snappy(body, kMaxBodyBytes));
  auto bytes = std::make_unique<const std::string>(std::move(unpacked));
  TRY(WriteRequest out, Decoder().decode(*bytes));
  out.bytes = std::move(bytes);
  return out;
}

}  // namespace daytwo::wire
