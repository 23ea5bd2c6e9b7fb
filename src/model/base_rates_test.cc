#include "model/base_rates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "model/quantity/evaluate.h"
#include "model/sentence.h"
#include "model/worry_file.h"

namespace daytwo::model {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

// What a person makes of an accepting line.
std::string filled(const PublishedFigure& row) {
  std::string line = accepting_line(row);
  line = replaced(line, "CHANCE", "30");
  line = replaced(line, "$LOW", "$10k");
  return replaced(line, "$HIGH", "$90k");
}

TEST(BaseRates, EachRowSaysWhereItComesFromAndWhatIsWrongWithIt) {
  const auto rows = published_figures();
  EXPECT_GT(rows.size(), 30U);
  for (const PublishedFigure& row : rows) {
    SCOPED_TRACE(row.id);
    for (const std::string_view text : {row.what, row.population, row.source, row.caveat}) {
      EXPECT_FALSE(text.empty());
    }
    EXPECT_GE(row.year, 2008);
    EXPECT_GT(row.value, 0);
    EXPECT_EQ(row.sample > 0, row.kind != FigureKind::kAnchor);
    if (row.is_share()) {
      EXPECT_LT(row.value, 1);
    }
    if (!row.verified) {
      EXPECT_LE(row.sample, 2) << "what nobody checked weighs little";
    }
  }
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(),
                             [](const auto& a, const auto& b) { return a.id < b.id; }));
  EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end(),
                               [](const auto& a, const auto& b) { return a.id == b.id; }),
            rows.end());
}

TEST(BaseRates, APriorHasTheFigureAsItsMeanOrMedianAndItsWeight) {
  for (const PublishedFigure& row : published_figures()) {
    SCOPED_TRACE(row.id);
    const auto prior = prior_of(row);
    ASSERT_EQ(prior.has_value(), row.kind != FigureKind::kAnchor);
    if (!prior) continue;
    if (row.kind == FigureKind::kAmount) {
      EXPECT_NEAR(prior->quantile(0.5), row.value, row.value * 1e-9);
      EXPECT_LT(prior->quantile(0.05), row.low) << "its middle is not known for sure";
      EXPECT_GT(prior->quantile(0.95), row.high);
    } else {
      EXPECT_NEAR(prior->mean(), row.value, 1e-12);
      // Of a beta with n trials: variance = m (1 - m) / (n + 1).
      const double spread = prior->deviation();
      EXPECT_NEAR(row.value * (1 - row.value) / (spread * spread) - 1, row.sample, 1e-6);
    }
  }
}

TEST(BaseRates, AnAcceptingLineReadsOnceItIsFilledInAndNotBefore) {
  int lines = 0;
  for (const PublishedFigure& row : published_figures()) {
    if (accepting_line(row).empty()) continue;
    SCOPED_TRACE(row.id);
    ++lines;
    EXPECT_FALSE(parse_worry_file("risks:\n" + accepting_line(row) + "\n", "x.yml").has_value());
    const auto file = parse_worry_file("risks:\n" + filled(row) + "\n", "x.yml");
    ASSERT_TRUE(file.has_value()) << filled(row) << file.error().to_string();
    EXPECT_EQ(file->worries.at(0).id, row.id);
    EXPECT_NE(file->worries.at(0).source.find(row.source), std::string::npos);
  }
  EXPECT_GE(lines, 8);
}

// A gamma of shape 2.877 and rate 10 has its 5 % and 95 % points at 0.0755 and 0.6111 events a
// year, by its series: chances of 7.3 and 46 %.
TEST(BaseRates, AnAcceptedChanceIsThePriorsInterval) {
  EXPECT_EQ(filled(find_figures("iris-large-2020").at(0)),
            "- {id: iris-large-2020, estimate: \"7.3% to 46% a year, $10k to $90k\", source: "
            "\"Cyentia, Information Risk Insights Study 2020 (base rate iris-large-2020)\"}");
}

// The sentence is read as a gamma of events a year; the row spoke of a share of years.
// Two digits of its ends move the mean by a few percent.
TEST(BaseRates, AnAcceptedChanceKeepsTheFiguresMean) {
  for (const PublishedFigure& row : published_figures()) {
    if (row.kind != FigureKind::kChanceAYear) continue;
    SCOPED_TRACE(row.id);
    const auto file = parse_worry_file("risks:\n" + filled(row) + "\n", "x.yml");
    const auto sentence = parse_sentence(file->worries.at(0).sentence);
    const auto rate = sentence->frequency.events_a_year({});
    ASSERT_TRUE(rate.has_value());
    EXPECT_NEAR(rate->mean() / -std::log1p(-row.value), 1, 0.06);
  }
}

TEST(BaseRates, AnUpdateIsAnExpressionThatReads) {
  const auto row = find_figures("dora-elite-2024").at(0);
  // Beta(0.2, 3.8) after 3 of 40: mean 3.2 / 44.
  const auto answer = quantity::evaluate(updating_expression(row), {});
  ASSERT_TRUE(answer.has_value());
  EXPECT_NEAR(*answer->answers.at(0).mean, 3.2 / 44, 1e-6);
}

TEST(BaseRates, WordsNarrowTheSearchAndAnIdAloneFindsOneRow) {
  EXPECT_EQ(find_figures("").size(), published_figures().size());
  EXPECT_EQ(find_figures("kev-size-2025").size(), 1U);
  const auto found = find_figures("RANSOMWARE breaches");
  ASSERT_FALSE(found.empty());
  for (const PublishedFigure& row : found) {
    EXPECT_NE(std::string(row.what).find("ransomware"), std::string::npos);
  }
  EXPECT_TRUE(find_figures("no such thing").empty());
}

TEST(BaseRates, FiguresAreSaidInTheirUnit) {
  EXPECT_EQ(figure_words(find_figures("dora-elite-2024").at(0), 0.05), "5 %");
  EXPECT_EQ(figure_words(find_figures("mandiant-dwell-2025").at(0), 14), "14 days");
  EXPECT_EQ(figure_words(find_figures("ibm-breach-2024").at(0), 4.88e6), "$4.9M");
}

}  // namespace
}  // namespace daytwo::model
