#include "wire/remote_write.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <snappy.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "wire/proto_for_tests.h"
#include "wire/remote_write_encode.h"
#include "wire/snappy_block.h"

namespace daytwo::wire {
namespace {

// Messages by hand, from the field numbers of the specification.
std::string label(std::string_view name, std::string_view value) {
  std::string message;
  put_bytes(message, 1, name);
  put_bytes(message, 2, value);
  return message;
}

std::string sample(double value, std::int64_t at) {
  std::string message;
  put_double(message, 1, value);
  put_field(message, 2, static_cast<std::uint64_t>(at));
  return message;
}

std::string request_of(const std::vector<std::string>& labels,
                       const std::vector<std::string>& samples,
                       const std::vector<std::string>& histograms = {}) {
  std::string series;
  for (const std::string& one : labels) put_bytes(series, 1, one);
  for (const std::string& one : samples) put_bytes(series, 2, one);
  for (const std::string& one : histograms) put_bytes(series, 4, one);
  std::string out;
  put_bytes(out, 1, series);
  return out;
}

std::string text_of(const series::SeriesView& series) {
  return series::Labels(series.labels).to_string();
}

// What the views of a request hold, as a batch of its own.
series::Batch copy_of(const series::BatchView& batch) {
  series::Batch out;
  for (const series::SeriesView& one : batch.series) {
    out.series.push_back({series::Labels(one.labels), {one.samples.begin(), one.samples.end()}});
  }
  out.metadata.assign(batch.metadata.begin(), batch.metadata.end());
  return out;
}

TEST(RemoteWrite, ReadsTheBytesOfTheSpecification) {
  // WriteRequest{timeseries{labels{"__name__","up"}, samples{1.0, 1700000000000}}} by hand.
  const std::string body(
      "\x0a\x22"
      "\x0a\x0e\x0a\x08__name__\x12\x02up"
      "\x12\x10\x09\x00\x00\x00\x00\x00\x00\xf0\x3f\x10\x80\xd0\x95\xff\xbc\x31",
      36);
  const auto request = decode_write_request(body, false);
  ASSERT_TRUE(request) << request.error().to_string();
  ASSERT_EQ(request->batch.series.size(), 1U);
  EXPECT_EQ(text_of(request->batch.series[0]), "up");
  EXPECT_EQ(request->batch.series[0].samples[0].at, Timestamp{1'700'000'000'000});
  EXPECT_EQ(request->batch.series[0].samples[0].value.number, 1.0);
}

TEST(RemoteWrite, ReadsSnappyAndKeepsStaleMarkersAndOldTimes) {
  const std::string plain =
      request_of({label("job", "x"), label("__name__", "m"), label("empty", "")},
                 {sample(series::kStaleNaN, -5), sample(0.1, 0)});
  std::string packed;
  snappy::Compress(plain.data(), plain.size(), &packed);
  const auto request = decode_write_request(packed, true);
  ASSERT_TRUE(request);
  const series::SeriesView& series = request->batch.series.at(0);
  EXPECT_EQ(text_of(series), "m{job=\"x\"}");
  EXPECT_TRUE(series.samples[0].value.is_stale());
  EXPECT_EQ(series.samples[0].at, Timestamp{-5});
  EXPECT_EQ(request->samples, 2U);
}

TEST(RemoteWrite, SkipsSeriesWithBadLabelsAndSaysWhy) {
  std::string body = request_of({label("__name__", "good")}, {sample(1, 1)});
  body += request_of({label("job", "nameless")}, {sample(1, 1)});
  body += request_of({label("__name__", "m"), label("a", "1"), label("a", "2")}, {sample(1, 1)});
  body += request_of({label("__name__", "\xff\xfe")}, {sample(1, 1)});
  std::vector<std::string> many = {label("__name__", "m")};
  for (std::size_t i = 0; i < 10'000; ++i) many.push_back(label("l" + std::to_string(i), "v"));
  body += request_of(many, {sample(1, 1)});
  const auto request = decode_write_request(body, false);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->batch.series.size(), 1U);
  EXPECT_EQ(request->skipped_series, 4U);
  EXPECT_EQ(request->skipped,
            (std::vector<std::string>{"the series has no metric name", "label a stands twice",
                                      "label __name__ is not UTF-8",
                                      "65 labels on one series, at most 64 are allowed"}));
}

TEST(RemoteWrite, CopiesNoTextOfAPlainBody) {
  const std::string body = request_of({label("__name__", "up"), label("job", "x")}, {sample(1, 1)});
  const auto request = decode_write_request(body, false);
  ASSERT_TRUE(request);
  const std::string_view job = request->batch.series.at(0).labels[1].value;
  EXPECT_EQ(job, "x");
  EXPECT_GE(job.data(), body.data());
  EXPECT_LT(job.data(), body.data() + body.size());
}

TEST(RemoteWrite, ARequestThatMovesKeepsItsBatch) {
  // Short enough for a string that holds its bytes in itself.
  const std::string plain = request_of({label("__name__", "m")}, {sample(1, 1)});
  std::string packed;
  snappy::Compress(plain.data(), plain.size(), &packed);
  auto request = decode_write_request(packed, true);
  ASSERT_TRUE(request);
  const WriteRequest moved = *std::move(request);
  EXPECT_EQ(text_of(moved.batch.series.at(0)), "m");
  EXPECT_EQ(moved.batch.series[0].samples[0].value.number, 1.0);
}

// Texts that collide, sort oddly, are empty, or are no UTF-8.
rc::Gen<std::string> odd_text() {
  return rc::gen::element<std::string>("a", "b", "", "job", "__name__", "m", "\xc3\xa9", "\xff",
                                       "b\xffm\xff", "A", "an ASCII text of more than eight bytes",
                                       "eight by\xe2\x82\xac", "broken \xe2\x82 in the middle");
}

// The reference: strings, sorted and checked as anybody else's labels are.
TEST(RemoteWrite, ViewsHoldWhatLabelsWouldForRandomMessages) {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_TRUE(rc::check([] {
    const auto all = *rc::gen::scale(
        0.2, rc::gen::container<std::vector<Pairs>>(rc::gen::scale(
                 5, rc::gen::container<Pairs>(rc::gen::pair(odd_text(), odd_text())))));
    const bool named = *rc::gen::arbitrary<bool>();
    std::string body;
    std::vector<std::string> expected;
    std::vector<std::string> skipped;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<std::string> messages;
      std::vector<series::Label> labels;
      const auto add = [&](const std::string& name, const std::string& value) {
        messages.push_back(label(name, value));
        // A series of too many is refused after one more than allowed.
        if (labels.size() <= kMaxLabels) labels.push_back({name, value});
      };
      for (const auto& [name, value] : all[i]) add(name, value);
      if (named) add("__name__", "metric");
      body += request_of(messages, {sample(static_cast<double>(i), 1)});
      const Result<void> allowed = series::check_labels(labels);
      if (!allowed) {
        skipped.push_back(allowed.error().text);
      } else {
        expected.push_back(series::Labels(labels).to_string() + ' ' + std::to_string(i));
      }
    }
    const auto request = decode_write_request(body, false);
    RC_ASSERT(request.has_value());
    std::vector<std::string> got;
    for (const series::SeriesView& one : request->batch.series) {
      RC_ASSERT(series::in_label_order(one.labels));
      RC_ASSERT(one.samples.size() == 1U);
      const auto number = static_cast<std::size_t>(one.samples[0].value.number);
      got.push_back(text_of(one) + ' ' + std::to_string(number));
    }
    RC_ASSERT(got == expected);
    RC_ASSERT(request->skipped_series == skipped.size());
    skipped.resize(std::min<std::size_t>(skipped.size(), 10));
    RC_ASSERT(request->skipped == skipped);
  }));
}

TEST(RemoteWrite, ReadsMetadataAndUnknownFields) {
  std::string message;
  put_field(message, 1, 1);
  put_bytes(message, 2, "http_requests_total");
  put_bytes(message, 4, "Requests.");
  put_bytes(message, 5, "requests");
  put_field(message, 99, 7);
  std::string body;
  put_bytes(body, 3, message);
  put_double(body, 1000, 1.5);
  const auto request = decode_write_request(body, false);
  ASSERT_TRUE(request);
  ASSERT_EQ(request->batch.metadata.size(), 1U);
  EXPECT_EQ(request->batch.metadata[0].type, "counter");
  EXPECT_EQ(request->batch.metadata[0].family, "http_requests_total");
  EXPECT_EQ(request->batch.metadata[0].unit, "requests");
}

// An integer histogram: count 6, zero 1, positive buckets 2, 3 (deltas 2, +1), at index 0 and 1.
std::string integer_histogram(std::uint64_t count, std::int64_t schema) {
  std::string span;
  put_signed(span, 1, 0);
  put_field(span, 2, 2);
  std::string deltas;
  put_varint(deltas, 4);  // zigzag of 2
  put_varint(deltas, 2);  // zigzag of 1
  std::string out;
  put_field(out, 1, count);
  put_double(out, 3, 10.5);
  put_signed(out, 4, schema);
  put_double(out, 5, 1e-128);
  put_field(out, 6, 1);
  put_bytes(out, 11, span);
  put_bytes(out, 12, deltas);
  put_field(out, 14, 2);
  put_field(out, 15, 1000);
  return out;
}

TEST(RemoteWrite, IntegerHistogramsBecomeAbsoluteFloats) {
  const auto request = decode_write_request(
      request_of({label("__name__", "h")}, {}, {integer_histogram(6, 3)}), false);
  ASSERT_TRUE(request) << request.error().to_string();
  EXPECT_EQ(request->histograms, 1U);
  const series::Sample& sample_read = request->batch.series.at(0).samples[0];
  EXPECT_EQ(sample_read.at, Timestamp{1000});
  EXPECT_EQ(sample_read.value.number, 10.5);
  const series::FloatHistogram& histogram = *sample_read.value.histogram;
  EXPECT_EQ(histogram.count, 6);
  EXPECT_EQ(histogram.zero_count, 1);
  EXPECT_EQ(histogram.positive_counts, (std::vector<double>{2, 3}));
  EXPECT_EQ(histogram.reset_hint, series::ResetHint::kNotReset);
}

TEST(RemoteWrite, ReducesSchemasAboveEight) {
  // Buckets 0 and 1 of schema 9 are buckets ceil(0/2) = 0 and ceil(1/2) = 1 of schema 8.
  const auto nine = decode_write_request(
      request_of({label("__name__", "h")}, {}, {integer_histogram(6, 9)}), false);
  ASSERT_TRUE(nine);
  const series::FloatHistogram& histogram = *nine->batch.series.at(0).samples[0].value.histogram;
  EXPECT_EQ(histogram.schema, 8);
  EXPECT_EQ(histogram.positive_counts, (std::vector<double>{2, 3}));
  EXPECT_EQ(histogram.positive_spans, (std::vector<series::Span>{{0, 2}}));
}

TEST(RemoteWrite, RefusesHistogramsThatContradictThemselves) {
  for (const std::string& bad :
       {integer_histogram(7, 3), integer_histogram(6, -5), integer_histogram(6, 60)}) {
    const auto request =
        decode_write_request(request_of({label("__name__", "h")}, {}, {bad}), false);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, Code::kInvalid);
    EXPECT_TRUE(request.error().text.starts_with("bad histogram")) << request.error().text;
  }
}

TEST(RemoteWrite, RefusesCustomBoundsThatAreNoFiniteNumbers) {
  const auto message_with = [](double bound) {
    std::string message;
    put_double(message, 2, 0);  // count_float
    put_signed(message, 4, -53);
    std::string bounds;
    const auto bits = std::bit_cast<std::uint64_t>(bound);
    for (unsigned shift = 0; shift < 64; shift += 8) bounds += static_cast<char>(bits >> shift);
    put_bytes(message, 16, bounds);
    put_field(message, 15, 1);
    return request_of({label("__name__", "h")}, {}, {message});
  };
  EXPECT_TRUE(decode_write_request(message_with(2.5), false));
  for (const double bound :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
        -std::numeric_limits<double>::infinity()}) {
    const auto request = decode_write_request(message_with(bound), false);
    ASSERT_FALSE(request) << bound;
    EXPECT_EQ(request.error().text, "bad histogram: a custom bound is no finite number");
  }
}

TEST(RemoteWrite, RefusesBucketsBeyondThirtyTwoBits) {
  std::string span;  // offset 2^31 - 1, one bucket, as zigzag
  put_field(span, 1, 0xFFFFFFFE);
  put_field(span, 2, 1);
  std::string message;
  put_field(message, 1, 0);
  put_bytes(message, 11, span);
  put_bytes(message, 12, std::string(1, '\0'));
  put_field(message, 15, 1);
  const auto request =
      decode_write_request(request_of({label("__name__", "h")}, {}, {message}), false);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().text, "bad histogram: a bucket's index does not fit 32 bits");
}

TEST(RemoteWrite, UnpacksTheDensestBodyThatSnappyMakes) {
  const std::string blank(1U << 20U, ' ');
  const std::string request = request_of({label("__name__", "m"), label("l", blank)}, {});
  EXPECT_TRUE(decode_write_request(pack_snappy(request), true).has_value());
}

TEST(RemoteWrite, NeverTrustsADeclaredLength) {
  std::string bomb;
  put_varint(bomb, kMaxBodyBytes + 1);  // snappy's preamble is the uncompressed length
  EXPECT_EQ(decode_write_request(bomb + "x", true).error().code, Code::kLimit);
  EXPECT_EQ(decode_write_request("not snappy at all", true).error().code, Code::kInvalid);
  EXPECT_EQ(decode_write_request(std::string("\x0a\xff\xff\xff\xff\x0f", 6), false).error().code,
            Code::kInvalid);
  const std::string good = request_of({label("__name__", "m")}, {sample(1, 1)});
  for (std::size_t cut = 1; cut < good.size(); ++cut) {
    EXPECT_FALSE(decode_write_request(std::string_view(good).substr(0, cut), false)) << cut;
  }
}

TEST(RemoteWrite, WhatIsSentIsReadBitForBit) {
  EXPECT_TRUE(rc::check([](const std::map<std::int64_t, std::uint64_t>& raw) {
    RC_PRE(!raw.empty());
    series::Batch batch;
    batch.series.push_back({{{"__name__", "m"}, {"job", "j"}}, {}});
    for (const auto& [at, bits] : raw) {
      batch.series[0].samples.push_back({{at}, {std::bit_cast<double>(bits), nullptr}});
    }
    batch.metadata.push_back({"m", "summary", "Help.", "seconds"});
    const auto back = decode_write_request(encode_remote_write(batch), true);
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->samples == raw.size());
    RC_ASSERT(encode_write_request(copy_of(back->batch)) == encode_write_request(batch));
  }));
}

}  // namespace
}  // namespace daytwo::wire
