// Views: a register as one year of loss.
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

// A figure with the 95 % interval of the simulation.
struct RiskFigure {
  double value = 0;
  double low = 0;
  double high = 0;

  static constexpr std::string_view kName = "RiskFigure";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("value", self.value);
    v("low", self.low);
    v("high", self.high);
  }
};

// What one year in `years` exceeds.
struct RiskLevel {
  double years = 0;
  RiskFigure loss;

  static constexpr std::string_view kName = "RiskLevel";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("years", self.years);
    v("loss", self.loss);
  }
};

// A year of all risks.
struct RiskYear {
  double mean = 0;
  RiskFigure chance_of_loss;
  std::vector<RiskLevel> levels;
  RiskFigure var05;
  RiskFigure var95;
  RiskFigure var99;
  RiskFigure tvar95;
  RiskFigure tvar99;
  std::optional<double> sigma;  // between both engines, in standard errors
  std::optional<RiskFigure> above_appetite;
  std::vector<double> dots;  // twenty losses, each as likely as another

  static constexpr std::string_view kName = "RiskYear";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("mean", self.mean);
    v("chance_of_loss", self.chance_of_loss);
    v("levels", self.levels);
    v("var05", self.var05);
    v("var95", self.var95);
    v("var99", self.var99);
    v("tvar95", self.tvar95);
    v("tvar99", self.tvar99);
    v.optional("sigma", self.sigma);
    v.optional("above_appetite", self.above_appetite);
    v("dots", self.dots);
  }
};

// A part of a risk as somebody wrote it: "frequency", "loss: response", "harm: customers".
struct RiskInput {
  std::string what;
  std::string text;

  static constexpr std::string_view kName = "RiskInput";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("what", self.what);
    v("text", self.text);
  }
};

// One risk.
struct RiskLine {
  std::string id;
  std::string title;
  std::string service;
  Amount loss;  // our own a year, over what is not known
  double chance_of_loss = 0;
  double events_a_year = 0;
  double harm = 0;   // expected a year, borne by others
  double share = 0;  // of the expected loss of all
  std::vector<RiskInput> inputs;

  static constexpr std::string_view kName = "RiskLine";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("title", self.title);
    v("service", self.service);
    v("loss", self.loss);
    v("chance_of_loss", self.chance_of_loss);
    v("events_a_year", self.events_a_year);
    v("harm", self.harm);
    v("share", self.share);
    v("inputs", self.inputs);
  }
};

// Where the loss sits.
struct RiskCause {
  std::string cause;
  double expected = 0;
  double share = 0;

  static constexpr std::string_view kName = "RiskCause";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("cause", self.cause);
    v("expected", self.expected);
    v("share", self.share);
  }
};

// The most often that a year may lose more than an amount.
struct RiskAppetite {
  double at_most = 0;
  double loss = 0;

  static constexpr std::string_view kName = "RiskAppetite";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("at_most", self.at_most);
    v("loss", self.loss);
  }
};

// An option of the register. In place: "after" counts it.
struct RiskOption {
  std::string id;
  std::string kind;
  bool in_place = false;

  static constexpr std::string_view kName = "RiskOption";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("kind", self.kind);
    v("in_place", self.in_place);
  }
};

// GET /risk. Money in major units of `currency`; no risk where `teach` says what to write.
struct RiskPage : Base {
  std::string sentence;
  std::string teach;
  std::string currency;
  std::vector<RiskLine> risks;  // the largest first
  std::vector<RiskCause> causes;
  RiskYear own;
  std::optional<RiskYear> harm;
  double harm_weight = 1;
  std::optional<RiskYear> after;  // our own, with the options in place
  std::vector<RiskOption> options;
  std::optional<RiskAppetite> appetite;
  std::string appetite_words;
  std::string agreement;
  std::uint64_t years = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "RiskPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("teach", self.teach);
    v("currency", self.currency);
    v("risks", self.risks);
    v("causes", self.causes);
    v("own", self.own);
    v.optional("harm", self.harm);
    v("harm_weight", self.harm_weight);
    v.optional("after", self.after);
    v("options", self.options);
    v.optional("appetite", self.appetite);
    v("appetite_words", self.appetite_words);
    v("agreement", self.agreement);
    v("years", self.years);
    v("seed", self.seed);
    v("notes", self.notes);
  }
};

}  // namespace daytwo::api
