// What `daytwo risk --output json` says: a portfolio in figures.
// Thread rule: pure function over plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "decide/risk/portfolio.h"

namespace daytwo::app {

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
  RiskFigure var95;
  RiskFigure var99;
  RiskFigure tvar95;
  RiskFigure tvar99;
  std::optional<double> sigma;
  std::optional<RiskFigure> above_appetite;

  static constexpr std::string_view kName = "RiskYear";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("mean", self.mean);
    v("chance_of_loss", self.chance_of_loss);
    v("levels", self.levels);
    v("var95", self.var95);
    v("var99", self.var99);
    v("tvar95", self.tvar95);
    v("tvar99", self.tvar99);
    v.optional("sigma", self.sigma);
    v.optional("above_appetite", self.above_appetite);
  }
};

// One risk.
struct RiskLine {
  std::string id;
  std::string title;
  std::string service;
  double expected = 0;
  double p05 = 0;
  double p95 = 0;
  double chance_of_loss = 0;
  double events_a_year = 0;
  double harm = 0;
  double share = 0;

  static constexpr std::string_view kName = "RiskLine";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("title", self.title);
    v("service", self.service);
    v("expected", self.expected);
    v("p05", self.p05);
    v("p95", self.p95);
    v("chance_of_loss", self.chance_of_loss);
    v("events_a_year", self.events_a_year);
    v("harm", self.harm);
    v("share", self.share);
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

// All of it. Money in major units of `currency`.
struct RiskPage {
  std::string sentence;
  std::string currency;
  std::vector<RiskLine> risks;
  std::vector<RiskCause> causes;
  RiskYear own;
  std::optional<RiskYear> harm;
  double harm_weight = 1;
  std::optional<RiskYear> after;
  std::vector<std::string> with;
  std::string appetite;
  std::string agreement;
  std::uint64_t years = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "RiskPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("sentence", self.sentence);
    v("currency", self.currency);
    v("risks", self.risks);
    v("causes", self.causes);
    v("own", self.own);
    v.optional("harm", self.harm);
    v("harm_weight", self.harm_weight);
    v.optional("after", self.after);
    v("with", self.with);
    v("appetite", self.appetite);
    v("agreement", self.agreement);
    v("years", self.years);
    v("seed", self.seed);
    v("notes", self.notes);
  }
};

// The page of `portfolio`.
[[nodiscard]] RiskPage risk_view(const decide::risk::Portfolio& portfolio);

}  // namespace daytwo::app
