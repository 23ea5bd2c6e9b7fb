// Remote write bodies from strangers: no crash, and what is accepted keeps the rules of the sink.
#include "wire/remote_write.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  for (const bool compressed : {false, true}) {
    const auto request = daytwo::wire::decode_write_request(body, compressed);
    if (!request) continue;
    std::size_t samples = 0;
    for (const auto& one : request->batch.series) {
      CHECK(daytwo::series::check_labels(one.labels).has_value(), "bad labels got through");
      CHECK(daytwo::series::in_label_order(one.labels), "labels out of order got through");
      CHECK(!one.samples.empty(), "a series without samples got through");
      samples += one.samples.size();
    }
    CHECK(samples == request->samples + request->histograms, "samples are miscounted");
  }
  return 0;
}
