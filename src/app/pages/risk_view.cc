#include "app/pages/risk_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/view_base.h"
#include "api/view_risk.h"
#include "chance/year_histogram.h"
#include "decide/risk/portfolio.h"
#include "decide/risk/say.h"
#include "model/amount.h"
#include "model/worry_file.h"

namespace daytwo::app {
namespace {

namespace risk = decide::risk;

constexpr const char* kEngine = "risk 1";

api::RiskFigure figure(const chance::Banded& banded) {
  return {banded.value, banded.low, banded.high};
}

api::RiskYear year_view(const risk::YearOfLoss& year) {
  api::RiskYear out;
  out.mean = year.mean;
  out.chance_of_loss = figure(year.chance_of_loss);
  for (const auto& level : year.levels) out.levels.push_back({level.years, figure(level.loss)});
  out.var05 = figure(year.var05);
  out.var95 = figure(year.var95);
  out.var99 = figure(year.var99);
  out.tvar95 = figure(year.tvar95);
  out.tvar99 = figure(year.tvar99);
  out.sigma = year.sigma;
  if (year.above_appetite) out.above_appetite = figure(*year.above_appetite);
  out.dots.assign(year.dots.begin(), year.dots.end());
  return out;
}

// "20k to 60k records over 3 years, with a chance of 20%, at most $1M (GDPR art. 83(5))".
std::string part_words(const model::LossPart& part) {
  std::string out = part.amount.text;
  if (part.over_years > 0) out += fmt::format(", over {:g} years", part.over_years);
  if (part.chance) out += ", with a chance of " + part.chance->text;
  if (!part.cap_text.empty()) {
    out += ", capped by " + part.cap_text;
  } else if (part.cap) {
    out += ", at most " + part.cap->text;
  }
  return out;
}

std::vector<api::RiskInput> inputs_of(const model::FiledWorry& worry) {
  std::vector<api::RiskInput> out;
  if (worry.rate) {
    out.push_back({"frequency", worry.rate->text});
  } else {
    out.push_back({"estimate", worry.sentence});
  }
  if (worry.duration) out.push_back({"duration", worry.duration->text});
  for (const auto& part : worry.loss) out.push_back({"loss: " + part.name, part_words(part)});
  for (const auto& part : worry.harm) out.push_back({"harm: " + part.name, part_words(part)});
  if (worry.never_above) out.push_back({"never above", worry.never_above->text});
  for (const auto& [other, chance] : worry.triggers) {
    out.push_back({"sets off " + other, chance.text});
  }
  for (const auto& [cause, share] : worry.causes) {
    out.push_back({"caused by " + cause, fmt::format("{:.3g} %", 100 * share)});
  }
  if (!worry.source.empty()) out.push_back({"source", worry.source});
  if (!worry.reviewed.empty()) out.push_back({"reviewed", worry.reviewed});
  return out;
}

std::vector<api::RiskInput> inputs_of(const model::CommonCause& cause) {
  std::vector<api::RiskInput> out = {{"frequency", cause.rate.text}};
  for (const auto& [worry, chance] : cause.hits) out.push_back({"hits " + worry, chance.text});
  return out;
}

// The inputs of a row: of its risk, or of the common cause that it stands for.
std::vector<api::RiskInput> inputs_of(const std::string& id, const model::WorryFile& file) {
  for (const model::FiledWorry& worry : file.worries) {
    if (worry.id == id) return inputs_of(worry);
  }
  for (const model::CommonCause& cause : file.common_causes) {
    if ("common/" + cause.id == id) return inputs_of(cause);
  }
  return {};
}

}  // namespace

api::RiskPage risk_view(const risk::Portfolio& portfolio, const model::WorryFile& file,
                        Timestamp now) {
  api::RiskPage out;
  out.as_of = now;
  out.sentence = sentence(portfolio);
  out.currency = portfolio.currency;
  for (const risk::RiskRow& row : portfolio.risks) {
    const api::Amount loss = api::to_view(
        {row.loss, portfolio.currency, std::string(model::kAYear), now, std::string(kEngine)});
    out.risks.push_back({row.id, row.title, row.service, loss, row.chance_of_loss, row.events,
                         row.harm, row.share, inputs_of(row.id, file)});
  }
  for (const auto& cause : portfolio.causes) {
    out.causes.push_back({cause.cause, cause.expected, cause.share});
  }
  out.own = year_view(portfolio.own);
  if (portfolio.harm) out.harm = year_view(*portfolio.harm);
  out.harm_weight = portfolio.harm_weight;
  if (portfolio.after) out.after = year_view(*portfolio.after);
  for (const model::SharedOption& option : file.options) {
    const bool in_place =
        std::find(portfolio.with.begin(), portfolio.with.end(), option.id) != portfolio.with.end();
    out.options.push_back({option.id, option.kind, in_place});
  }
  if (portfolio.appetite) {
    out.appetite = api::RiskAppetite{portfolio.appetite->at_most, portfolio.appetite->loss.mean};
  }
  out.appetite_words = appetite_words(portfolio);
  out.agreement = agreement(portfolio.own, portfolio.years);
  out.years = portfolio.years;
  out.seed = portfolio.seed.value;
  out.notes = portfolio.notes;
  return out;
}

}  // namespace daytwo::app
