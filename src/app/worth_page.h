// The worth of one option as `daytwo worth --output json` shows it. Money in `currency`.
// Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"
#include "decide/worth/answer.h"

namespace daytwo::app {

// An alternative over the life; the first is to do nothing.
struct WorthStanding {
  std::string name;
  api::Amount net;
  api::Amount net_a_year;
  api::Amount saves;
  api::Amount costs;
  double chance_pays = 0;
  double chance_best = 0;

  static constexpr std::string_view kName = "WorthStanding";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("net", self.net);
    v("net_a_year", self.net_a_year);
    v("saves", self.saves);
    v("costs", self.costs);
    v("chance_pays", self.chance_pays);
    v("chance_best", self.chance_best);
  }
};

// One uncertain input: what it is, where the choice flips, what knowing it is worth.
struct WorthInput {
  std::string id;
  std::string words;
  double mean = 0;
  std::string unit;
  std::optional<double> flips_at;
  std::string flips_when;
  double knowing = 0;

  static constexpr std::string_view kName = "WorthInput";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("words", self.words);
    v("mean", self.mean);
    v("unit", self.unit);
    v.optional("flips_at", self.flips_at);
    v("flips_when", self.flips_when);
    v("knowing", self.knowing);
  }
};

// A study before the choice.
struct WorthStudy {
  std::string name;
  std::string on;  // input; empty for all
  double value = 0;
  double cost = 0;
  bool priced = true;
  double net = 0;
  double flip_chance = 0;
  double width_before = 0;
  double width_after = 0;

  static constexpr std::string_view kName = "WorthStudy";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("on", self.on);
    v("value", self.value);
    v("cost", self.cost);
    v("priced", self.priced);
    v("net", self.net);
    v("flip_chance", self.flip_chance);
    v("width_before", self.width_before);
    v("width_after", self.width_after);
  }
};

struct WorthPage : api::Base {
  std::string sentence;
  std::string verdict;
  std::string currency;
  double years = 0;
  std::vector<WorthStanding> alternatives;
  std::optional<double> payback_years;  // median of the worlds that pay back
  double chance_of_payback = 0;
  std::optional<double> internal_return;  // median of the worlds that have one
  double chance_of_return = 0;
  std::vector<WorthInput> inputs;  // nearest flip first, then those without one
  double knowing_everything = 0;
  std::vector<WorthStudy> studies;
  bool clear = false;
  api::Amount ours;                   // a year if skipped
  std::optional<api::Amount> theirs;  // the same, borne by others
  double weight = 1;
  std::string who_bears;
  std::string tripwire;
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "WorthPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("verdict", self.verdict);
    v("currency", self.currency);
    v("years", self.years);
    v("alternatives", self.alternatives);
    v.optional("payback_years", self.payback_years);
    v("chance_of_payback", self.chance_of_payback);
    v.optional("internal_return", self.internal_return);
    v("chance_of_return", self.chance_of_return);
    v("inputs", self.inputs);
    v("knowing_everything", self.knowing_everything);
    v("studies", self.studies);
    v("clear", self.clear);
    v("ours", self.ours);
    v.optional("theirs", self.theirs);
    v("weight", self.weight);
    v("who_bears", self.who_bears);
    v("tripwire", self.tripwire);
    v("notes", self.notes);
  }
};

// The page of an answer.
[[nodiscard]] WorthPage worth_page(const decide::worth::Worth& worth, Timestamp now);

}  // namespace daytwo::app
