// What other registers say is what the worry file says; what is lost is named.
#include "model/register_import.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>

#include "chance/distribution.h"
#include "model/sentence.h"
#include "model/worry_file.h"

namespace daytwo::model {
namespace {

constexpr const char* kMail =
    "crml: \"1.1\"\n"
    "meta: {name: Stolen mailbox, author: somebody}\n"
    "model:\n"
    "  assets: {cardinality: 40}\n"
    "  frequency: {model: poisson, parameters: {lambda: 0.05}}\n"
    "  severity: {model: lognormal, parameters: {median: \"20 000\", currency: EUR, sigma: 1.5}}\n"
    "output: {metrics: [EAL]}\n";

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

// The worry file of an import, read back.
FiledWorry read_back(const RegisterImport& import, std::size_t at = 0) {
  const std::string yaml = to_worry_yaml(import);
  const auto file = parse_worry_file(yaml, "out.yml");
  EXPECT_TRUE(file.has_value()) << yaml << (file ? "" : file.error().to_string());
  return file->worries.at(at);
}

// Events a year, wherever the file says them: a range of money makes it one sentence.
chance::Distribution rate_of(const FiledWorry& worry) {
  if (worry.rate) return *worry.rate->events_a_year({});
  return *parse_sentence(worry.sentence)->frequency.events_a_year({});
}

TEST(RegisterImport, CrmlReadsBackAndNamesWhatIsLost) {
  const auto import = import_crml(kMail, "mail.yml");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->risks.at(0).frequency, "2 times a year") << "40 assets of 0.05";
  EXPECT_EQ(import->risks.at(0).loss, "lognormal(median=EUR 20000, s=1.5)");
  const FiledWorry worry = read_back(*import);
  EXPECT_EQ(worry.id, "stolen-mailbox");
  EXPECT_EQ(worry.title, "Stolen mailbox");
  EXPECT_NEAR(rate_of(worry).mean(), 2, 1e-12);
  ASSERT_EQ(import->lost.size(), 2U);
  EXPECT_EQ(import->lost[0].line, 2);
  EXPECT_NE(import->lost[0].text.find("'author'"), std::string::npos);
  EXPECT_EQ(import->lost[1].line, 7);
  EXPECT_NE(to_worry_yaml(*import).find("# line 7: 'output'"), std::string::npos);
}

TEST(RegisterImport, AGammaRateOfManyAssetsIsTheGammaOfTheirSum) {
  const std::string one = with(kMail, "{model: poisson, parameters: {lambda: 0.05}}",
                               "{model: gamma, parameters: {shape: 2.0, scale: 0.5}}");
  EXPECT_EQ(import_crml(one, "x.yml")->risks.at(0).frequency, "gamma(80, 2 years)");
  const std::string scoped = with(one, "gamma,", "gamma, scope: portfolio,");
  const auto import = import_crml(scoped, "x.yml");
  EXPECT_EQ(import->risks.at(0).frequency, "gamma(2, 2 years)");
  const chance::Distribution rate = rate_of(read_back(*import));
  EXPECT_NEAR(rate.mean(), 1.0, 1e-9);
  EXPECT_NEAR(rate.deviation(), std::sqrt(2.0) * 0.5, 1e-9);
}

TEST(RegisterImport, AMixtureStaysOne) {
  const auto import = import_crml(
      "crml: \"1.0\"\nmeta: {name: Leak}\nmodel:\n"
      "  frequency: {model: gamma_poisson, scope: portfolio,\n"
      "    parameters: {alpha_base: 1.2, beta_base: 1.5}}\n"
      "  severity:\n    model: mixture\n    components:\n"
      "      - lognormal: {weight: 0.7, mu: 12, sigma: 1.25}\n"
      "      - gamma: {weight: 0.3, shape: 2.8, scale: 15000}\n",
      "leak.yml");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->risks[0].frequency, "gamma(1.2, 1.5 years)");
  EXPECT_EQ(read_back(*import).loss.size(), 1U);
  EXPECT_NE(import->risks[0].loss.find("USD 15000 * gamma(2.8, 1), weights=[0.7, 0.3]"),
            std::string::npos)
      << import->risks[0].loss;
  ASSERT_EQ(import->lost.size(), 1U) << "the currency that is taken";
  EXPECT_NE(import->lost[0].text.find("US dollars"), std::string::npos);
}

TEST(RegisterImport, AScenarioIsOfTheWholeOrganisation) {
  const auto import = import_crml(
      "crml_scenario: \"1.0\"\nmeta: {name: Breach}\nscenario:\n"
      "  frequency: {basis: per_organization_per_year, model: poisson,\n"
      "    parameters: {lambda: 0.05}}\n"
      "  severity: {model: gamma, parameters: {shape: 2, scale: 100, currency: USD}}\n",
      "s.yml");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->risks[0].frequency, "0.05 times a year");
  EXPECT_EQ(import->risks[0].loss, "USD 100 * gamma(2, 1)");
  EXPECT_TRUE(import->lost.empty());
  EXPECT_EQ(read_back(*import).id, "breach");
}

TEST(RegisterImport, WhatHasNoCounterpartIsRefusedAtItsLine) {
  for (const auto& [what, instead, line] : {std::tuple("1.1", "2.0", 1),
                                            {"lambda: 0.05", "lambda: -1", 5},
                                            {"lambda: 0.05", "alpha: 1", 5},
                                            {"sigma: 1.5", "sigma: nan", 6},
                                            {"cardinality: 40", "cardinality: many", 4},
                                            {"lognormal", "weibull", 6},
                                            {"poisson", "hierarchical_gamma_poisson", 5},
                                            {"frequency", "often", 4},
                                            {"poisson,", "poisson, scope: planet,", 5}}) {
    const auto refused = import_crml(with(kMail, what, instead), "x.yml");
    ASSERT_FALSE(refused.has_value()) << instead;
    EXPECT_EQ(refused.error().diagnostics.at(0).line, line) << instead;
  }
  EXPECT_FALSE(import_crml("", "x.yml").has_value());
  EXPECT_FALSE(import_crml("risks: []\n", "x.yml").has_value());
}

// As riskquant's own files are: no head, and a rate in the third column.
TEST(RegisterImport, CsvWithoutAHeadIsReadInOrder) {
  const auto import = import_risk_csv(
      "ALICE,\"Alice steals, the data\",0.10,100000,1000000\nALICE,again,2,\"$1,000\",20000\n",
      "r.csv");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->risks[0].title, "Alice steals, the data");
  EXPECT_EQ(import->risks[0].frequency, "0.1 times a year");
  EXPECT_EQ(import->risks[0].loss, "USD 100000 to USD 1000000");
  EXPECT_EQ(import->risks[1].id, "alice-2");
  EXPECT_EQ(import->risks[1].loss, "USD 1000 to USD 20000");
  ASSERT_EQ(import->lost.size(), 1U);
  EXPECT_EQ(import->lost[0].line, 2);
  EXPECT_EQ(read_back(*import, 1).id, "alice-2");
}

TEST(RegisterImport, CsvUnderAHeadIsReadInAnyOrder) {
  const auto import = import_risk_csv(
      "Name,Identifier,Low_loss,High_loss,Probability,Owner\r\nLost "
      "laptop,L1,1000,20000,0.4,ann\r\n",
      "r.csv");
  ASSERT_TRUE(import.has_value()) << import.error().to_string();
  EXPECT_EQ(import->risks[0].id, "l1");
  EXPECT_NEAR(rate_of(read_back(*import)).mean(), 0.4, 1e-12);
  ASSERT_EQ(import->lost.size(), 1U);
  EXPECT_EQ(import->lost[0].text, "the column 'owner' is left out");
}

TEST(RegisterImport, EveryBadLineOfACsvIsNamed) {
  const auto refused =
      import_risk_csv("A,a,0.5,1,2\nB,b,0,1,2\nC,c,1,5,2\nD,d\nE,e,1,1,2\n", "r.csv");
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().diagnostics.size(), 3U);
  EXPECT_EQ(refused.error().diagnostics[0].line, 2);
  EXPECT_EQ(refused.error().diagnostics[1].line, 3);
  EXPECT_EQ(refused.error().diagnostics[2].line, 4);
  EXPECT_FALSE(import_risk_csv("a,b\n1,2\n", "r.csv").has_value());
  EXPECT_FALSE(import_risk_csv("\n", "r.csv").has_value());
}

}  // namespace
}  // namespace daytwo::model
