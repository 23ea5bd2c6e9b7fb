#include "wire/histogram_proto.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "wire/proto_reader.h"

namespace daytwo::wire {
namespace {

constexpr std::int32_t kCustomSchema = -53;
constexpr std::int32_t kLeastSchema = -4;
constexpr std::int32_t kMostSchema = 8;
constexpr std::int32_t kLargestSent = 52;  // above it, neighbouring bounds are the same double
constexpr std::uint32_t kMaxSpanLength = 1U << 24U;

// One side as it was sent.
struct Side {
  std::vector<series::Span> spans;
  std::vector<std::int64_t> deltas;
  std::vector<double> counts;
};

struct Raw {
  series::FloatHistogram histogram;
  Side positive;
  Side negative;
  bool integer = false;
  std::int64_t timestamp = 0;
};

bool read_span(std::string_view message, std::vector<series::Span>& spans) {
  series::Span span;
  ProtoReader in(message);
  ProtoField field;
  while (in.next(field)) {
    if (field.number == 1) span.offset = static_cast<std::int32_t>(field.as_sint64());
    if (field.number == 2) span.length = static_cast<std::uint32_t>(field.bits);
  }
  spans.push_back(span);
  return in.ok();
}

bool read_deltas(const ProtoField& field, std::vector<std::int64_t>& out) {
  const auto zigzag = [](std::uint64_t bits) {
    return static_cast<std::int64_t>(bits >> 1U) ^ -static_cast<std::int64_t>(bits & 1U);
  };
  return each_number(
      field, [&](ProtoReader& in) { return zigzag(in.varint()); },
      [](const ProtoField& one) { return one.as_sint64(); },
      [&](std::int64_t delta) { out.push_back(delta); });
}

bool read_doubles(const ProtoField& field, std::vector<double>& out) {
  return each_number(
      field, [](ProtoReader& in) { return in.fixed<double>(); },
      [](const ProtoField& one) { return one.as_double(); },
      [&](double count) { out.push_back(count); });
}

bool read_field(const ProtoField& field, Raw& raw) {
  series::FloatHistogram& histogram = raw.histogram;
  switch (field.number) {
    case 1:
      raw.integer = true;
      histogram.count = static_cast<double>(field.bits);
      return true;
    case 2:
      histogram.count = field.as_double();
      return true;
    case 3:
      histogram.sum = field.as_double();
      return true;
    case 4:
      histogram.schema = static_cast<std::int32_t>(field.as_sint64());
      return true;
    case 5:
      histogram.zero_threshold = field.as_double();
      return true;
    case 6:
      histogram.zero_count = static_cast<double>(field.bits);
      return true;
    case 7:
      histogram.zero_count = field.as_double();
      return true;
    case 8:
      return read_span(field.bytes, raw.negative.spans);
    case 9:
      return read_deltas(field, raw.negative.deltas);
    case 10:
      return read_doubles(field, raw.negative.counts);
    case 11:
      return read_span(field.bytes, raw.positive.spans);
    case 12:
      return read_deltas(field, raw.positive.deltas);
    case 13:
      return read_doubles(field, raw.positive.counts);
    case 14:
      histogram.reset_hint = field.bits <= 3 ? static_cast<series::ResetHint>(field.bits)
                                             : series::ResetHint::kUnknown;
      return true;
    case 15:
      raw.timestamp = field.as_int64();
      return true;
    case 16:
      return read_doubles(field, histogram.custom_values);
    default:
      return true;
  }
}

tl::unexpected<Error> bad(std::string_view why) {
  return fail(Code::kInvalid, fmt::format("bad histogram: {}", why));
}

// Absolute counts of one side, and whether its spans fit them.
Result<std::vector<double>> counts_of(Side& side) {
  std::vector<double> out = std::move(side.counts);
  if (out.empty()) {
    std::uint64_t count = 0;  // unsigned: senders may overflow
    for (const std::int64_t delta : side.deltas) {
      count += static_cast<std::uint64_t>(delta);
      out.push_back(static_cast<double>(static_cast<std::int64_t>(count)));
    }
  } else if (!side.deltas.empty()) {
    return bad("buckets are given both as deltas and as counts");
  }
  std::uint64_t buckets = 0;
  std::int64_t index = 0;
  for (std::size_t i = 0; i < side.spans.size(); ++i) {
    if (i > 0 && side.spans[i].offset < 0) return bad("a span overlaps the one before");
    if (side.spans[i].length > kMaxSpanLength) return bad("a span is too long");
    buckets += side.spans[i].length;
    index += std::int64_t{side.spans[i].offset} + side.spans[i].length;
    if (index > std::numeric_limits<std::int32_t>::max()) {
      return bad("a bucket's index does not fit 32 bits");
    }
  }
  if (buckets != out.size()) {
    return bad(fmt::format("spans hold {} buckets, {} are given", buckets, out.size()));
  }
  for (const double count : out) {
    if (count < 0) return bad("a bucket has a negative count");
  }
  return out;
}

Result<void> check_bounds(const series::FloatHistogram& histogram) {
  if (histogram.schema == kCustomSchema) {
    for (std::size_t i = 0; i < histogram.custom_values.size(); ++i) {
      const double bound = histogram.custom_values[i];
      if (!std::isfinite(bound)) return bad("a custom bound is no finite number");
      if (i > 0 && !(histogram.custom_values[i - 1] < bound)) {
        return bad("custom bounds do not grow");
      }
    }
    if (!histogram.negative_spans.empty() || histogram.zero_count != 0) {
      return bad("custom bounds allow neither zero nor negative buckets");
    }
    return {};
  }
  if (histogram.schema < kLeastSchema || histogram.schema > kLargestSent) {
    return bad(fmt::format("schema {} is unknown", histogram.schema));
  }
  return {};
}

// Of integer histograms the total is the sum of all buckets; if NaN was observed it may be more.
Result<void> check_total(const series::FloatHistogram& histogram, bool integer) {
  if (histogram.zero_count < 0 || histogram.count < 0) return bad("a negative count");
  if (!integer) return {};
  double sum = histogram.zero_count;
  for (const double count : histogram.positive_counts) sum += count;
  for (const double count : histogram.negative_counts) sum += count;
  const bool fits = std::isnan(histogram.sum) ? sum <= histogram.count : sum == histogram.count;
  if (fits) return {};
  return bad(fmt::format("{} observations in the buckets, {} in the count", sum, histogram.count));
}

// Halves the resolution `steps` times: bucket i of schema s goes to ceil(i / 2) of schema s - 1
// [native histogram specification, "Schema"].
void reduce(std::vector<series::Span>& spans, std::vector<double>& counts, unsigned steps) {
  std::vector<series::Span> wider_spans;
  std::vector<double> wider_counts;
  std::int64_t index = 0;
  std::int64_t last = 0;
  std::size_t at = 0;
  for (const series::Span& span : spans) {
    index += span.offset;
    for (std::uint32_t i = 0; i < span.length; ++i, ++index, ++at) {
      const std::int64_t wider = ((index - 1) >> steps) + 1;
      if (!wider_counts.empty() && wider == last) {
        wider_counts.back() += counts[at];
        continue;
      }
      const std::int64_t gap = wider_counts.empty() ? wider : wider - last - 1;
      if (wider_counts.empty() || gap > 0) {
        wider_spans.push_back({static_cast<std::int32_t>(gap), 0});
      }
      ++wider_spans.back().length;
      wider_counts.push_back(counts[at]);
      last = wider;
    }
  }
  spans = std::move(wider_spans);
  counts = std::move(wider_counts);
}

}  // namespace

Result<series::Sample> decode_histogram(std::string_view message) {
  Raw raw;
  ProtoReader in(message);
  ProtoField field;
  while (in.next(field)) {
    if (!read_field(field, raw)) return bad("the message is cut");
  }
  if (!in.ok()) return bad("the message is cut");
  series::FloatHistogram& out = raw.histogram;
  TRY(out.positive_counts, counts_of(raw.positive));
  TRY(out.negative_counts, counts_of(raw.negative));
  out.positive_spans = std::move(raw.positive.spans);
  out.negative_spans = std::move(raw.negative.spans);
  TRY_VOID(check_bounds(out));
  TRY_VOID(check_total(out, raw.integer));
  if (out.schema > kMostSchema) {
    const auto steps = static_cast<unsigned>(out.schema - kMostSchema);
    reduce(out.positive_spans, out.positive_counts, steps);
    reduce(out.negative_spans, out.negative_counts, steps);
    out.schema = kMostSchema;
  }
  const double sum = out.sum;
  return series::Sample{{raw.timestamp},
                        {sum, std::make_shared<const series::FloatHistogram>(std::move(out))}};
}

}  // namespace daytwo::wire
