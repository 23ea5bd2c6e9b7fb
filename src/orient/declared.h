// Declared: what the catalog says a service listens on, against what does, both ways.
#pragma once

#include <string>
#include <string_view>

#include "orient/detector.h"

namespace daytwo::orient {

// The state of a finding about a socket that reaches further than its service declares.
inline constexpr std::string_view kOpenWider = "open wider than declared";

// Findings for a declared listener that nobody holds, one that a service holds without declaring
// it, and one that is reachable from further away than declared. Only services with `listens` are
// compared: what is not declared at all is unknown.
class Declared final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "declared"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.declared/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;
};

}  // namespace daytwo::orient
