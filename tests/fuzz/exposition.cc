// Exposition texts from strangers: no crash, every accepted sample is storable in shape.
#include "wire/exposition.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "series/value.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto format :
       {daytwo::wire::ExpositionFormat::kText, daytwo::wire::ExpositionFormat::kOpenMetrics}) {
    const auto got = daytwo::wire::parse_exposition(text, format, "fuzz", {10'000, 64});
    if (!got) continue;
    for (const auto& sample : got->samples) {
      const daytwo::series::Labels labels(sample.labels);
      CHECK(sample.labels.size() <= 65, "more labels than the limit");
      CHECK(!daytwo::series::is_stale_marker(sample.value), "a stale marker from outside");
      static_cast<void>(labels.hash());
    }
  }
  return 0;
}
