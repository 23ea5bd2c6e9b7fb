// The reader of described structs: what it accepts it writes back and reads the same.
#include "model/json.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"

namespace {

// One field of each kind.
struct Everything {
  std::string text;
  std::int64_t whole = 0;
  std::uint64_t natural = 0;
  bool flag = false;
  std::optional<double> number;
  std::vector<Everything> inner;
  std::map<std::string, std::string> texts;
  static constexpr std::string_view kName = "Everything";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v.optional("text", self.text);
    v.optional("whole", self.whole);
    v.optional("natural", self.natural);
    v.optional("flag", self.flag);
    v.optional("number", self.number);
    v.optional("inner", self.inner);
    v.optional("texts", self.texts);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
  for (const bool lenient : {false, true}) {
    const auto read = daytwo::model::from_json<Everything>(
        text, "fuzz", {.skip_unknown = lenient, .allow_missing = lenient});
    if (!read) {
      CHECK(!read.error().diagnostics.empty(), "a refusal says why");
      continue;
    }
    const std::string written = daytwo::model::to_json(*read);
    const auto again = daytwo::model::from_json<Everything>(written);
    CHECK(again.has_value(), "what was written can be read");
    CHECK(daytwo::model::to_json(*again) == written, "and is written the same");
  }
  return 0;
}
