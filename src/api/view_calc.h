// Views: a quantity as a person writes it, asked for by its text. The answer is
// model::quantity::Evaluation, the very JSON of `daytwo calc --output json`.
// Thread rule: plain values.
#pragma once

#include <string>
#include <string_view>

namespace daytwo::api {

// POST /calc. Changes nothing.
struct CalcRequest {
  std::string expression;

  static constexpr std::string_view kName = "CalcRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("expression", self.expression);
  }
};

}  // namespace daytwo::api
