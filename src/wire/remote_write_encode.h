// Prometheus remote write 1.0, the sending side: samples as snappy-packed protobuf
// [prometheus.io/docs/specs/prw/remote_write_spec]. Float samples only: hosts expose no histograms.
//   WriteRequest{timeseries=1, metadata=3}; TimeSeries{labels=1, samples=2}; Label{name=1,
//   value=2}; Sample{double value=1, int64 timestamp=2}; MetricMetadata{type=1, family=2, help=4,
//   unit=5}
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "series/sink.h"

namespace daytwo::wire {

// The headers that go with the body.
inline constexpr std::string_view kRemoteWriteType = "application/x-protobuf";
inline constexpr std::string_view kRemoteWriteEncoding = "snappy";
inline constexpr std::string_view kRemoteWriteVersion = "0.1.0";

// The protobuf text, not packed. Samples of one series are sorted by time; native histograms are
// left out.
[[nodiscard]] std::string encode_write_request(const series::Batch& batch);

// encode_write_request() packed with snappy's block format: the body of the request.
[[nodiscard]] std::string encode_remote_write(const series::Batch& batch);

}  // namespace daytwo::wire
