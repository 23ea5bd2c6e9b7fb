// Any bytes as a query: parse, print, parse again, evaluate. Nothing may crash, and what was
// printed must print the same again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "promql/engine.h"
#include "promql/parse.h"
#include "promql/print.h"
#include "promql/series_notation.h"
#include "series/memory_source.h"

namespace {

using daytwo::Timestamp;

const daytwo::series::MemorySource& source() {
  static const auto* const filled = [] {
    auto* memory = new daytwo::series::MemorySource;
    for (const std::string_view line :
         {"a{l=\"x\"} 1+1x20", "a{l=\"y\"} 5 _ stale 7 NaN 3 2 1", "b{l=\"x\"} Inf -Inf 0 1x10",
          "c_bucket{le=\"1\"} 1x9", "c_bucket{le=\"+Inf\"} 2x9",
          "h {{schema:1 sum:3 count:22 buckets:[5 10]}}x5"}) {
      const auto noted = daytwo::promql::parse_series(line);
      CHECK(noted.has_value(), "the fuzz data parses");
      std::vector<daytwo::series::Sample> samples;
      for (std::size_t i = 0; i < noted->values.size(); ++i) {
        const Timestamp at{static_cast<std::int64_t>(i) * 60'000};
        if (noted->values[i]) samples.push_back({at, *noted->values[i]});
      }
      CHECK(memory->add(noted->labels, std::move(samples)).has_value(), "the fuzz data is stored");
    }
    return memory;
  }();
  return *filled;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(bytes, bytes + size);
  const auto noted = daytwo::promql::parse_series(text.substr(0, 200));
  static_cast<void>(noted);
  const auto parsed = daytwo::promql::parse(text);
  if (!parsed) return 0;
  const std::string printed = daytwo::promql::print(*parsed->root);
  const auto again = daytwo::promql::parse(printed);
  CHECK(again.has_value(), "what is printed parses");
  CHECK(daytwo::promql::print(*again->root) == printed, "printing is stable");
  daytwo::promql::EngineOptions options;
  options.max_samples = 20'000;
  const daytwo::promql::Engine engine(source(), options);
  const auto instant = engine.instant(*parsed, Timestamp{300'000});
  const auto range =
      engine.range(*parsed, Timestamp{0}, Timestamp{600'000}, daytwo::milliseconds(60'000));
  static_cast<void>(instant);
  static_cast<void>(range);
  return 0;
}
