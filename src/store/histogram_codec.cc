// histogram:  signed schema, u8 hint, f64 zero threshold, zero count, count, sum,
//             positive spans, positive counts, negative spans, negative counts, custom values
// spans:      varint n, n times (signed offset, varint length);  numbers: varint n, n times f64
#include "store/histogram_codec.h"

namespace daytwo::store {
namespace {

void put_spans(std::string& out, const std::vector<series::Span>& spans) {
  put_varint(out, spans.size());
  for (const series::Span& span : spans) {
    put_signed(out, span.offset);
    put_varint(out, span.length);
  }
}

void put_numbers(std::string& out, const std::vector<double>& numbers) {
  put_varint(out, numbers.size());
  for (const double number : numbers) put_fixed(out, number);
}

bool get_spans(ByteReader& in, std::vector<series::Span>& spans) {
  const std::uint64_t count = in.varint();
  if (count > in.rest().size() / 2) return false;
  spans.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::int64_t offset = in.signed_varint();
    const std::uint64_t length = in.varint();
    if (offset != static_cast<std::int32_t>(offset)) return false;
    if (length != static_cast<std::uint32_t>(length)) return false;
    spans.push_back({static_cast<std::int32_t>(offset), static_cast<std::uint32_t>(length)});
  }
  return in.good();
}

bool get_numbers(ByteReader& in, std::vector<double>& numbers) {
  const std::uint64_t count = in.varint();
  if (count > in.rest().size() / sizeof(double)) return false;
  numbers.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) numbers.push_back(in.fixed<double>());
  return in.good();
}

}  // namespace

void put_histogram(std::string& out, const series::FloatHistogram& histogram) {
  put_signed(out, histogram.schema);
  out += static_cast<char>(histogram.reset_hint);
  put_fixed(out, histogram.zero_threshold);
  put_fixed(out, histogram.zero_count);
  put_fixed(out, histogram.count);
  put_fixed(out, histogram.sum);
  put_spans(out, histogram.positive_spans);
  put_numbers(out, histogram.positive_counts);
  put_spans(out, histogram.negative_spans);
  put_numbers(out, histogram.negative_counts);
  put_numbers(out, histogram.custom_values);
}

std::shared_ptr<const series::FloatHistogram> get_histogram(ByteReader& in) {
  auto out = std::make_shared<series::FloatHistogram>();
  const std::int64_t schema = in.signed_varint();
  const auto hint = in.fixed<std::uint8_t>();
  if (schema != static_cast<std::int32_t>(schema) || hint > 3) return nullptr;
  out->schema = static_cast<std::int32_t>(schema);
  out->reset_hint = static_cast<series::ResetHint>(hint);
  out->zero_threshold = in.fixed<double>();
  out->zero_count = in.fixed<double>();
  out->count = in.fixed<double>();
  out->sum = in.fixed<double>();
  const bool good = get_spans(in, out->positive_spans) && get_numbers(in, out->positive_counts) &&
                    get_spans(in, out->negative_spans) && get_numbers(in, out->negative_counts) &&
                    get_numbers(in, out->custom_values);
  return good ? out : nullptr;
}

bool same_bits(const series::FloatHistogram& a, const series::FloatHistogram& b) {
  std::string left;
  std::string right;
  put_histogram(left, a);
  put_histogram(right, b);
  return left == right;
}

}  // namespace daytwo::store
