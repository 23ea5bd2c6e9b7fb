// Compiled time zones as strangers might have made them: read or refused, and what is read answers
// for every instant.
#include "model/zone/zone.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using daytwo::Timestamp;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto zone = daytwo::model::Zone::parse("fuzzed", bytes);
  if (!zone) return 0;
  for (std::int64_t year = -200; year < 300; year += 7) {
    const Timestamp at{year * 31'557'600'000};
    const auto next = zone->next_change(at);
    CHECK(!next || *next > at, "a change lies ahead");
    const auto wall = zone->wall(at);
    CHECK(zone->instant(wall) <= at, "the first instant that shows a time");
  }
  return 0;
}
