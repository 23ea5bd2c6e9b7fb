#include "app/pages/risk_view.h"

#include <optional>

#include "chance/year_histogram.h"
#include "decide/risk/portfolio.h"
#include "decide/risk/say.h"

namespace daytwo::app {
namespace {

RiskFigure figure(const chance::Banded& banded) { return {banded.value, banded.low, banded.high}; }

RiskYear year_view(const decide::risk::YearOfLoss& year) {
  RiskYear out;
  out.mean = year.mean;
  out.chance_of_loss = figure(year.chance_of_loss);
  for (const auto& level : year.levels) out.levels.push_back({level.years, figure(level.loss)});
  out.var95 = figure(year.var95);
  out.var99 = figure(year.var99);
  out.tvar95 = figure(year.tvar95);
  out.tvar99 = figure(year.tvar99);
  out.sigma = year.sigma;
  if (year.above_appetite) out.above_appetite = figure(*year.above_appetite);
  return out;
}

}  // namespace

RiskPage risk_view(const decide::risk::Portfolio& portfolio) {
  RiskPage out;
  out.sentence = sentence(portfolio);
  out.currency = portfolio.currency;
  for (const decide::risk::RiskRow& row : portfolio.risks) {
    out.risks.push_back({row.id, row.title, row.service, row.expected, row.low, row.high,
                         row.chance_of_loss, row.events, row.harm, row.share});
  }
  for (const auto& cause : portfolio.causes) {
    out.causes.push_back({cause.cause, cause.expected, cause.share});
  }
  out.own = year_view(portfolio.own);
  if (portfolio.harm) out.harm = year_view(*portfolio.harm);
  out.harm_weight = portfolio.harm_weight;
  if (portfolio.after) out.after = year_view(*portfolio.after);
  out.with = portfolio.with;
  out.appetite = appetite_words(portfolio);
  out.agreement = agreement(portfolio.own, portfolio.years);
  out.years = portfolio.years;
  out.seed = portfolio.seed.value;
  out.notes = portfolio.notes;
  return out;
}

}  // namespace daytwo::app
