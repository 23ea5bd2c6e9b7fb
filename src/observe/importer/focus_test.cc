#include "observe/importer/focus.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "facts/bill.h"
#include "facts/memory_journal.h"

namespace daytwo::observe {
namespace {

// FOCUS' own examples; what each adds up to is worked out by hand from its rows.
std::string example(const std::string& name) {
  std::ifstream in("tests/data/cost/" + name + ".csv", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

facts::Bill total(const FocusBill& bill, const std::string& currency = "USD") {
  facts::Bill out;
  for (const auto& [key, cost] : bill.costs) {
    EXPECT_EQ(cost.currency, currency);
    out.add(cost);
  }
  return out;
}

TEST(Focus, AddsUpUsedAndUnusedOfACommitment) {
  FocusReader reader(Currency{});
  const auto read = reader.read(example("commitment_discount_usage_scenario_3"), "usage.csv");
  ASSERT_TRUE(read.has_value()) << read.error().to_string();
  EXPECT_EQ(reader.bill().rows, 2U);
  EXPECT_EQ(reader.bill().broken, 0U);
  const facts::Bill bill = total(reader.bill());
  EXPECT_EQ(bill.all.billed.to_cents(), "0.00");
  EXPECT_EQ(bill.all.effective.to_cents(), "1.00");
  EXPECT_EQ(bill.of(facts::CostKind::kUnused).effective.to_cents(), "0.25");
}

TEST(Focus, NamesTheHourThirtyAndLoadsTheRest) {
  FocusReader reader(Currency{});
  ASSERT_TRUE(reader.read(example("commitment_discount_purchase_scenario_3"), "buy.csv"));
  const FocusBill& read = reader.bill();
  EXPECT_EQ(read.rows, 4U);
  EXPECT_EQ(read.broken, 1U);
  ASSERT_EQ(read.problems.size(), 1U);
  EXPECT_EQ(read.problems[0].line, 5);
  // Three cells of 20 bytes and their commas stand before it.
  EXPECT_EQ(read.problems[0].column, 64);
  EXPECT_NE(read.problems[0].text.find("2023-02-01T30:00:00Z"), std::string::npos);
  // 4380 + 0.50 + 0.50; the last half is in the broken row.
  EXPECT_EQ(total(read).of(facts::CostKind::kPurchase).billed.to_cents(), "4,381.00");
}

TEST(Focus, SkipsBlankLinesAndCountsExtras) {
  FocusReader reader(Currency{});
  ASSERT_TRUE(reader.read(
      example("zero_percent_utilization_without_commitment_discount_flexibility"), "zero.csv"));
  EXPECT_EQ(reader.bill().rows, 3U);
  EXPECT_EQ(reader.bill().extras, std::vector<std::string>{"x_CommitmentDiscountUnitPrice"});
  EXPECT_TRUE(reader.bill().ignored.empty());
  const facts::Bill bill = total(reader.bill());
  EXPECT_EQ(bill.all.billed.to_cents(), "3.50");
  EXPECT_EQ(bill.all.effective.to_cents(), "3.50");
  EXPECT_EQ(bill.of(facts::CostKind::kUnused).effective.to_cents(), "1.50");
}

TEST(Focus, ReadsAmountsAndDatesOfSpreadsheets) {
  FocusReader reader;
  ASSERT_TRUE(reader.read(example("simple_saas_agreements_a1"), "saas.csv"));
  ASSERT_EQ(reader.bill().costs.size(), 1U);
  const facts::CostSeen& cost = reader.bill().costs.begin()->second;
  EXPECT_EQ(cost.service, "ACMECORP Service");
  EXPECT_EQ(to_rfc3339(cost.month), "2025-04-01T00:00:00Z");
  ASSERT_EQ(cost.days.size(), 1U);
  EXPECT_EQ(cost.days[0].span, 365);
  EXPECT_EQ(total(reader.bill()).all.billed.to_cents(), "10,000.00");
}

TEST(Focus, ReadsAMarkOfByteOrderAndKeepsResourcesApart) {
  FocusReader reader;
  ASSERT_TRUE(reader.read(example("virtual_currency_pricing_model_a2"), "tokens.csv"));
  EXPECT_EQ(reader.bill().costs.size(), 2U) << "two resources; one has two prices";
  EXPECT_EQ(total(reader.bill()).all.billed.to_cents(), "0.00");
  EXPECT_EQ(total(reader.bill()).all.effective.to_cents(), "1,230.00");
}

TEST(Focus, SaysEverythingThatIsWrongInARow) {
  FocusReader reader;
  ASSERT_TRUE(reader.read(
      "billed cost,BILLING_CURRENCY,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,Colour\n"
      "\"1.234,56\",Dollars,2026-13-01,2026-01-02,Usge,red\n"
      "5,USD,2026-02-01,2026-01-31,Usage,red\n"
      ",USD,2026-02-01,2026-02-02,Usage,red\n"
      "5,USD,2026-02-01,2026-02-02,Usage,red,1\n"
      "5,USD,2026-02-01,2026-02-02,Usage,red\n",
      "bad.csv"));
  const FocusBill& bill = reader.bill();
  EXPECT_EQ(bill.rows, 5U);
  EXPECT_EQ(bill.broken, 4U);
  std::vector<int> lines;
  for (const Diagnostic& one : bill.problems) lines.push_back(one.line);
  EXPECT_EQ(lines, (std::vector<int>{2, 2, 2, 2, 3, 4, 5}));
  EXPECT_NE(bill.problems[1].expected.find("did you mean usage?"), std::string::npos);
  EXPECT_EQ(bill.ignored, std::vector<std::string>{"Colour"});
  EXPECT_EQ(total(bill).all.billed.to_cents(), "5.00");
  EXPECT_FALSE(total(bill).all.effective_known);
}

TEST(Focus, WantsAPriceADateAndACurrency) {
  FocusReader reader;
  const auto read = reader.read("ServiceName\nVM\n", "f.csv");
  ASSERT_FALSE(read.has_value());
  ASSERT_EQ(read.error().diagnostics.size(), 3U);
  EXPECT_EQ(read.error().diagnostics[2].text, "no column BillingCurrency");
  EXPECT_FALSE(reader.read("", "f.csv").has_value());
}

TEST(Focus, KeepsTaxCreditAndCorrectionApart) {
  FocusReader reader;
  ASSERT_TRUE(reader.read(
      "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory,ChargeClass\n"
      "100,100,USD,2026-01-01,Usage,\n"
      "19,19,USD,2026-01-01,Tax,\n"
      "-10,-10,USD,2026-01-01,Credit,null\n"
      "-5,-5,USD,2026-01-01,Usage,Correction\n",
      "f.csv"));
  const facts::Bill bill = total(reader.bill());
  EXPECT_EQ(bill.of(facts::CostKind::kUsage).billed.to_cents(), "100.00");
  EXPECT_EQ(bill.of(facts::CostKind::kTax).billed.to_cents(), "19.00");
  EXPECT_EQ(bill.of(facts::CostKind::kCredit).billed.to_cents(), "-10.00");
  EXPECT_EQ(bill.of(facts::CostKind::kCorrection).billed.to_cents(), "-5.00");
  EXPECT_EQ(bill.all.billed.to_cents(), "104.00");
}

constexpr std::string_view kTwoDays =
    "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ServiceName,"
    "ResourceId,Tags\n"
    "0.1,0.2,USD,2026-01-01T00:00:00Z,2026-01-01T01:00:00Z,VM,vm-1,"
    "\"{\"\"env\"\": \"\"a \\\"\"quoted\\\"\" one\"\"}\"\n"
    "0.1,0.2,USD,2026-01-01T01:00:00Z,2026-01-01T02:00:00Z,VM,vm-1,\n"
    "0.1,0.2,USD,2026-01-02T00:00:00Z,2026-01-03T00:00:00Z,VM,vm-1,\n";

TEST(Focus, PrintsWhatReadsBackTheSame) {
  FocusReader first;
  ASSERT_TRUE(first.read(kTwoDays, "a.csv"));
  ASSERT_TRUE(first.read(example("virtual_currency_pricing_model_a2"), "b.csv"));
  ASSERT_TRUE(first.read(example("simple_saas_agreements_a1"), "c.csv"));
  FocusReader second;
  const std::size_t middle = first.bill().costs.size() / 2;
  ASSERT_TRUE(second.read(to_focus(first.bill(), 0, middle), "p"));
  ASSERT_TRUE(second.read(to_focus(first.bill(), middle, first.bill().costs.size()), "q"));
  EXPECT_EQ(second.bill().broken, 0U);
  facts::MemoryJournal journal;
  auto records = to_records(first.bill(), journal.snapshot());
  EXPECT_EQ(records.size(), 4U);
  ASSERT_TRUE(journal.append(std::move(records)));
  EXPECT_TRUE(to_records(second.bill(), journal.snapshot()).empty()) << "nothing is news";
}

TEST(Focus, ADayThatComesAgainReplacesAndOthersStay) {
  facts::MemoryJournal journal;
  FocusReader first;
  ASSERT_TRUE(first.read(kTwoDays, "a.csv"));
  EXPECT_EQ(first.bill().costs.begin()->second.tags.at("env"), "a \"quoted\" one");
  ASSERT_TRUE(journal.append(to_records(first.bill(), journal.snapshot())));
  FocusReader second;
  ASSERT_TRUE(second.read(
      "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ServiceName,ResourceId\n"
      "7,7,USD,2026-01-02,VM,vm-1\n8,8,USD,2026-01-03,VM,vm-1\n",
      "b.csv"));
  auto records = to_records(second.bill(), journal.snapshot());
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].state, facts::State::kChanged);
  const auto* cost = facts::body_as<facts::CostSeen>(records[0]);
  ASSERT_EQ(cost->days.size(), 3U);
  facts::Charged sum;
  sum.add(*cost);
  EXPECT_EQ(sum.effective.to_cents(), "15.40");
  EXPECT_EQ(sum.billed.to_cents(), "15.20");
}

TEST(Focus, TellsHowFarItIs) {
  std::string text = "BilledCost,BillingCurrency,ChargePeriodStart\n";
  for (int i = 0; i < 20'001; ++i) text += "0.01,USD,2026-01-01\n";
  std::vector<std::size_t> done;
  FocusReader reader;
  ASSERT_TRUE(reader.read(text, "f.csv", [&](std::size_t at, std::size_t of) {
    EXPECT_EQ(of, text.size());
    done.push_back(at);
  }));
  ASSERT_EQ(done.size(), 4U);
  EXPECT_LT(done[1], done[2]);
  EXPECT_EQ(done.back(), text.size());
  EXPECT_EQ(total(reader.bill()).all.billed.to_cents(), "200.01");
}

}  // namespace
}  // namespace daytwo::observe
