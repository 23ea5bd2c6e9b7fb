// Tail: how bad the worst years are under each set of options, on one sample of years. Every set is
// judged by the same years, the same events and the same coins (an event is stopped by an option,
// or it is not, whichever others are chosen), so that differences between sets are differences.
// Measure: TVaR at a level, the mean of the worst 1 - level of years, an atom split if need be; it
// is the CVaR of [Rockafellar, Uryasev 2000, J. Risk 2(3):21], and it never rises when an option
// joins.
// Thread rule: immutable after construction; any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "chance/seed.h"
#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {

// The mean of the worst 1 - level of years stays at `loss` or below.
struct TailLimit {
  double loss = 0;
  double level = 0.99;  // in (0, 1)
  bool operator==(const TailLimit&) const = default;
};

// One event of the sample.
struct YearEvent {
  std::uint32_t year = 0;
  std::uint32_t cause = 0;
  double loss = 0;
};

// Years as they were drawn. Options act on their events.
struct YearSample {
  std::size_t years = 0;
  std::vector<YearEvent> events;  // each of a year below that
};

// A sample of years with every coin tossed, and the tail that each set of options leaves of it.
class TailYears {
 public:
  // Decides each coin once: `worlds` says with which chance an option stops an event, and what it
  // takes off one, in the world of the event's year. Years that can be in nobody's tail are left
  // out. REQUIRES: at least one year; 0 < level < 1; causes as in `shape`.
  TailYears(const Problem& shape, const Worlds& worlds, const YearSample& sample, double level,
            chance::Seed seed);

  // How bad the worst years are.
  struct Measure {
    double tail = 0;     // TVaR
    double at_risk = 0;  // VaR: the least of the worst years
    double error = 0;    // standard error of `tail` over samples of this size
  };
  [[nodiscard]] Measure measure(Set set) const;
  // The TVaR alone. Cost: a few operations an event that matters.
  [[nodiscard]] double tail(Set set) const;

  // Years with weights that sum to 1, none above 1 / ((1 - level) years): the TVaR of a set is at
  // least its mean under any such weights.
  using Weights = std::vector<std::pair<std::uint32_t, double>>;
  // The weights under which the mean of `set` is its TVaR.
  [[nodiscard]] Weights worst(Set set) const;
  // The mean of `set` under `weights`.
  [[nodiscard]] double mean(const Weights& weights, Set set) const;
  // What each option would take off that mean by joining `set`: together they take off at most the
  // sum. REQUIRES: one entry an option.
  void reach(const Weights& weights, Set set, std::span<double> out) const;

  [[nodiscard]] std::size_t years() const { return years_; }
  [[nodiscard]] std::size_t events() const { return rows_.size(); }  // that matter
  [[nodiscard]] double level() const { return level_; }

 private:
  // Events of one year and cause that the same options stop.
  struct Row {
    double loss = 0;
    Set stoppers = 0;
    std::uint32_t cuts = 0;  // of cuts_, from here
    std::uint32_t cuts_end = 0;
  };
  struct Cut {
    std::uint32_t option = 0;
    double keeps = 1;
  };

  [[nodiscard]] double left_of(const Row& row, Set set) const;
  [[nodiscard]] std::size_t kept() const { return begin_.size() - 1; }  // years that matter
  [[nodiscard]] double year_of(std::size_t at, Set set) const;
  void screen();

  std::size_t years_ = 0;
  double level_ = 0;
  double worst_ = 0;                  // years in the tail: (1 - level) years
  std::vector<std::uint32_t> begin_;  // of the rows of a year; one more at the end
  std::vector<Row> rows_;
  std::vector<Cut> cuts_;
};

}  // namespace daytwo::decide::plan
