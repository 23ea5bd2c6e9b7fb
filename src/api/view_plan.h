// Views: the plan for a budget.
// Plain structs described for JSON; web/src/api/api.gen.ts and docs/reference/openapi.yaml are
// written from them.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"

namespace daytwo::api {

// One option, taken or not. Money in the plan's currency, over its horizon, expected.
struct PlanOption {
  std::string name;
  std::string kind;
  bool taken = false;
  double cost = 0;
  double days = 0;
  double brings =
      0;  // what it adds before its cost: its Shapley share if taken, else beside the plan
  double last_in = 0;  // what would be lost without it; of what is taken
  double in_best = 0;  // share of worlds in which it belongs to the best set
  std::string why;

  static constexpr std::string_view kName = "PlanOption";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("kind", self.kind);
    v("taken", self.taken);
    v("cost", self.cost);
    v("days", self.days);
    v("brings", self.brings);
    v("last_in", self.last_in);
    v("in_best", self.in_best);
    v("why", self.why);
  }
};

// The money and days of one kind in the plan, and what more of it would bring.
struct PlanKind {
  std::string kind;
  double cost = 0;
  double days = 0;
  double brings = 0;
  std::string next;  // one sentence

  static constexpr std::string_view kName = "PlanKind";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("kind", self.kind);
    v("cost", self.cost);
    v("days", self.days);
    v("brings", self.brings);
    v("next", self.next);
  }
};

// The best that money up to `cost` buys.
struct PlanPoint {
  double cost = 0;
  double net = 0;
  std::string takes;

  static constexpr std::string_view kName = "PlanPoint";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("cost", self.cost);
    v("net", self.net);
    v("takes", self.takes);
  }
};

// GET /plan.
struct PlanPage : Base {
  std::string sentence;
  std::string currency;
  double years = 1;
  std::optional<double> budget;
  Amount net;
  Amount remaining;  // loss that the plan leaves
  double chance_pays = 0;
  double chance_best = 0;
  double regret = 0;  // expected: what knowing all would add
  std::vector<PlanOption> options;
  std::vector<PlanKind> kinds;
  std::vector<PlanPoint> frontier;
  std::vector<std::string> flips;
  std::string proof;
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "PlanPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("currency", self.currency);
    v("years", self.years);
    v("budget", self.budget);
    v("net", self.net);
    v("remaining", self.remaining);
    v("chance_pays", self.chance_pays);
    v("chance_best", self.chance_best);
    v("regret", self.regret);
    v("options", self.options);
    v("kinds", self.kinds);
    v("frontier", self.frontier);
    v("flips", self.flips);
    v("proof", self.proof);
    v("notes", self.notes);
  }
};

}  // namespace daytwo::api
