// Programs of quantities as strangers might write them: worth finite numbers, or refused with a
// place in the text; and what is printed of a program reads back to the same.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "model/quantity/evaluate.h"
#include "model/quantity/expression.h"

namespace {

namespace quantity = daytwo::model::quantity;

void check_refusal(const daytwo::Error& error, std::string_view text) {
  if (error.code != daytwo::Code::kInvalid) return;
  CHECK(!error.diagnostics.empty(), "a refusal says where");
  for (const daytwo::Diagnostic& each : error.diagnostics) {
    CHECK(each.line >= 1 && each.column >= 1, "lines and columns count from 1");
    CHECK(static_cast<std::size_t>(each.column) <= text.size() + 1, "the caret is in the text");
  }
}

void check_number(const std::optional<double>& number) {
  if (number) CHECK(std::isfinite(*number), "a figure is a finite number");
}

void check_printing(std::string_view text) {
  const auto program = quantity::parse_program(text, quantity::function_names());
  if (!program) return;
  const std::string printed = program->to_string();
  const auto again = quantity::parse_program(printed, quantity::function_names());
  if (!again) {
    CHECK(again.error().code == daytwo::Code::kLimit, "what is printed reads back");
    return;
  }
  CHECK(again->to_string() == printed, "and prints the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_printing(text);
  const auto read = quantity::evaluate(
      text, {.samples = quantity::kLeastSamples, .seed = {1}, .cells = std::size_t{1} << 10U});
  if (!read) {
    check_refusal(read.error(), text);
    return 0;
  }
  for (const quantity::Answer& each : read->answers) {
    for (const auto& number : {each.value, each.mean, each.sd, each.p05, each.p25, each.p50,
                               each.p75, each.p95, each.p99, each.error}) {
      check_number(number);
    }
    if (each.p05 && each.p99) CHECK(*each.p05 <= *each.p99, "quantiles rise");
  }
  return 0;
}
