#include "wire/remote_write_encode.h"

#include <gtest/gtest.h>
#include <snappy.h>

#include <memory>
#include <string>

#include "base/hash.h"

namespace daytwo::wire {
namespace {

TEST(RemoteWriteEncode, WritesTheFieldsOfTheSpecification) {
  series::Batch batch;
  batch.series.push_back(
      {series::Labels{{"__name__", "up"}, {"job", "n"}}, {{{1000}, {1, nullptr}}}});
  batch.metadata.push_back({"up", "gauge", "", ""});
  // Worked by hand: TimeSeries (field 1, 40 bytes) with two Labels of 14 and 8 bytes and a Sample
  // of 12 bytes: double 1 as 3ff0000000000000 little-endian, varint 1000 = e807; then
  // MetricMetadata.
  EXPECT_EQ(to_hex(encode_write_request(batch)),
            "0a28"
            "0a0e"
            "0a085f5f6e616d655f5f"
            "12027570"
            "0a08"
            "0a036a6f62"
            "12016e"
            "120c"
            "09000000000000f03f"
            "10e807"
            "1a06"
            "0802"
            "12027570");
}

TEST(RemoteWriteEncode, SortsSamplesAndLeavesHistogramsOut) {
  series::Batch batch;
  batch.series.push_back(
      {series::Labels{{"__name__", "a"}}, {{{2}, {2, nullptr}}, {{1}, {1, nullptr}}}});
  series::Batch sorted = batch;
  std::swap(sorted.series[0].samples[0], sorted.series[0].samples[1]);
  EXPECT_EQ(encode_write_request(batch), encode_write_request(sorted));
  series::Batch histogram;
  histogram.series.push_back({series::Labels{{"__name__", "h"}},
                              {{{1}, {0, std::make_shared<series::FloatHistogram>()}}}});
  EXPECT_EQ(encode_write_request(histogram), "");
}

TEST(RemoteWriteEncode, PacksWithSnappy) {
  series::Batch batch;
  batch.series.push_back({series::Labels{{"__name__", "up"}}, {{{-5}, {0.5, nullptr}}}});
  const std::string packed = encode_remote_write(batch);
  std::string plain;
  ASSERT_TRUE(snappy::Uncompress(packed.data(), packed.size(), &plain));
  EXPECT_EQ(plain, encode_write_request(batch));
}

}  // namespace
}  // namespace daytwo::wire
