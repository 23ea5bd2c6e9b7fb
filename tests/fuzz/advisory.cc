// Advisory feeds, packed or not, from strangers: no crash, bounds kept.
#include "wire/advisory.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "wire/inflate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::size_t kBound = 1U << 20U;
  const auto text = daytwo::wire::inflate(bytes, kBound);
  if (!text) return 0;
  CHECK(text->size() <= kBound, "unpacked beyond the bound");
  for (const auto& record : daytwo::wire::parse_osv(*text).records) {
    CHECK(!record.id.empty(), "a record without id");
  }
  static_cast<void>(daytwo::wire::parse_kev(*text));
  if (const auto feed = daytwo::wire::parse_epss(*text)) {
    for (const auto& score : feed->scores) {
      CHECK(score.probability >= 0 && score.probability <= 1, "no probability");
    }
  }
  return 0;
}
