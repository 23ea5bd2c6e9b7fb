#include "wire/remote_write.h"

#include <array>
#include <utility>

#include "base/limits.h"
#include "wire/histogram_proto.h"
#include "wire/proto_reader.h"
#include "wire/snappy_block.h"

namespace daytwo::wire {
namespace {

constexpr std::size_t kMaxListed = 10;
// MetricMetadata.MetricType, by number.
constexpr std::array<std::string_view, 8> kTypes = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"};

bool read_label(std::string_view message, std::vector<series::Label>& labels) {
  std::string_view name;
  std::string_view value;
  ProtoReader in(message);
  ProtoField field;
  while (in.next(field)) {
    if (field.number == 1) name = field.bytes;
    if (field.number == 2) value = field.bytes;
  }
  // One more than allowed is enough to refuse the series.
  if (labels.size() <= kMaxLabels) labels.push_back({std::string(name), std::string(value)});
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
    ProtoReader in(bytes);
    ProtoField field;
    bool good = true;
    while (good && in.next(field)) {
      if (field.number == 1 && field.type == WireType::kBytes) {
        TRY(good, read_series(field.bytes));
      }
      if (field.number == 3 && field.type == WireType::kBytes) {
        good = read_metadata(field.bytes, out_.batch.metadata);
      }
    }
    if (!good || !in.ok()) return fail(Code::kInvalid, "the body is no prometheus.WriteRequest");
    return std::move(out_);
  }

 private:
  // False when the bytes are no TimeSeries.
  Result<bool> read_series(std::string_view message) {
    labels_.clear();
    std::vector<series::Sample> samples;
    std::size_t histograms = 0;
    std::size_t exemplars = 0;
    ProtoReader in(message);
    ProtoField field;
    bool good = true;
    while (good && in.next(field)) {
      if (field.number == 1) good = read_label(field.bytes, labels_);
      if (field.number == 2) good = read_sample(field.bytes, samples);
      if (field.number == 3) ++exemplars;
      if (field.number == 4) {
        TRY(samples.emplace_back(), decode_histogram(field.bytes));
        ++histograms;
      }
    }
    if (!good || !in.ok()) return false;
    out_.exemplars += exemplars;
    if (const Result<void> allowed = series::check_labels(labels_); !allowed) {
      ++out_.skipped_series;
      if (out_.skipped.size() < kMaxListed) out_.skipped.push_back(allowed.error().text);
      return true;
    }
    if (samples.empty()) return true;
    out_.samples += samples.size() - histograms;
    out_.histograms += histograms;
    out_.batch.series.push_back({series::Labels(std::move(labels_)), std::move(samples)});
    return true;
  }

  WriteRequest out_;
  std::vector<series::Label> labels_;
};

}  // namespace

Result<WriteRequest> decode_write_request(std::string_view body, bool compressed) {
  if (!compressed) {
    if (body.size() > kMaxBodyBytes) return fail(Code::kLimit, "the body is too large");
    return Decoder().decode(body);
  }
  TRY(const std::string bytes, unpack_snappy(body, kMaxBodyBytes));
  return Decoder().decode(bytes);
}

}  // namespace daytwo::wire
