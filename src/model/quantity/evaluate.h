// Evaluation of quantities as people write them: `daytwo calc 'EXPR'`, fields of files, the API.
//   evaluate("2h to 8h * $12k/h")   ->  mean, sd, p05 ... p99, each in USD
// Exact where a closed form exists (sums of normals, products of lognormals, bounds, a year's loss
// by Fourier transform), else Monte Carlo from a seed, with its standard error. Thread rule: pure
// functions over plain values; same text, same seed, same bits.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/seed.h"
#include "model/quantity/unit.h"

namespace daytwo::model::quantity {

// Draws that one evaluation may be asked for.
inline constexpr std::size_t kLeastSamples = 1'000;
inline constexpr std::size_t kMostSamples = 10'000'000;

// How to evaluate; two runs with the same options and the same text agree to the last bit.
struct EvaluationOptions {
  std::size_t samples = 100'000;
  chance::Seed seed{1};
  std::size_t cells = 1U << 18U;  // of the exact engine for a year's loss
};

// What was understood of one range or distribution in the text: shown before anybody relies on it.
struct Understood {
  std::string text;            // as written
  std::string law;             // "lognormal(12.4, 1.4)", in base measures
  std::string unit;            // of the figures: "USD", "h", "share", ""
  std::optional<double> mean;  // nothing when infinite
  double median = 0;
  double p99 = 0;
  std::optional<double> asked;     // coverage that the range stated
  std::optional<double> achieved;  // coverage of the law: the fit's residual is the difference
  std::string note;                // a warning, or empty

  static constexpr std::string_view kName = "Understood";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("text", self.text);
    v("law", self.law);
    v("unit", self.unit);
    v.optional("mean", self.mean);
    v("median", self.median);
    v("p99", self.p99);
    v.optional("asked", self.asked);
    v.optional("achieved", self.achieved);
    v("note", self.note);
  }
};

// What one statement is worth. Figures are in `unit`. A number has `value` alone; a quantity has
// the others, without mean or sd where those are infinite: `notes` say so.
struct Answer {
  std::string name;        // of a definition; empty
  std::string expression;  // as understood
  std::string unit;        // "USD", "USD/year", "h", "share" (of 1), ""
  std::optional<double> value;
  std::optional<double> mean;
  std::optional<double> sd;
  std::optional<double> p05;
  std::optional<double> p25;
  std::optional<double> p50;
  std::optional<double> p75;
  std::optional<double> p95;
  std::optional<double> p99;
  std::optional<double> error;  // standard error of `value` or `mean`, where it was drawn
  std::string method;           // "exact", "closed form", "Monte Carlo", ...
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "Answer";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("expression", self.expression);
    v("unit", self.unit);
    v.optional("value", self.value);
    v.optional("mean", self.mean);
    v.optional("sd", self.sd);
    v.optional("p05", self.p05);
    v.optional("p25", self.p25);
    v.optional("p50", self.p50);
    v.optional("p75", self.p75);
    v.optional("p95", self.p95);
    v.optional("p99", self.p99);
    v.optional("error", self.error);
    v("method", self.method);
    v("notes", self.notes);
  }
};

// A program, evaluated: what was understood, and an answer for each statement that defines nothing;
// for the last definition when there is no other.
struct Evaluation {
  std::string program;  // as understood; reads back to the same
  std::vector<Answer> answers;
  std::vector<Understood> understood;
  std::size_t samples = 0;  // that were drawn; 0 when nothing had to be
  chance::Seed seed;

  static constexpr std::string_view kName = "Evaluation";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("program", self.program);
    v("answers", self.answers);
    v("understood", self.understood);
    v("samples", self.samples);
    v("seed", self.seed.value);
  }
};

// Errors: kInvalid with line, column and what was expected for each statement that is wrong, or for
// the first that cannot be evaluated; kLimit for what is too large. A figure is never NaN.
// REQUIRES: samples within the bounds, cells a power of two.
[[nodiscard]] Result<Evaluation> evaluate(std::string_view text,
                                          const EvaluationOptions& options = {});

// What the last statement of a program is in many worlds.
struct Worlds {
  Unit unit;  // draws and law are in its base measures
  std::optional<chance::Distribution>
      law;  // where it is known in closed form; a point for a number
  std::vector<double> draws;
};

// Which worlds. A definition draws from `named` and its name, so programs that share a definition
// share the unknown; what stands in the last statement itself draws from `own`.
struct WorldsOptions {
  std::size_t worlds = 4'096;
  chance::Seed named{1};
  chance::Seed own{2};
  std::map<std::string, chance::Seed> seeds = {};  // of definitions that are nobody else's, by name
};

// Draws a program, stratified: one draw in each of as many slices of equal chance. Same text and
// options, same bits. Errors: as evaluate; kInvalid for a mean that is infinite, with the bound
// that would end it. REQUIRES: worlds within the bounds of samples.
[[nodiscard]] Result<Worlds> worlds_of(std::string_view text, const WorldsOptions& options);

// Words of all functions.
[[nodiscard]] const std::vector<std::string>& function_names();

}  // namespace daytwo::model::quantity
