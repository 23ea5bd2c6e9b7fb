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

// A number that a plan reads from the files, as it was drawn: what an option costs, takes, does.
struct PlanInput {
  std::string what;  // "cost", "days", "stops 'phishing'"
  std::string unit;  // a currency, "days", "share"
  double p05 = 0;
  double p50 = 0;
  double p95 = 0;
  double mean = 0;

  static constexpr std::string_view kName = "PlanInput";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("what", self.what);
    v("unit", self.unit);
    v("p05", self.p05);
    v("p50", self.p50);
    v("p95", self.p95);
    v("mean", self.mean);
  }
};

// What would bring an option into the plan: a price at or below `at`, losses `at` times as frequent
// or large, so much to spend, so many days; `what` names the worry, the team or the rule.
struct PlanTripwire {
  std::string wire;  // "price", "loss", "money", "days", "rule", "never"
  std::string what;
  double at = 0;
  double now = 0;

  static constexpr std::string_view kName = "PlanTripwire";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("wire", self.wire);
    v("what", self.what);
    v("at", self.at);
    v("now", self.now);
  }
};

// What an investigation is worth: what choosing with it brings beyond choosing now, less what is
// lost by waiting for it; how often it makes another plan the best, and mostly which.
struct PlanStudy {
  double knows = 0;
  double waiting = 0;
  double flips = 0;  // share of worlds
  std::string then;  // what that plan takes

  static constexpr std::string_view kName = "PlanStudy";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("knows", self.knows);
    v("waiting", self.waiting);
    v("flips", self.flips);
    v("then", self.then);
  }
};

// What is said of the plan below its sentence: "By kind" and "security $60k and 8 days".
struct PlanRemark {
  std::string kind;  // "split": where the money goes; "look": find out first; "second": next best
  std::string lead;
  std::string text;

  static constexpr std::string_view kName = "PlanRemark";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("kind", self.kind);
    v("lead", self.lead);
    v("text", self.text);
  }
};

// A risk that is kept until a day; what is lost by it counts as no worth.
struct PlanAccepted {
  std::string worry;
  std::string until;
  double days_left = 0;  // not above 0 once the day has passed
  double loss = 0;
  std::string sentence;

  static constexpr std::string_view kName = "PlanAccepted";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("worry", self.worry);
    v("until", self.until);
    v("days_left", self.days_left);
    v("loss", self.loss);
    v("sentence", self.sentence);
  }
};

// One option, taken or not. Money in the plan's currency, over its horizon, expected.
struct PlanOption {
  std::string name;
  std::string kind;
  bool taken = false;
  double cost = 0;
  double days = 0;
  double brings =
      0;  // what it adds before its cost: its Shapley share if taken, else beside the plan
  double last_in = 0;      // what would be lost without it; of what is taken
  double in_best = 0;      // share of worlds in which it belongs to the best set
  double worth = 0;        // net, beside the plan: of what is taken what would be lost without it
  double stated = 0;       // the same before it was shrunk for the optimizer's curse
  double in_top = 0;       // share of worlds in which it is among the `top` of the page worth most
  std::int64_t place = 0;  // by worth, from 1
  std::vector<PlanTripwire> tripwires;  // of what is left
  std::optional<PlanStudy> study;       // of an investigation
  std::string joins;                    // the same in words
  std::string why;
  std::vector<PlanInput> inputs;

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
    v("worth", self.worth);
    v("stated", self.stated);
    v("in_top", self.in_top);
    v("place", self.place);
    v("tripwires", self.tripwires);
    v("study", self.study);
    v("joins", self.joins);
    v("why", self.why);
    v("inputs", self.inputs);
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

// How the plan stands against a limit on the tail: the mean of the worst years, own loss and
// weighted harm, with the standard error of its sample.
struct PlanTail {
  double limit = 0;
  double level = 0;  // of the tail: 0.99 is the worst 1 % of years
  double tail = 0;
  double error = 0;
  double at_risk = 0;  // the least of those years
  double again = 0;    // the tail over years drawn anew, which chose nothing
  double nothing = 0;  // the tail if nothing is done
  double without = 0;  // the tail of the plan without the limit
  double costs = 0;    // expected worth that the limit takes
  std::int64_t years = 0;
  std::string sentence;

  static constexpr std::string_view kName = "PlanTail";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("limit", self.limit);
    v("level", self.level);
    v("tail", self.tail);
    v("error", self.error);
    v("at_risk", self.at_risk);
    v("again", self.again);
    v("nothing", self.nothing);
    v("without", self.without);
    v("costs", self.costs);
    v("years", self.years);
    v("sentence", self.sentence);
  }
};

// GET /plan.
struct PlanPage : Base {
  std::string sentence;
  std::vector<PlanRemark> remarks;
  std::string currency;
  double years = 1;
  std::optional<double> budget;  // nothing: no limit
  std::optional<double> days;    // of everybody together; nothing: no limit
  double most_cost = 0;          // of all options together: where a slider ends
  double most_days = 0;
  Amount net;
  Amount remaining;  // loss that the plan leaves
  double chance_pays = 0;
  double chance_best = 0;
  double regret = 0;                   // expected: what knowing all would add
  double net_stated = 0;               // worth of the plan if all that is stated were believed
  std::int64_t top = 1;                // how many options the top of `in_top` has
  std::vector<std::string> stability;  // under other stakes, and as stated
  std::vector<std::string> ties;       // options too near to tell apart
  std::vector<PlanAccepted> accepted;  // risks that are kept until a day
  std::vector<PlanOption> options;
  std::vector<PlanKind> kinds;
  std::vector<PlanPoint> frontier;
  std::optional<PlanTail> tail;  // where one is limited
  double gap = 0;                // what a better set could bring at most; 0: proven
  std::vector<std::string> flips;
  std::string teach;  // the YAML that would give a plan; empty when there is one
  std::string proof;
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "PlanPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("remarks", self.remarks);
    v("currency", self.currency);
    v("years", self.years);
    v("budget", self.budget);
    v("days", self.days);
    v("most_cost", self.most_cost);
    v("most_days", self.most_days);
    v("net", self.net);
    v("remaining", self.remaining);
    v("chance_pays", self.chance_pays);
    v("chance_best", self.chance_best);
    v("regret", self.regret);
    v("net_stated", self.net_stated);
    v("top", self.top);
    v("stability", self.stability);
    v("ties", self.ties);
    v("accepted", self.accepted);
    v("options", self.options);
    v("kinds", self.kinds);
    v("frontier", self.frontier);
    v("tail", self.tail);
    v("gap", self.gap);
    v("flips", self.flips);
    v("teach", self.teach);
    v("proof", self.proof);
    v("notes", self.notes);
  }
};

}  // namespace daytwo::api
