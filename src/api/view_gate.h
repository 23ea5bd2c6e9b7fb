// Views: may a deploy go out?
// Plain structs described for JSON; api/services.h fills them, the route table names them, and
// web/src/api/api.gen.ts and docs/reference/openapi.yaml are written from them.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"

namespace daytwo::api {

// What the gate says; all but deny let a deploy pass.
enum class GateVerdict : std::uint8_t { kAllow, kWarn, kDeny };
// The names of GateVerdict in JSON.
constexpr std::array<std::string_view, 3> json_names(GateVerdict) {
  return {"allow", "warn", "deny"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(GateVerdict) { return "GateVerdict"; }

// Why, about one objective; an empty objective: about the service.
struct GateReason {
  GateVerdict verdict = GateVerdict::kAllow;
  std::string code;  // budget, unknown, no_objective, no_policy
  std::string objective;
  std::string text;

  static constexpr std::string_view kName = "GateReason";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("verdict", self.verdict);
    v("code", self.code);
    v("objective", self.objective);
    v("text", self.text);
  }
};

// GET /gate.
struct GatePage : Base {
  std::string service;
  GateVerdict verdict = GateVerdict::kAllow;
  std::string sentence;
  std::string policy_owner;  // empty: nobody
  std::vector<GateReason> reasons;

  static constexpr std::string_view kName = "GatePage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("service", self.service);
    v("verdict", self.verdict);
    v("sentence", self.sentence);
    v("policy_owner", self.policy_owner);
    v("reasons", self.reasons);
  }
};

}  // namespace daytwo::api
