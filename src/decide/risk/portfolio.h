// Portfolio: a register as one year of loss: each risk, all of them together by simulation and by
// transform, the chance of each size of loss, the appetite, the harm that others bear, and the same
// after some options [worth.md 4, 6].
// Thread rule: pure functions over plain values.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "chance/year_histogram.h"
#include "decide/history.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {

// How a portfolio is worked out.
struct PortfolioOptions {
  std::size_t years = 100'000;
  chance::Seed seed;
  std::size_t cells = std::size_t{1} << 18U;  // of the transform
  std::optional<double> trials_a_year = {};   // deploys
  std::vector<std::string> with = {};         // options that are in place "after"
};

// A loss that one year in `years` exceeds.
struct ReturnLevel {
  double years = 0;
  chance::Banded loss;  // with its 95 % Monte Carlo interval
};

// A year of all risks together. Quantiles are over years: luck, and what is not known.
struct YearOfLoss {
  double mean = 0;  // in closed form
  chance::Banded chance_of_loss;
  std::vector<ReturnLevel> levels;  // 1 in 2 ... 1 in 1,000
  chance::Banded var05, var95, var99, tvar95, tvar99;
  // Standard errors between simulation and transform; nothing where correlations are stated, which
  // the transform cannot hold.
  std::optional<double> sigma;
  bool suspect = false;
  std::optional<chance::Banded> above_appetite;  // chance of a year above the stated loss
  std::array<double, 20> dots{};                 // quantiles at 1/40, 3/40, ... 39/40
};

// One risk or common cause by itself.
struct RiskRow {
  std::string id;
  std::string title;
  std::string service;
  double expected = 0;        // a year, our own, in closed form
  chance::Estimate loss;      // of that, over what is not known
  double chance_of_loss = 0;  // in a year
  double harm = 0;            // expected a year, borne by others
  double share = 0;           // of the expected loss of all
  // Years between events on average; 0: never.
  [[nodiscard]] double return_years() const { return events > 0 ? 1 / events : 0; }
  double events = 0;  // a year
};

// Where the loss sits, by cause as the risks name them.
struct CauseShare {
  std::string cause;
  double expected = 0;
  double share = 0;
};

// The whole answer.
struct Portfolio {
  std::string currency;
  std::vector<RiskRow> risks;  // largest first
  std::vector<CauseShare> causes;
  YearOfLoss own;
  std::optional<YearOfLoss> harm;
  double harm_weight = 1;
  std::optional<YearOfLoss> after;  // our own, with the options in place
  std::vector<std::string> with;
  std::optional<model::Appetite> appetite;
  std::size_t years = 0;
  chance::Seed seed;
  std::vector<std::string> notes;
};

// Same files, options and history, same bits; an option changes the draws of no risk that it does
// not act on. Errors: kNotFound for a unit that nobody priced, no worry at all, an option that is
// not declared; kInvalid for what does not add up; kLimit for too many years.
[[nodiscard]] Result<Portfolio> make_portfolio(const model::WorryFile& file,
                                               const model::Stakes& stakes,
                                               const PortfolioOptions& options, Timestamp now,
                                               const History& history = {});

}  // namespace daytwo::decide::risk
