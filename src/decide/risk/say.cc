#include "decide/risk/say.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "chance/year_histogram.h"
#include "decide/risk/portfolio.h"
#include "model/amount.h"

namespace daytwo::decide::risk {
namespace {

constexpr std::size_t kChartWidth = 40;

std::string percent(double share) {
  const double points = 100 * share;
  if (points > 99.5 && points < 100) return "more than 99 %";
  return points >= 10  ? fmt::format("{:.0f} %", points)
         : points >= 1 ? fmt::format("{:.1f} %", points)
                       : fmt::format("{:.2g} %", points);
}

std::string share_words(const chance::Banded& share) {
  return fmt::format("{} ({} to {})", percent(share.value), percent(share.low),
                     percent(share.high));
}

std::string banded_words(const chance::Banded& value, const std::string& currency) {
  return fmt::format("{} ({} to {})", model::money_words(value.value, currency),
                     model::money_words(value.low, currency),
                     model::money_words(value.high, currency));
}

std::string what_is_borne(const Portfolio& portfolio) {
  if (!portfolio.harm) return {};
  return fmt::format(
      "Customers and the public bear {} a year besides (weight {:g} in plans and verdicts).",
      model::money_words(portfolio.harm->mean, portfolio.currency), portfolio.harm_weight);
}

std::string change_words(const Portfolio& portfolio) {
  if (!portfolio.after) return {};
  const std::string& unit = portfolio.currency;
  return fmt::format(
      "With {}: {} a year on average instead of {}, and 1 year in 20 above {} instead of {}.",
      fmt::join(portfolio.with, ", "), model::money_words(portfolio.after->mean, unit),
      model::money_words(portfolio.own.mean, unit),
      model::money_words(portfolio.after->var95.value, unit),
      model::money_words(portfolio.own.var95.value, unit));
}

// A cell of a Markdown table: no bar ends it early.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string sentence(const Portfolio& portfolio) {
  const std::string& unit = portfolio.currency;
  const RiskRow& first = portfolio.risks.front();
  std::string out = fmt::format(
      "A year costs {} on average (90 %: {} to {}). 1 in 100 costs more than {}; {} of years lose "
      "something. {} of the expected loss is {}.",
      model::money_words(portfolio.own.mean, unit),
      model::money_words(portfolio.own.var05.value, unit),
      model::money_words(portfolio.own.var95.value, unit),
      model::money_words(portfolio.own.var99.value, unit),
      percent(portfolio.own.chance_of_loss.value), percent(first.share), first.id);
  for (const std::string& more :
       {appetite_words(portfolio), what_is_borne(portfolio), change_words(portfolio)}) {
    if (!more.empty()) out += " " + more;
  }
  return out;
}

std::string appetite_words(const Portfolio& portfolio) {
  if (!portfolio.appetite || !portfolio.own.above_appetite) return {};
  const model::Appetite& stated = *portfolio.appetite;
  const std::string loss = model::money_words(stated.loss.mean, portfolio.currency);
  const auto holds = [&](const chance::Banded& chance) {
    // Neither is said while the error of the simulation spans the line.
    return chance.high <= stated.at_most  ? "holds"
           : chance.low <= stated.at_most ? "is too near to call"
                                          : "is broken";
  };
  std::string out = fmt::format("The appetite, at most {} a year above {}, {}: the chance is {}.",
                                percent(stated.at_most), loss, holds(*portfolio.own.above_appetite),
                                share_words(*portfolio.own.above_appetite));
  if (portfolio.after && portfolio.after->above_appetite) {
    out += fmt::format(" After, it {}: {}.", holds(*portfolio.after->above_appetite),
                       share_words(*portfolio.after->above_appetite));
  }
  return out;
}

std::string agreement(const YearOfLoss& year, std::size_t years) {
  const std::string run = std::to_string(years);
  if (!year.sigma) {
    return fmt::format("Monte Carlo over {} years alone: the exact engine holds no correlations",
                       run);
  }
  return fmt::format("Monte Carlo {} exact within {:.1f} sigma over {} years",
                     year.suspect ? "is suspect: it disagrees, not agreeing with" : "agrees with",
                     *year.sigma, run);
}

std::vector<std::string> chart(const Portfolio& portfolio) {
  double least = 0;
  double most = 0;
  for (const ReturnLevel& level : portfolio.own.levels) {
    if (level.loss.value <= 0) continue;
    if (least == 0) least = level.loss.value;
    most = std::max(most, level.loss.value);
  }
  std::vector<std::string> out;
  if (!(most > least)) return out;
  for (std::size_t i = 0; i < portfolio.own.levels.size(); ++i) {
    const ReturnLevel& level = portfolio.own.levels[i];
    const double place =
        level.loss.value <= 0 ? 0 : std::log(level.loss.value / least) / std::log(most / least);
    const auto length = level.loss.value <= 0
                            ? std::size_t{0}
                            : 1 + static_cast<std::size_t>(
                                      std::lround(place * static_cast<double>(kChartWidth - 1)));
    std::string line = fmt::format("1 in {:<5g} {:<{}} {}", level.years, std::string(length, '#'),
                                   kChartWidth, banded_words(level.loss, portfolio.currency));
    if (portfolio.after) {
      line +=
          " -> " + model::money_words(portfolio.after->levels[i].loss.value, portfolio.currency);
    }
    out.push_back(std::move(line));
  }
  return out;
}

std::string one_pager(const Portfolio& portfolio) {
  const std::string& unit = portfolio.currency;
  std::string out = "# What our risks cost\n\n" + sentence(portfolio) + "\n\n";
  out +=
      "| risk | expected a year | 90 % of what we know | chance in a year | 1 event in | borne "
      "by others | share |\n|---|---|---|---|---|---|---|\n";
  for (const RiskRow& row : portfolio.risks) {
    out += fmt::format(
        "| {} | {} | {} to {} | {} | {} | {} | {} |\n",
        cell(row.title.empty() ? row.id : row.title), model::money_words(row.expected, unit),
        model::money_words(row.loss.p05, unit), model::money_words(row.loss.p95, unit),
        percent(row.chance_of_loss), fmt::format("{:.2g} years", row.return_years()),
        model::money_words(row.harm, unit), percent(row.share));
  }
  out += "\n## How bad can a year be\n\n| one year in | loses more than |";
  out += portfolio.after ? fmt::format(" with {} |", fmt::join(portfolio.with, ", ")) : "";
  out += portfolio.after ? "\n|---|---|---|\n" : "\n|---|---|\n";
  for (std::size_t i = 0; i < portfolio.own.levels.size(); ++i) {
    const ReturnLevel& level = portfolio.own.levels[i];
    out += fmt::format("| {:g} | {} |", level.years, banded_words(level.loss, unit));
    if (portfolio.after) {
      out += fmt::format(" {} |", banded_words(portfolio.after->levels[i].loss, unit));
    }
    out += "\n";
  }
  out += fmt::format(
      "\nThe worst 1 % of years cost {} on average. In brackets: the error of the simulation "
      "(95 %), which is not what we do not know.\n\n{}; seed {}.\n",
      banded_words(portfolio.own.tvar99, unit), agreement(portfolio.own, portfolio.years),
      portfolio.seed.value);
  for (const std::string& note : portfolio.notes) out += "\n- " + note;
  return out + (portfolio.notes.empty() ? "" : "\n");
}

}  // namespace daytwo::decide::risk
