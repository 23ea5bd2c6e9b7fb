#include "wire/remote_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "wire/histogram_proto.h"
#include "wire/proto_reader.h"
#include "wire/proto_writer.h"
#include "wire/snappy_block.h"

namespace daytwo::wire {
namespace {

// LabelMatcher.Type, by number.
std::uint64_t number_of(series::MatchOp op) {
  switch (op) {
    case series::MatchOp::kEqual:
      return 0;
    case series::MatchOp::kNotEqual:
      return 1;
    case series::MatchOp::kRegex:
      return 2;
    case series::MatchOp::kNotRegex:
      return 3;
  }
  return 0;
}

// A series on its way into the answer: samples in the order sent.
struct Received {
  series::Labels labels;
  std::vector<series::Sample> samples;
};

// Appends `samples` to `column` in order of time; the first of two at one time stays.
void fill(series::Column& column, std::vector<series::Sample>& samples) {
  const auto earlier = [](const auto& a, const auto& b) { return a.at < b.at; };
  if (!std::is_sorted(samples.begin(), samples.end(), earlier)) {
    std::stable_sort(samples.begin(), samples.end(), earlier);
  }
  column.times.reserve(samples.size());
  column.numbers.reserve(samples.size());
  for (const series::Sample& sample : samples) {
    if (column.empty() || sample.at > column.times.back()) column.push(sample);
  }
}

// Sorts by labels and joins what has the same ones.
std::vector<series::SeriesColumn> settle(std::vector<Received>& all) {
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.labels < b.labels; });
  std::vector<series::SeriesColumn> out;
  out.reserve(all.size());
  for (std::size_t i = 0; i < all.size();) {
    std::vector<series::Sample> samples = std::move(all[i].samples);
    std::size_t next = i + 1;
    for (; next < all.size() && all[next].labels == all[i].labels; ++next) {
      std::move(all[next].samples.begin(), all[next].samples.end(), std::back_inserter(samples));
    }
    series::SeriesColumn one{std::move(all[i].labels), {}};
    fill(one.column, samples);
    out.push_back(std::move(one));
    i = next;
  }
  return out;
}

class Decoder {
 public:
  explicit Decoder(std::size_t max_samples) : max_samples_(max_samples) {}

  Result<std::vector<series::SeriesColumn>> decode(std::string_view bytes) {
    ProtoReader in(bytes);
    ProtoField field;
    bool good = true;
    while (good && in.next(field)) {
      if (field.number != 1) continue;
      good = field.type == WireType::kBytes;
      if (good) {
        TRY(good, read_result(field.bytes));
      }
    }
    if (!good || !in.ok()) return fail(Code::kInvalid, "the body is no prometheus.ReadResponse");
    return settle(all_);
  }

 private:
  // False when the bytes are no QueryResult.
  Result<bool> read_result(std::string_view message) {
    ProtoReader in(message);
    ProtoField field;
    bool good = true;
    while (good && in.next(field)) {
      if (field.number != 1) continue;
      good = field.type == WireType::kBytes;
      if (good) {
        TRY(good, read_series(field.bytes));
      }
    }
    return good && in.ok();
  }

  // False when the bytes are no TimeSeries.
  Result<bool> read_series(std::string_view message) {
    std::vector<series::Label> labels;
    std::vector<series::Sample> samples;
    ProtoReader in(message);
    ProtoField field;
    while (in.next(field)) {
      if (field.number != 1 && field.number != 2 && field.number != 4) continue;
      if (field.type != WireType::kBytes) return false;
      if (field.number == 1) {
        TRY(const bool good, read_label(field.bytes, labels));
        if (!good) return false;
        continue;
      }
      if (max_samples_ != 0 && samples_ >= max_samples_) {
        return fail(Code::kLimit,
                    fmt::format("the query asks for more than {} samples", max_samples_));
      }
      ++samples_;
      if (field.number == 4) {
        TRY(samples.emplace_back(), decode_histogram(field.bytes));
        const Timestamp at = samples.back().at;
        if (at <= kMinTimestamp || at >= kMaxTimestamp) return false;
      } else if (!read_sample(field.bytes, samples)) {
        return false;
      }
    }
    if (!in.ok()) return false;
    if (!samples.empty()) all_.push_back({series::Labels(std::move(labels)), std::move(samples)});
    return true;
  }

  // False when the bytes are no Label.
  static Result<bool> read_label(std::string_view message, std::vector<series::Label>& labels) {
    std::string_view name;
    std::string_view value;
    ProtoReader in(message);
    ProtoField field;
    while (in.next(field)) {
      if (field.number == 1) name = field.bytes;
      if (field.number == 2) value = field.bytes;
    }
    if (!in.ok() || name.empty()) return false;
    if (!is_utf8(name) || !is_utf8(value)) {
      return fail(Code::kInvalid, fmt::format("the label {} is not UTF-8", to_utf8(name)));
    }
    labels.push_back({std::string(name), std::string(value)});
    return true;
  }

  static bool read_sample(std::string_view message, std::vector<series::Sample>& samples) {
    series::Sample sample;
    ProtoReader in(message);
    ProtoField field;
    while (in.next(field)) {
      if (field.number == 1) {
        if (field.type != WireType::kFixed64) return false;
        sample.value.number = field.as_double();
      }
      if (field.number == 2) {
        if (field.type != WireType::kVarint) return false;
        sample.at.ms = field.as_int64();
      }
    }
    // What lies beyond the bounds of time could not be subtracted from anything.
    if (sample.at <= kMinTimestamp || sample.at >= kMaxTimestamp) return false;
    samples.push_back(sample);
    return in.ok();
  }

  const std::size_t max_samples_;
  std::size_t samples_ = 0;
  std::vector<Received> all_;
};

}  // namespace

std::string encode_read_request(std::span<const series::Matcher> matchers, series::TimeRange range,
                                const series::Hints& hints) {
  const auto from = static_cast<std::uint64_t>(range.from.ms);
  const auto to = static_cast<std::uint64_t>(range.to.ms);
  std::string query;
  put_field(query, 1, from);
  put_field(query, 2, to);
  for (const series::Matcher& matcher : matchers) {
    std::string one;
    put_field(one, 1, number_of(matcher.op()));
    put_bytes(one, 2, matcher.name());
    put_bytes(one, 3, matcher.value());
    put_bytes(query, 3, one);
  }
  std::string hint;
  put_field(hint, 1, static_cast<std::uint64_t>(hints.step.ms));
  put_bytes(hint, 2, hints.function);
  put_field(hint, 3, from);
  put_field(hint, 4, to);
  put_field(hint, 7, static_cast<std::uint64_t>(hints.range.ms));
  put_bytes(query, 4, hint);
  std::string request;
  put_bytes(request, 1, query);
  put_field(request, 2, 0);  // SAMPLES
  return pack_snappy(request);
}

Result<std::vector<series::SeriesColumn>> decode_read_response(std::string_view body,
                                                               std::size_t max_samples) {
  TRY(const std::string bytes, unpack_snappy(body, kMaxReadBytes));
  return Decoder(max_samples).decode(bytes);
}

}  // namespace daytwo::wire
