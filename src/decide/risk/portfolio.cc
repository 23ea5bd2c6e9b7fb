#include "decide/risk/portfolio.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/annual_loss.h"
#include "chance/copula.h"
#include "chance/estimate.h"
#include "chance/exact_loss.h"
#include "chance/risk.h"
#include "chance/simulation.h"
#include "chance/year_histogram.h"
#include "decide/risk/sources.h"
#include "decide/risk/yearly_loss.h"
#include "decide/taught_file.h"
#include "decide/worlds.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {
namespace {

constexpr std::array<double, 9> kReturnYears = {2, 5, 10, 20, 50, 100, 200, 500, 1000};

using Risks = std::vector<chance::Risk>;

// Figures of a year from what was simulated.
YearOfLoss figures(const chance::YearHistogram& losses, double mean,
                   const std::optional<model::Appetite>& appetite) {
  YearOfLoss out;
  out.mean = mean;
  out.chance_of_loss = losses.chance_of_loss();
  for (const double years : kReturnYears) {
    out.levels.push_back({years, losses.value_at_risk(1 - 1 / years)});
  }
  out.var05 = losses.value_at_risk(.05);
  out.var95 = losses.value_at_risk(.95);
  out.var99 = losses.value_at_risk(.99);
  out.tvar95 = losses.tail_value_at_risk(.95);
  out.tvar99 = losses.tail_value_at_risk(.99);
  for (std::size_t i = 0; i < out.dots.size(); ++i) {
    const double p = (static_cast<double>(i) + .5) / static_cast<double>(out.dots.size());
    out.dots.at(i) = losses.value_at_risk(p).value;
  }
  if (appetite) out.above_appetite = losses.chance_above(appetite->loss.mean);
  return out;
}

// What was changed most to make stated correlations hold together.
std::string largest_change(const Risks& risks, const chance::Correlation& stated,
                           const chance::Correlation& usable) {
  std::size_t one = 0;
  std::size_t other = 0;
  for (std::size_t i = 0; i < stated.size; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double change = std::abs(usable.at(i, j) - stated.at(i, j));
      if (change <= std::abs(usable.at(one, other) - stated.at(one, other))) continue;
      one = i;
      other = j;
    }
  }
  return fmt::format(
      "the stated correlations cannot hold together: the nearest that can are used, which take the "
      "one of '{}' and '{}' from {:g} to {:.3f}",
      risks[other].name, risks[one].name, stated.at(one, other), usable.at(one, other));
}

// The stated correlations as a matrix over the risks, repaired where they cannot hold together.
Result<chance::Correlation> matrix_of(const Risks& risks, const model::WorryFile& file,
                                      std::vector<std::string>& notes) {
  const std::size_t n = risks.size();
  chance::Correlation matrix{n, std::vector<double>(n * n, 0)};
  const auto row = [&](const std::string& id) {
    const auto at = std::find_if(risks.begin(), risks.end(),
                                 [&](const chance::Risk& risk) { return risk.name == id; });
    return static_cast<std::size_t>(at - risks.begin());
  };
  for (std::size_t i = 0; i < n; ++i) matrix.values[i * n + i] = 1;
  for (const model::StatedCorrelation& each : file.correlations) {
    const std::size_t i = row(each.one);
    const std::size_t j = row(each.other);
    if (i >= n || j >= n) continue;
    matrix.values[i * n + j] = matrix.values[j * n + i] = each.is;
  }
  TRY(chance::Repaired usable, chance::repaired(matrix));
  if (!usable.warning.empty()) {
    std::string said = largest_change(risks, matrix, usable.matrix);
    if (std::find(notes.begin(), notes.end(), said) == notes.end())
      notes.push_back(std::move(said));
  }
  return std::move(usable.matrix);
}

Result<YearOfLoss> year_of(Risks risks, const model::WorryFile& file,
                           const PortfolioOptions& options, std::vector<std::string>& notes) {
  std::erase_if(risks, [](const chance::Risk& risk) { return !(risk.annual_mean() > 0); });
  const std::optional<model::Appetite>& appetite = file.appetite;
  if (risks.empty()) {
    chance::YearHistogram none(1, 0);
    const std::vector<double> zeros(std::min(options.years, chance::kBlockYears), 0);
    none.add(zeros);
    return figures(none, 0, appetite);
  }
  const chance::SimulationOptions run{options.years, options.seed};
  if (!file.correlations.empty()) {
    TRY(const chance::Correlation matrix, matrix_of(risks, file, notes));
    TRY(const std::vector<double> years, chance::correlated_years(risks, matrix, 0, run));
    double mean = 0;
    for (const chance::Risk& risk : risks) mean += risk.annual_mean();
    const double top = 4 * chance::top_loss(risks);
    return figures(chance::histogram_of(years, top, mean), mean, appetite);
  }
  TRY(const chance::Simulation simulated, chance::simulate(risks, run));
  TRY(const chance::ExactLoss exact, chance::exact_annual_loss(risks, options.cells));
  YearOfLoss out = figures(simulated.losses, simulated.expected, appetite);
  out.sigma = chance::disagreement(simulated, exact);
  out.suspect = *out.sigma > chance::kSuspect;
  return out;
}

Result<std::vector<const model::SharedOption*>> options_named(const model::WorryFile& file,
                                                              const std::vector<std::string>& ids) {
  std::vector<const model::SharedOption*> out;
  std::vector<std::string> known;
  for (const model::SharedOption& option : file.options) known.push_back(option.id);
  for (const std::string& id : ids) {
    const auto at = std::find(known.begin(), known.end(), id);
    if (at == known.end()) {
      const std::string near = nearest_word(id, known);
      return fail(Code::kNotFound, "no option '" + id + "' is declared" +
                                       (near.empty() ? "" : ": did you mean '" + near + "'?"));
    }
    out.push_back(&file.options[static_cast<std::size_t>(at - known.begin())]);
  }
  return out;
}

Risks with_options(const std::vector<Source>& sources,
                   const std::vector<const model::SharedOption*>& options) {
  Risks out;
  for (const Source& source : sources) {
    out.push_back(source.worry != nullptr ? after(source.own, *source.worry, options)
                                          : after_common(source, options));
  }
  return out;
}

bool is_hit(const std::string& worry, const model::WorryFile& file) {
  return std::any_of(file.common_causes.begin(), file.common_causes.end(),
                     [&](const auto& cause) { return cause.hits.contains(worry); });
}

// What a common cause costs a year in each world: its events, each with the worries it may hit.
Result<std::vector<double>> common_loss(const model::CommonCause& cause,
                                        const std::map<std::string, std::vector<double>>& an_event,
                                        const SourceInputs& inputs) {
  TRY(const chance::Distribution rate, cause.rate.events_a_year(inputs.trials_a_year));
  std::vector<double> out = draws_of(rate, chance::derive(inputs.seed, "common/" + cause.id));
  std::vector<double> each(out.size(), 0);
  for (const auto& [id, chance] : cause.hits) {
    const auto loss = an_event.find(id);
    if (loss == an_event.end()) continue;
    for (std::size_t w = 0; w < each.size(); ++w) each[w] += chance.mean * loss->second[w];
  }
  for (std::size_t w = 0; w < out.size(); ++w) out[w] = std::max(out[w], 0.0) * each[w];
  return out;
}

Result<std::vector<RiskRow>> rows_of(const std::vector<Source>& sources,
                                     const SourceInputs& inputs) {
  std::vector<RiskRow> out;
  std::map<std::string, std::vector<double>> an_event;  // of each worry, a world
  double sum = 0;
  for (const Source& source : sources) sum += source.own.annual_mean();
  for (const Source& source : sources) {
    RiskRow row;
    row.id = source.own.name;
    row.expected = source.own.annual_mean();
    row.loss = chance::exactly(row.expected);
    row.chance_of_loss = 1 - source.own.loss_free();
    row.harm = source.harmful ? source.harm.annual_mean() : 0;
    row.share = sum > 0 ? row.expected / sum : 0;
    row.events = source.own.rate;
    if (source.worry != nullptr) {
      row.title = source.worry->title;
      row.service = source.worry->service;
      TRY(const YearlyLoss loss,
          yearly_loss(*source.worry, {inputs.file, inputs.stakes, inputs.trials_a_year, inputs.seed,
                                      inputs.now, inputs.history}));
      row.loss = chance::estimate_of(loss.own, inputs.seed);
      if (is_hit(row.id, inputs.file)) an_event[row.id] = loss.own_an_event;
    }
    out.push_back(std::move(row));
  }
  for (const model::CommonCause& cause : inputs.file.common_causes) {
    const std::string name = "common/" + cause.id;
    const auto row =
        std::find_if(out.begin(), out.end(), [&](const auto& each) { return each.id == name; });
    if (row == out.end()) continue;
    TRY(const std::vector<double> losses, common_loss(cause, an_event, inputs));
    row->loss = chance::estimate_of(losses, inputs.seed);
  }
  std::sort(out.begin(), out.end(), [](const RiskRow& a, const RiskRow& b) {
    return a.expected != b.expected ? a.expected > b.expected : a.id < b.id;
  });
  return out;
}

std::vector<CauseShare> causes_of(const std::vector<Source>& sources) {
  std::map<std::string, double> by_cause;
  double sum = 0;
  for (const Source& source : sources) {
    const double expected = source.own.annual_mean();
    sum += expected;
    if (source.worry == nullptr || source.worry->causes.empty()) {
      by_cause[source.own.name] += expected;
      continue;
    }
    for (const auto& [cause, share] : source.worry->causes) by_cause[cause] += expected * share;
  }
  std::vector<CauseShare> out;
  for (const auto& [cause, expected] : by_cause) {
    out.push_back({cause, expected, sum > 0 ? expected / sum : 0});
  }
  std::sort(out.begin(), out.end(), [](const CauseShare& a, const CauseShare& b) {
    return a.expected != b.expected ? a.expected > b.expected : a.cause < b.cause;
  });
  return out;
}

// Parts that take years to come, which belong to the year of their event.
void note_late(const model::WorryFile& file, std::vector<std::string>& notes) {
  std::vector<std::string> late;
  for (const model::FiledWorry& worry : file.worries) {
    for (const auto* parts : {&worry.loss, &worry.harm}) {
      for (const model::LossPart& part : *parts) {
        if (part.over_years > 0) late.push_back(worry.id + "." + part.name);
      }
    }
  }
  if (late.empty()) return;
  notes.push_back(
      fmt::format("{} {} in full in the year of the event, undiscounted, although the "
                  "money goes over years",
                  fmt::join(late, ", "), late.size() == 1 ? "counts" : "count"));
}

}  // namespace

Result<Portfolio> make_portfolio(const model::WorryFile& file, const model::Stakes& stakes,
                                 const PortfolioOptions& options, Timestamp now,
                                 const History& history) {
  if (file.worries.empty()) {
    return fail(Code::kNotFound,
                "no risk is written (risks: [{id: provider-lost, frequency: 30% a year, "
                "loss: \"$25k to $2.5M\"}])");
  }
  if (file.worries.size() > chance::kMaxRisks) {
    return fail(Code::kLimit, fmt::format("{} risks; at most {} can be added up",
                                          file.worries.size(), chance::kMaxRisks));
  }
  Portfolio out;
  out.harm_weight = file.harm_weight;
  out.appetite = file.appetite;
  out.years = options.years;
  out.seed = options.seed;
  out.with = options.with;
  TRY(const auto named, options_named(file, options.with));
  const auto taught = taught_by(file, history);
  if (taught) taught->note(out.notes);
  const SourceInputs inputs{
      taught ? taught->file : file, stakes, options.trials_a_year, options.seed, now, history};
  TRY(const std::vector<Source> sources, sources_of(inputs, out.notes));
  note_late(file, out.notes);
  out.currency = sources.front().currency;
  if (file.appetite && file.appetite->loss.unit != out.currency) {
    return fail(Code::kInvalid, fmt::format("the appetite is in {}, the risks in {}",
                                            file.appetite->loss.unit, out.currency));
  }
  Risks own;
  Risks harm;
  for (const Source& source : sources) {
    own.push_back(source.own);
    if (source.harmful) harm.push_back(source.harm);
  }
  TRY(out.risks, rows_of(sources, inputs));
  out.causes = causes_of(sources);
  TRY(out.own, year_of(std::move(own), file, options, out.notes));
  if (!harm.empty()) {
    TRY(out.harm, year_of(std::move(harm), file, options, out.notes));
    out.harm->above_appetite.reset();
  }
  if (!named.empty()) {
    TRY(out.after, year_of(with_options(sources, named), file, options, out.notes));
    if (!file.common_causes.empty()) {
      out.notes.emplace_back("options leave events of common causes as they are");
    }
  }
  return out;
}

}  // namespace daytwo::decide::risk
