// The base-rate catalogue: published figures, each with whom it speaks of, where it was read, what
// is wrong with it, and how many observations of one's own it weighs as much as [worth.md 18]. They
// are offered, never used: a row counts once a person has copied its line into a file of worries.
// How much a row weighs is our judgement, by one rule (docs/concepts/base-rates.md): 10 for a count
// of a population that is not yours, 4 for what people say of themselves, 2 for what was read at
// second hand or is unverified; a mean of a heavy tail, or a count of the whole world, is an anchor
// and no prior. Thread rule: immutable; any thread may read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chance/distribution.h"

namespace daytwo::model {

// What a row is a figure of, and so how it becomes a prior.
enum class FigureKind : std::uint8_t {
  kChanceAYear,  // of at least one event: beta
  kShareDeploy,  // of deploys that fail: beta, a rate by deploy
  kShare,        // of anything else: beta
  kAmount,       // of one event, median and spread known: lognormal
  kAnchor,       // a number to know, no prior
};

// One published figure. Shares are 0 to 1; money is in US dollars.
struct PublishedFigure {
  std::string_view id;
  std::string_view what;  // a noun phrase: "share of deploys that fail in elite teams"
  FigureKind kind = FigureKind::kAnchor;
  double value = 0;       // the figure; of an amount its median
  double low = 0;         // of an amount, its 5 % and
  double high = 0;        // 95 % quantiles; 0 elsewhere
  std::string_view unit;  // "USD", "hours", "days", "CVEs" ...; empty for a share
  int year = 0;
  std::string_view population;
  std::string_view source;
  std::string_view caveat;
  double sample = 0;     // observations of one's own that it weighs as much as; 0 for an anchor
  bool verified = true;  // false: nobody has checked the figure against its source

  // Share of one, and so shown in percent.
  [[nodiscard]] bool is_share() const { return unit.empty(); }
};

// All rows, sorted by id.
[[nodiscard]] std::span<const PublishedFigure> published_figures();

// Rows in whose id, words, population or source each word of `words` stands (case ignored); all for
// no words. An id alone finds that row only.
[[nodiscard]] std::vector<PublishedFigure> find_figures(std::string_view words);

// The figure as a person reads it: "5 %", "$26k", "14 days".
[[nodiscard]] std::string figure_words(const PublishedFigure& row, double value);

// What one would believe with this row and nothing else: a beta of mean `value` with `sample`
// trials; a lognormal whose deviation is widened by sqrt(1 + 1/sample), since its middle is known
// only as well as from that many events. Nothing for an anchor.
[[nodiscard]] std::optional<chance::Distribution> prior_of(const PublishedFigure& row);

// The line for a file of worries that accepts the row. What the row does not say stands as CHANCE,
// LOW or HIGH, which no reader takes for a number: money is never invented. A chance is the 90 %
// interval of the gamma of events with the row's mean and weight, narrowed where it would begin
// below 0.001 %. Empty for an anchor and for a share of anything but deploys.
[[nodiscard]] std::string accepting_line(const PublishedFigure& row);

// An expression for `daytwo calc` that updates the row's prior by an example of one's own counts:
// "update(beta(0.5, 9.5), 3 of 40)". Empty where there is no beta.
[[nodiscard]] std::string updating_expression(const PublishedFigure& row);

}  // namespace daytwo::model
