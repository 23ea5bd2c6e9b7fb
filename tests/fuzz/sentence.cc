// Sentences, stakes and quantities as strangers might write them: read or refused with a place in
// the text, never a number that is none.
#include "model/sentence.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "model/stakes.h"

namespace {

template <typename T>
void check_refusal(const daytwo::Result<T>& read, std::string_view text) {
  if (read || read.error().code != daytwo::Code::kInvalid) return;
  CHECK(!read.error().diagnostics.empty(), "a refusal says where");
  for (const daytwo::Diagnostic& each : read.error().diagnostics) {
    CHECK(each.column >= 1, "columns count from 1");
    CHECK(static_cast<std::size_t>(each.column) <= text.size() + 1, "the caret is in the text");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto worry = daytwo::model::parse_sentence(text);
  check_refusal(worry, text);
  if (worry) {
    CHECK(worry->size.low > 0, "a loss begins above 0");
    CHECK(worry->size.low <= worry->size.high, "an interval is the right way up");
    for (const auto trials : {100.0, 1e4}) {
      const auto events = worry->frequency.events_a_year(trials);
      if (events) CHECK(std::isfinite(events->mean()), "a rate is a number");
      static_cast<void>(daytwo::model::echo(*worry, trials));
    }
  }
  const auto stake = daytwo::model::parse_stake(text);
  check_refusal(stake, text);
  if (stake) CHECK(stake->worth.low > 0, "a stake is above 0");
  check_refusal(daytwo::model::parse_quantity(text), text);
  return 0;
}
