#include "wire/remote_read.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "wire/proto_for_tests.h"
#include "wire/proto_reader.h"
#include "wire/snappy_block.h"

namespace daytwo::wire {
namespace {

using series::Labels;
using series::Matcher;
using series::MatchOp;

// The bytes of a literal, NULs among them.
template <std::size_t size>
std::string bytes(const char (&text)[size]) {
  return {text, size - 1};
}

std::string label(std::string_view name, std::string_view value) {
  std::string out;
  put_bytes(out, 1, name);
  put_bytes(out, 2, value);
  return out;
}

std::string sample(double value, std::int64_t at_ms) {
  std::string out;
  put_double(out, 1, value);
  put_field(out, 2, static_cast<std::uint64_t>(at_ms));
  return out;
}

std::string time_series(std::string_view job, const std::vector<std::string>& samples) {
  std::string out;
  put_bytes(out, 1, label("__name__", "up"));
  put_bytes(out, 1, label("job", job));
  for (const std::string& one : samples) put_bytes(out, 2, one);
  return out;
}

std::string response(const std::vector<std::string>& all) {
  std::string result;
  for (const std::string& one : all) put_bytes(result, 1, one);
  std::string out;
  put_bytes(out, 1, result);
  return pack_snappy(out);
}

std::string unpacked(std::string_view body) {
  auto plain = unpack_snappy(body, 1U << 20U);
  EXPECT_TRUE(plain.has_value());
  return plain.value_or("");
}

TEST(RemoteRead, AsksWithTheBytesOfTheProtocol) {
  const Matcher matcher = Matcher::equal("__name__", "up");
  series::Hints hints;
  hints.function = "rate";
  hints.step = milliseconds(15);
  hints.range = milliseconds(300);
  const std::string body = encode_read_request(std::span(&matcher, 1), {{1}, {300}}, hints);
  // ReadRequest{ queries: { start 1, end 300, matchers: {EQ, "__name__", "up"},
  //   hints: {step 15, func "rate", start 1, end 300, range 300} }, accepted_response_types: 0 }
  const std::string expected =
      bytes("\x0a\x29\x08\x01\x10\xac\x02") + bytes("\x1a\x10\x08\x00\x12\x08__name__\x1a\x02up") +
      bytes("\x22\x10\x08\x0f\x12\x04rate\x18\x01\x20\xac\x02\x38\xac\x02") + bytes("\x10\x00");
  EXPECT_EQ(unpacked(body), expected);
}

TEST(RemoteRead, NumbersTheFourKindsOfMatchers) {
  std::vector<Matcher> matchers;
  for (const MatchOp op :
       {MatchOp::kEqual, MatchOp::kNotEqual, MatchOp::kRegex, MatchOp::kNotRegex}) {
    matchers.push_back(*Matcher::make(op, "a", "b"));
  }
  const std::string plain = unpacked(encode_read_request(matchers, {{-5}, {7}}, {}));
  std::vector<std::uint64_t> types;
  std::int64_t start = 0;
  ProtoReader request(plain);
  ProtoField query;
  ASSERT_TRUE(request.next(query));
  ProtoReader in(query.bytes);
  ProtoField field;
  while (in.next(field)) {
    if (field.number == 1) start = field.as_int64();
    if (field.number != 3) continue;
    ProtoReader matcher(field.bytes);
    ASSERT_TRUE(matcher.next(field));
    types.push_back(field.bits);
  }
  EXPECT_TRUE(in.ok());
  EXPECT_EQ(types, (std::vector<std::uint64_t>{0, 1, 2, 3}));
  EXPECT_EQ(start, -5);
}

TEST(RemoteRead, ReadsAnAnswerWrittenByHand) {
  // One result of 44 bytes: one series of 42, up{job="a"} with the sample 1 at 1,000 ms and an
  // empty exemplar, which is read over.
  const std::string message =
      bytes("\x0a\x2c\x0a\x2a") + bytes("\x0a\x0e\x0a\x08__name__\x12\x02up") +
      bytes("\x0a\x08\x0a\x03job\x12\x01\x61") +
      bytes("\x12\x0c\x09\0\0\0\0\0\0\xf0\x3f\x10\xe8\x07") + bytes("\x1a\x00");
  const auto columns = decode_read_response(pack_snappy(message), 0);
  ASSERT_TRUE(columns.has_value()) << columns.error().to_string();
  ASSERT_EQ(columns->size(), 1U);
  EXPECT_EQ(columns->front().labels, (Labels{{"__name__", "up"}, {"job", "a"}}));
  ASSERT_EQ(columns->front().column.size(), 1U);
  EXPECT_EQ(columns->front().column.times[0].ms, 1000);
  EXPECT_EQ(columns->front().column.numbers[0], 1.0);
}

TEST(RemoteRead, KeepsTheBitsOfAStaleMarker) {
  const auto columns = decode_read_response(
      response({time_series("a", {sample(1, 10), sample(series::kStaleNaN, 20)})}), 0);
  ASSERT_TRUE(columns.has_value());
  ASSERT_EQ(columns->front().column.size(), 2U);
  EXPECT_TRUE(series::is_stale_marker(columns->front().column.numbers[1]));
}

TEST(RemoteRead, SortsSeriesAndSamplesAndJoinsWhatComesTwice) {
  const auto columns = decode_read_response(
      response({time_series("b", {sample(1, 10)}), time_series("a", {sample(3, 30), sample(1, 10)}),
                time_series("a", {sample(2, 20), sample(9, 30)})}),
      0);
  ASSERT_TRUE(columns.has_value());
  ASSERT_EQ(columns->size(), 2U);
  EXPECT_EQ((*columns)[0].labels.get("job"), "a");
  EXPECT_EQ((*columns)[0].column.numbers, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ((*columns)[1].labels.get("job"), "b");
}

TEST(RemoteRead, RefusesInstantsBeyondTheBoundsOfTime) {
  for (const std::int64_t at : {INT64_MIN, INT64_MAX, kMaxTimestamp.ms, kMinTimestamp.ms}) {
    const auto columns =
        decode_read_response(response({time_series("a", {sample(1, 1), sample(2, at)})}), 0);
    ASSERT_FALSE(columns.has_value()) << at;
    EXPECT_EQ(columns.error().code, Code::kInvalid);
  }
  EXPECT_TRUE(decode_read_response(response({time_series("a", {sample(1, -1)})}), 0));
}

TEST(RemoteRead, LeavesOutSeriesWithoutSamples) {
  const auto columns = decode_read_response(response({time_series("a", {})}), 0);
  ASSERT_TRUE(columns.has_value());
  EXPECT_TRUE(columns->empty());
}

TEST(RemoteRead, ReadsNativeHistograms) {
  std::string histogram;
  put_double(histogram, 2, 3);  // count_float
  put_double(histogram, 3, 4.5);
  put_signed(histogram, 4, 0);
  std::string span;
  put_signed(span, 1, 1);
  put_field(span, 2, 1);
  put_bytes(histogram, 11, span);
  std::string counts;
  const auto bits = std::bit_cast<std::uint64_t>(3.0);
  for (unsigned shift = 0; shift < 64; shift += 8) counts += static_cast<char>(bits >> shift);
  put_bytes(histogram, 13, counts);
  put_field(histogram, 15, 40);
  std::string one = time_series("a", {});
  put_bytes(one, 4, histogram);
  const auto columns = decode_read_response(response({one}), 0);
  ASSERT_TRUE(columns.has_value()) << columns.error().to_string();
  ASSERT_EQ(columns->size(), 1U);
  const series::Sample read = columns->front().column.at(0);
  ASSERT_TRUE(read.value.is_histogram());
  EXPECT_EQ(read.at.ms, 40);
  EXPECT_EQ(read.value.histogram->count, 3);
  EXPECT_EQ(read.value.histogram->sum, 4.5);
}

TEST(RemoteRead, StopsAtTheLimitOfSamples) {
  const std::string body = response(
      {time_series("a", {sample(1, 10), sample(2, 20)}), time_series("b", {sample(1, 10)})});
  EXPECT_TRUE(decode_read_response(body, 3).has_value());
  const auto refused = decode_read_response(body, 2);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kLimit);
}

TEST(RemoteRead, RefusesADeclaredSizeAboveTheBoundWithoutAllocatingIt) {
  std::string body;
  put_varint(body, std::uint64_t{kMaxReadBytes} + 1);
  const auto refused = decode_read_response(body, 0);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kLimit);
}

TEST(RemoteRead, RefusesEveryCutOfASoundAnswer) {
  std::string result;
  put_bytes(result, 1, time_series("a", {sample(1, 10)}));
  std::string whole;
  put_bytes(whole, 1, result);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_read_response(pack_snappy(whole.substr(0, length)), 0).has_value())
        << length;
  }
}

TEST(RemoteRead, RefusesWhatIsNoAnswer) {
  std::string bad_label;
  put_bytes(bad_label, 1, label("job", "\xff"));
  put_bytes(bad_label, 2, sample(1, 10));
  std::string wrong_type;
  put_field(wrong_type, 1, 7);  // results is a message, not a number
  for (const std::string& body : {std::string("<html>"), pack_snappy("\x0f\x01"),
                                  pack_snappy(wrong_type), response({bad_label})}) {
    const auto refused = decode_read_response(body, 0);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Code::kInvalid);
  }
}

}  // namespace
}  // namespace daytwo::wire
