#include "store/codec.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <limits>

#include "series/value.h"

namespace daytwo::store {
namespace {

std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> out;
  for (const double value : values) out.push_back(std::bit_cast<std::uint64_t>(value));
  return out;
}

std::vector<Timestamp> every(std::int64_t step, std::size_t count) {
  std::vector<Timestamp> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({1'700'000'000'000 + step * static_cast<std::int64_t>(i)});
  }
  return out;
}

// Encodes, decodes, compares bit for bit; gives the size.
std::size_t round_trip(const std::vector<Timestamp>& times, const std::vector<double>& values) {
  std::string frame;
  encode_frame(times, values, frame);
  std::vector<Timestamp> times_back = {{7}};
  std::vector<double> values_back = {7};
  const Result<void> decoded = decode_frame(frame, times_back, values_back);
  EXPECT_TRUE(decoded.has_value());
  times_back.erase(times_back.begin());
  values_back.erase(values_back.begin());
  EXPECT_EQ(times_back, times);
  EXPECT_EQ(bits_of(values_back), bits_of(values));
  return frame.size();
}

TEST(Codec, KeepsEveryOddFloat) {
  const double inf = std::numeric_limits<double>::infinity();
  const std::vector<double> odd = {0.0,
                                   -0.0,
                                   inf,
                                   -inf,
                                   series::kStaleNaN,
                                   series::kNormalNaN,
                                   std::bit_cast<double>(0xFFF8DEADBEEF0001ULL),
                                   std::numeric_limits<double>::denorm_min(),
                                   std::numeric_limits<double>::max(),
                                   0.1,
                                   1e300,
                                   -4e15,
                                   4e15 + 2,
                                   0.1 + 0.2};
  for (const double value : odd) {
    round_trip(every(1, 1), {value});
    round_trip(every(15'000, 3), {value, value, value});
    std::vector<double> mixed(100, 5.25);
    mixed[50] = value;
    round_trip(every(15'000, 100), mixed);
  }
  round_trip(every(1000, odd.size()), odd);
}

TEST(Codec, KeepsAnyBitsAtAnyTimes) {
  EXPECT_TRUE(rc::check([](const std::vector<std::pair<std::int64_t, std::uint64_t>>& samples) {
    RC_PRE(!samples.empty() && samples.size() <= kFrameSamples);
    std::vector<Timestamp> times;
    std::vector<double> values;
    for (const auto& [at, bits] : samples) {
      times.push_back({at});
      values.push_back(std::bit_cast<double>(bits));
    }
    round_trip(times, values);
  }));
}

TEST(Codec, KeepsDecimalsOfEveryScale) {
  EXPECT_TRUE(rc::check([](std::int32_t start, std::int16_t step, std::uint8_t k) {
    const double power = std::pow(10, k % 7);
    std::vector<double> values;
    std::int64_t number = start;
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
      values.push_back(static_cast<double>(number) / power);
      number += step + static_cast<std::int64_t>(i % 3);
    }
    const std::size_t size = round_trip(every(10'000, kFrameSamples), values);
    RC_ASSERT(size < 128U);  // at most 4 bits a sample with the header
  }));
}

TEST(Codec, TakesNextToNothingForConstants) {
  EXPECT_LT(round_trip(every(15'000, 128), std::vector<double>(128, 0.1 + 0.2)), 24U);
}

// Steps of at most 1 from 48 on, with all 52 bits of the mantissa in use.
std::vector<double> full_precision_walk() {
  std::vector<double> out = {48};
  while (out.size() < kFrameSamples) {
    const auto i = static_cast<double>(out.size());
    out.push_back(out.back() + std::sin(i * i));
  }
  return out;
}

TEST(Codec, AFullPrecisionWalkTakesTheBitsOfItsSteps) {
  const std::vector<double> values = full_precision_walk();
  for (const double value : values) ASSERT_TRUE(32 <= value && value < 64) << value;
  // Between 32 and 64 doubles are 2^-47 apart, so differences of a step of -1 to 1 have 48 bits and
  // a sign: 127 x 49 bits, the first value and the header. XOR of neighbours takes 54 bits.
  EXPECT_LT(round_trip(every(10'000, kFrameSamples), values), 127U * 49 / 8 + 40);
}

TEST(Codec, KeepsWalksAcrossZeroAndExponents) {
  EXPECT_TRUE(rc::check([](std::int64_t start, std::uint8_t shift) {
    std::vector<double> values;
    double value = std::ldexp(static_cast<double>(start), -40);
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
      values.push_back(value);
      const auto turn = static_cast<double>(i);
      value += std::ldexp(std::sin(turn * turn) * value - value / 2, -(shift % 8));
    }
    round_trip(every(10'000, kFrameSamples), values);
    for (double& each : values) each = -each;
    round_trip(every(10'000, kFrameSamples), values);
  }));
}

TEST(Codec, AStaleMarkerCostsOneException) {
  std::vector<double> values;
  for (int i = 0; i < 128; ++i) values.push_back(i * 3);
  const std::size_t plain = round_trip(every(15'000, 128), values);
  values.back() = series::kStaleNaN;
  EXPECT_LT(round_trip(every(15'000, 128), values), plain + 48);
}

TEST(Codec, KeepsTimesOfFullRange) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  round_trip({{least}, {0}, {most}, {most - 1}, {least + 1}}, {1, 2, 3, 4, 5});
}

void damage_every_bit(const std::vector<double>& values) {
  std::string frame;
  encode_frame(every(15'000, values.size()), values, frame);
  for (std::size_t at = 0; at < frame.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string bad = frame;
      bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ (1U << bit));
      std::vector<Timestamp> times;
      std::vector<double> back;
      if (!decode_frame(bad, times, back)) {
        EXPECT_TRUE(times.empty());
      }
      EXPECT_EQ(times.size(), back.size());
      EXPECT_LE(times.size(), kFrameSamples);
    }
    std::vector<Timestamp> times;
    std::vector<double> back;
    EXPECT_FALSE(decode_frame(std::string_view(frame).substr(0, at), times, back));
  }
}

TEST(Codec, DamagedFramesAreErrorsOrOtherNumbersNeverMore) {
  std::vector<double> values;
  for (int i = 0; i < 64; ++i) values.push_back(i % 7 == 0 ? 1.0 / (i + 1) : i);
  damage_every_bit(values);
  damage_every_bit(full_precision_walk());
}

}  // namespace
}  // namespace daytwo::store
