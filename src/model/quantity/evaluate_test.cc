#include "model/quantity/evaluate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "model/quantity/expression.h"
#include "model/quantity/functions.h"

namespace daytwo::model::quantity {
namespace {

// Few draws and cells: these tests run without optimisation. Monte Carlo is told by its error.
constexpr EvaluationOptions kQuick{.samples = 20'000, .seed = {7}, .cells = 1U << 14U};

Answer answer(std::string_view text) {
  const auto read = evaluate(text, kQuick);
  EXPECT_TRUE(read.has_value()) << text << "\n" << (read ? "" : read.error().to_string());
  return read ? read->answers.back() : Answer{};
}

double value(std::string_view text) {
  const Answer out = answer(text);
  EXPECT_TRUE(out.value.has_value()) << text;
  return out.value.value_or(NAN);
}

std::string refusal(std::string_view text) {
  const auto read = evaluate(text, kQuick);
  if (read) return "accepted";
  return read.error().diagnostics.empty() ? read.error().text
                                          : read.error().diagnostics.front().to_string();
}

void near(double actual, double expected, double relative) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

TEST(Evaluate, HoursTimesDollarsAnHourAreDollars) {
  const Answer out = answer("2h to 8h * $12k/h");
  EXPECT_EQ(out.unit, "USD");
  EXPECT_EQ(out.method, "closed form");
  near(*out.p05, 24e3, 1e-9);
  near(*out.p95, 96e3, 1e-9);
  near(*out.p50, 48e3, 1e-9);
}

TEST(Evaluate, UnitsFollowTheArithmetic) {
  EXPECT_EQ(answer("$12k/h * 2 days").unit, "USD");
  EXPECT_EQ(value("$12k/h * 2 days"), 12e3 * 48);
  EXPECT_EQ(answer("3 days / 2 h").unit, "");
  EXPECT_EQ(value("3 days / 2 h"), 36);
  EXPECT_EQ(answer("$4k a month").unit, "USD/month");
  EXPECT_EQ(value("$4k a month * 1 year"), 48e3);
  EXPECT_EQ(answer("1 in 20 deploys * 400 deploys a year").unit, "1/year");
  EXPECT_NEAR(value("1 in 20 deploys * 400 deploys a year"), 20, 1e-12);
  EXPECT_EQ(answer("90 min").unit, "min");
  EXPECT_EQ(value("1h + 30 min"), 1.5);
  EXPECT_EQ(value("30 min + 1h"), 90);
  EXPECT_EQ(answer("2 person-days * $1200/person-day").unit, "USD");
  EXPECT_EQ(value("2 person-days * $1200/person-day"), 2400);
  EXPECT_EQ(value("sqrt(4 h * 9 h)"), 6);
  EXPECT_EQ(value("(3 h)^2 / 1 h"), 9);
  EXPECT_NEAR(value("€100 * 1.08 USD/EUR"), 108, 1e-12);
  EXPECT_EQ(answer("€100 * 1.08 USD/EUR").unit, "USD");
}

struct Wrong {
  const char* text;
  const char* answer;
};

TEST(Evaluate, PointsAtWhatIsWrong) {
  EXPECT_EQ(refusal("$5k + 2h"),
            "expression:1:7: money (USD) and time (h) do not add\n"
            "  $5k + 2h\n"
            "        ^\n"
            "  expected both in one unit: a price such as $12k/h turns hours into money");
  EXPECT_EQ(
      refusal("a = $5k\nb = €3k\na + b"),
      "expression:3:5: USD and EUR do not add: multiply by a rate first, such as 1.1 USD/EUR\n"
      "  a + b\n"
      "      ^\n"
      "  expected both in one unit");
  EXPECT_EQ(refusal("2 + lognromal(1, 2)"),
            "expression:1:5: there is no function 'lognromal'\n"
            "  2 + lognromal(1, 2)\n"
            "      ^\n"
            "  did you mean 'lognormal'?");
}

TEST(Evaluate, AnswersEachKindOfBadInput) {
  for (const Wrong& each : std::vector<Wrong>{
           {"", "an amount"},
           {"$9k to $5k", "lower end must be below upper end"},
           {"130% a year", "has no finite rate"},
           {"quantile(2 to 6, 130%)", "a probability above 1"},
           {"quantile(2 to 6, 95)", "95% or 0.95"},
           {"compound(3, $1k to $2k)", "a rate without a period"},
           {"compound(1 in 20 deploys, $1k to $2k)", "400 deploys a year"},
           {"compound(2h, $1k to $2k)", "is no rate"},
           {"compound(3 a year, normal($1, $5))", "below 0"},
           {"mean(pareto($1M, $500k, 1.2))", "the mean is infinite"},
           {"mean(pareto($1M, $500k, 1.2))", "min(..., $"},
           {"compound(1 a year, pareto($1M, $500k, 1))", "the mean is infinite"},
           {"1 / 0", "a division by 0"},
           {"1 / normal(0, 1)", "the divisor can be 0"},
           {"ln(normal(0, 1))", "the logarithm of what can be 0 or below"},
           {"ln($5)", "a plain number is wanted"},
           {"sqrt(-1)", "no finite number"},
           {"2 to 6 (0%)", "confidence must lie between"},
           {"(80%) 2 to 6 (90%)", "two confidences"},
           {"$1 to 2h", "both ends in one unit"},
           {"$1k to €2k", "two currencies"},
           {"60% to 130%", "0 to 100 %"},
           {"x + 1", "nothing is called 'x'"},
           {"losss = 3\nloss + 1", "did you mean 'losss'"},
           {"a = 1; a = 2", "defined twice"},
           {"h = 5", "is a unit"},
           {"mean = 5", "is a function"},
           {"to = 5", "a word of the language"},
           {"5 houres", "did you mean 'hours'"},
           {"$3 per widget", "a unit such as"},
           {"normal(1)", "normal needs 'sd'"},
           {"normal(1, 2, 3)", "one argument too many"},
           {"normal(1, sd=2, sd=3)", "given twice"},
           {"normal(1, sdd=2)", "did you mean 'sd'"},
           {"normal(1, 1 to 2)", "an uncertain quantity"},
           {"normal(1, -2)", "must not be negative"},
           {"beta(0, 1)", "above 0"},
           {"pert(5, 1, 9)", "must rise"},
           {"metalog(20, 25, 9000)", "must lie"},
           {"truncate(2 to 6, 5, 3)", "lower end must be below upper end"},
           {"truncate(2 to 6, 1e9, 2e9)", "nothing"},
           {"correlate(a, b, 0.5)", "nothing is called 'a'"},
           {"a = 1 to 2; b = 1 to 2; correlate(a, b, 1.5); a", "between -1 and 1"},
           {"a = 1 to 2; b = 1 to 2; c = a + b; correlate(a, b, .5); c", "used already"},
           {"a = 1 to 2; b = a * 2; correlate(a, b, .5); b", "no quantity of its own"},
           {"a = 1 to 2; b = 1 to 2; c = 1 to 2; g = 1 to 2; correlate(a, b, .6); correlate(b, c, "
            ".6); "
            "e = a + c; correlate(c, g, .9); correlate(b, g, -.9); e",
            "one of these was used already"},
           {"evppi", "'evppi' is a function"},
           {"[1, 2]", "a list is no quantity"},
           {"[1, 2] + 3", "a list stands where"},
           {"empirical()", "needs 'values'"},
           {"empirical([1, 2], weights=[1])", "1 weights for 2"},
           {"mixture($1 to $2, 1h to 2h)", "do not add"},
           {"(2 + 3", "')'"},
           {"2 3", "an operator"},
           {"2 ~ 3", "means nothing here"},
           {"1e300 * 1e300", "too large"},
           {"exp(1e6)", "no finite number"},
           {"2^(1 to 2) * $5 + 1", "do not add"},
           {"$5^(1 to 2)", "uncertain power"},
           {"30% a year that x, $9 to $5", "lower end must be below upper end"},
       }) {
    EXPECT_NE(refusal(each.text).find(each.answer), std::string::npos) << each.text << "\n"
                                                                       << refusal(each.text);
  }
}

TEST(Evaluate, SaysAllThatIsWrongNotTheFirstAlone) {
  const auto read = evaluate("a = $9 to $5\nb = 5 houres\na + b", kQuick);
  ASSERT_FALSE(read);
  ASSERT_EQ(read.error().diagnostics.size(), 2U) << read.error().to_string();
  EXPECT_EQ(read.error().diagnostics[0].line, 1);
  EXPECT_EQ(read.error().diagnostics[1].line, 2);
  EXPECT_EQ(read.error().diagnostics[1].column, 7);
}

TEST(Evaluate, BoundsHostileText) {
  EXPECT_EQ(evaluate(std::string(60, '(') + "1" + std::string(60, ')')).error().code, Code::kLimit);
  EXPECT_EQ(evaluate(std::string(5000, '-') + "1").error().code, Code::kLimit);
  EXPECT_EQ(evaluate(std::string(20'000, ' ')).error().code, Code::kLimit);
  std::string sum = "1";
  for (int i = 0; i < 3000; ++i) sum += "+1";
  EXPECT_EQ(evaluate(sum).error().code, Code::kLimit);
  std::string tall = "2";
  for (int i = 0; i < 200; ++i) tall += "^2";
  EXPECT_EQ(evaluate(tall).error().code, Code::kLimit);
  std::string many = "a = 1 to 2\n";
  for (int i = 0; i < 30; ++i) many += "a * a + ";
  EXPECT_EQ(evaluate(many + "a * a", {.samples = kMostSamples}).error().code, Code::kLimit);
}

TEST(Evaluate, AnIntervalRC01) {
  const Answer out = answer("$100k to $1M");
  near(*out.p50, 316227.766, 1e-7);
  near(*out.mean, 404001.2827, 1e-7);
  near(*out.sd, 321217.953, 1e-7);
  near(*out.p99, 1611237.428, 1e-7);
  near(value("exceed($100k to $1M, $2M)"), 0.004204953564, 1e-7);
  near(value("0.1 * mean($100k to $1M)"), 40400.128269457266, 1e-9);
}

TEST(Evaluate, AnotherConfidenceRC02) {
  near(value("mean((80%) $50k to $500k)"), 236710.8637, 1e-7);
  near(value("quantile($50k to $500k (80%), 95%)"), 692967.8031, 1e-7);
}

TEST(Evaluate, AYearsLossRC03) {
  const std::string loss = "loss = compound(30% a year, $25k to $2.5M); ";
  near(value(loss + "mean(loss)"), 237543.738, 1e-6);
  near(value(loss + "exceed(loss, $1M)"), 0.060402714, 1e-4);
  near(value(loss + "exceed(loss, 0)"), 0.3, 1e-6);
  near(value(loss + "var(loss, 95%)"), 1194802.7, 1e-3);
  near(value(loss + "tvar(loss, 99%)"), 7472136.7, 1e-3);
  near(value("mean(compound(30% a year at most once, $25k to $2.5M))"), 199798.5073, 1e-6);
  // The sentence itself is an expression.
  near(*answer("30% a year, $25k to $2.5M").mean, 237543.738, 1e-6);
  EXPECT_EQ(answer("30% a year that payments is down, $25k to $2.5M, never above $5M").unit, "USD");
}

// Beyond the end of the grid that its quantiles need, a year is worked out on a longer one.
TEST(Evaluate, AYearsLossFarOutRC29) {
  const std::string down = "compound(1.2 a year, exponential(25 min))";
  near(value("exceed(" + down + ", 4.32 min)"), 0.6384942532, 1e-5);
  near(value("exceed(" + down + ", 432 min)"), 3.6133646e-6, 1e-5);
  EXPECT_LT(value("exceed(" + down + ", 600 min)"), 1e-7);
}

TEST(Evaluate, ASumOfYearsIsAYearOfBothRC09RC37) {
  // RC09: a negative binomial count of exponential sizes.
  near(value("tvar(compound(negbin(1.5, 2), exponential(100k)), 99%)"), 1843781.501, 1e-4);
  near(value("sd(compound(negbin(1.5, 2), exponential(100k)))"), 346410.1615, 1e-9);
  near(value("exceed(compound(negbin(1.5, 2), exponential(100k)), 1M)"), 0.04929846536, 1e-4);
  // A rate that is not known: the count is negative binomial, P(N = 0) of RC06.
  near(1 - value("exceed(compound(0.5 to 4 a year, $1 to $2), 0)"), 0.2334667242, 1e-6);
  // Two sources: mean and deviation of RC08's, twice, and P(no loss) = e^-6.
  const std::string one = "compound(3 a year, exponential($100k))";
  const Answer both = answer(one + " + " + one);
  EXPECT_EQ(both.method, "exact (Fourier transform)");
  near(*both.mean, 6e5, 1e-9);
  near(*both.sd, 1e5 * std::sqrt(12), 1e-9);
  near(1 - value("exceed(" + one + " + " + one + ", 0)"), std::exp(-6), 1e-9);
  // The same name twice is one year twice, not two years.
  near(value("x = " + one + "; sd(x + x)"), 2e5 * std::sqrt(6), 1e-9);
}

TEST(Evaluate, NamedFamiliesRC04RC05RC06RC47) {
  near(value("mean(pert(10k, 40k, 250k))"), 70000, 1e-9);
  near(value("sd(pert(10k, 40k, 250k))"), 39279.22024, 1e-7);
  near(value("quantile(pert(10k, 40k, 250k), 95%)"), 145082.7065, 1e-7);
  near(*answer("2% to 20%").mean, 0.09135268822, 1e-6);
  near(*answer("0.5 to 4 a year").mean, 1.888309573, 1e-6);
  near(value("quantile(metalog(20, 50, 140, confidence=80%), 99%)"), 252.3360971, 1e-7);
  near(value("quantile(metalog(20, 50, 140, confidence=80%, least=0), 99%)"), 442.2872152, 1e-7);
}

TEST(Evaluate, TailsWithAtomsAndLimitsRC13RC25RC26) {
  const std::string loss = "x = empirical([0, 100, 500, 2000, 10000], weights=[70, 15, 10, 4, 1]);";
  EXPECT_EQ(value(loss + "var(x, 95%)"), 500);
  near(value(loss + "tvar(x, 95%)"), 3600, 1e-9);
  near(value(loss + "tvar(x, 97%)"), 4666.666667, 1e-9);
  near(value("mean(min($100k to $1M, $250k))"), 218538.1804, 1e-7);
  near(value("x = $100k to $1M; mean(min(x, $1M)) - mean(min(x, $250k))"), 165833.2755, 1e-7);
  near(value("tvar($100k to $1M, 95%)"), 1392596.534, 1e-6);
  // The layer as a quantity: drawn, because the two bounds share the loss.
  const Answer layer = answer("x = $100k to $1M; min(x, $1M) - min(x, $250k)");
  near(*layer.mean, 165833.2755, 1e-7);
  EXPECT_EQ(layer.method, "Monte Carlo");
}

TEST(Evaluate, TheSameNameIsTheSameDraw) {
  EXPECT_EQ(value("x = 2 to 6; x - x"), 0);
  const Answer twice = answer("x = normal(0, 1); x + x");
  near(*twice.sd, 2, 1e-12);
  const Answer two = answer("normal(0, 1) + normal(0, 1)");
  near(*two.sd, std::sqrt(2), 1e-12);
  const Answer square = answer("x = 2 to 6; x / x");
  EXPECT_EQ(*square.p05, 1);
  EXPECT_EQ(*square.p99, 1);
}

TEST(Evaluate, CorrelationMovesTheSpreadOfASum) {
  const Answer out = answer("a = normal(0, 1); b = normal(0, 2); correlate(a, b, 0.5); a + b");
  near(*out.sd, std::sqrt(1 + 4 + 2), 1e-12);  // 1 + 4 + 2 * 0.5 * 1 * 2
  EXPECT_EQ(out.method, "closed form");
  // Drawn: P(both in their top 5 %) under a Gaussian copula of 0.5 is 0.01218942877 (RC36).
  const Answer both =
      answer("a = uniform(0, 1); b = uniform(0, 1); correlate(a, b, 0.5); exceed(min(a, b), 0.95)");
  EXPECT_NEAR(*both.value, 0.01218942877, 4 * *both.error);
}

TEST(Evaluate, DrawsWhatHasNoClosedFormWithItsError) {
  const Answer out = answer("(1h to 2h) * $5k/h + $1k to $9k");
  EXPECT_EQ(out.method, "Monte Carlo");
  EXPECT_FALSE(out.error.has_value()) << "the mean of a sum is exact";
  const Answer drawn = answer("exp(uniform(0, 1))");
  ASSERT_TRUE(drawn.error.has_value());
  EXPECT_NEAR(*drawn.mean, std::exp(1) - 1, 5 * *drawn.error);  // false alarm 6e-7
  EXPECT_EQ(*drawn.mean, *answer("exp(uniform(0, 1))").mean) << "same seed, same bits";
}

TEST(Evaluate, RepairsCorrelationsThatCannotHoldTogetherAndSaysSo) {
  const std::string defined = "a = normal(0, 1); b = normal(0, 1); c = normal(0, 1); ";
  const std::string stated = "correlate(a, b, .9); correlate(b, c, .9); correlate(a, c, -.9); ";
  const Answer out = answer(defined + stated + "a + c");
  ASSERT_EQ(out.notes.size(), 1U);
  EXPECT_NE(out.notes[0].find("cannot hold together"), std::string::npos);
  EXPECT_NE(out.notes[0].find("from 0.9 to 0.500"), std::string::npos) << out.notes[0];
  // By symmetry each gives way by 0.4: 2 - 2 * 0.5 is the variance of the sum.
  EXPECT_NEAR(*out.sd, 1, 1e-5);
  const Answer stated_in_full =
      answer(defined + "correlate(a, b, .9); correlate(b, c, .9); correlate(a, c, .8); a + c");
  EXPECT_TRUE(stated_in_full.notes.empty());
  EXPECT_NEAR(*stated_in_full.sd, std::sqrt(2 + 2 * .8), 1e-9);
}

TEST(Evaluate, DividesByTheSmallestAndKeepsAMinusBeforeARange) {
  EXPECT_DOUBLE_EQ(*answer("$6 / min($3, $5)").value, 2);
  EXPECT_DOUBLE_EQ(*answer("6 / min(3, 5)").value, 2);
  EXPECT_NEAR(*answer("-(2 to 6)").p05, -6, 1e-9);
  EXPECT_EQ(answer("-(2 to 6)").expression, "-(2 to 6)");
  EXPECT_NEAR(*answer("-2 to 6").p05, -2, 1e-9);
}

TEST(Evaluate, SaysThatNumbersInAMixtureAreNoWeights) {
  EXPECT_EQ(answer("mixture(0.3, normal(0, 1), 0.7, normal(5, 1))").notes.size(), 1U);
  EXPECT_TRUE(answer("mixture(0, normal(5, 1), weights=[30%, 70%])").notes.empty());
}

TEST(Evaluate, SaysThatAMeanIsInfiniteAndWhatWouldEndIt) {
  const Answer out = answer("pareto($1M, $500k, 1.2)");
  EXPECT_FALSE(out.mean.has_value());
  EXPECT_FALSE(out.sd.has_value());
  ASSERT_EQ(out.notes.size(), 1U);
  EXPECT_NE(out.notes[0].find("infinite"), std::string::npos);
  const Answer capped = answer("min(pareto($1M, $500k, 1.2), $100M)");
  EXPECT_TRUE(std::isfinite(*capped.mean));
  const Answer heavy = answer("pareto($1M, $500k, 0.7)");
  EXPECT_TRUE(heavy.mean.has_value());
  EXPECT_FALSE(heavy.sd.has_value());
}

TEST(Evaluate, EchoesWhatWasUnderstood) {
  const auto read = evaluate("$100k to $1M", kQuick);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->understood.size(), 1U);
  const Understood& echo = read->understood[0];
  EXPECT_EQ(echo.text, "$100k to $1M");
  EXPECT_EQ(echo.unit, "USD");
  near(*echo.mean, 404001.2827, 1e-7);
  near(echo.median, 316227.766, 1e-7);
  near(echo.p99, 1611237.428, 1e-7);
  EXPECT_NEAR(*echo.achieved, .9, 1e-12);
  const auto wide = evaluate("$1 to $100k", kQuick);
  EXPECT_NE(wide->understood[0].note.find("above the upper end"), std::string::npos);
}

TEST(Evaluate, AListNeedsNoBracketsWhereItIsTheLastPlace) {
  EXPECT_EQ(value("npv(10%, -100k, 30k, 30k, 30k, 30k, 30k)"),
            value("npv(10%, -100k, [30k, 30k, 30k, 30k, 30k])"));
  EXPECT_EQ(value("npv(10%, -100k, 30k, 30k, at_end=1)"), value("npv(10%, -100k, [30k, 30k], 1)"));
  EXPECT_EQ(answer("empirical(1, 2, 3, weights=[1, 1, 2])").mean,
            answer("empirical([1, 2, 3], [1, 1, 2])").mean);
  EXPECT_NE(refusal("npv(10%, -$100k, $30k, 2h)").find("1:24"), std::string::npos)
      << refusal("npv(10%, -$100k, $30k, 2h)");
  EXPECT_NE(refusal("empirical(1, [2, 3])").find("1:14"), std::string::npos)
      << refusal("empirical(1, [2, 3])");
}

TEST(Evaluate, ARateInPoissonIsCountedOverAYear) {
  const Answer both = answer("compound(poisson(2 a year), $10k to $200k)");
  near(*both.p95, *answer("compound(2 a year, $10k to $200k)").p95, 1e-9);
  EXPECT_NE(refusal("poisson($3)").find("a plain number"), std::string::npos);
}

TEST(Evaluate, LearnsFromCountsRC14RC15RC16) {
  const Answer rate = answer("update(gamma(2, 4 years), 3 in 2.5 years)");
  EXPECT_EQ(rate.unit, "1/year");
  near(*rate.mean, 0.7692307692, 1e-7);
  near(*rate.p05, 0.3030999335, 1e-7);
  near(*rate.p95, 1.408233696, 1e-7);
  near(*answer("update(gamma(2, 4 years), 3, 2.5 years)").mean, 0.7692307692, 1e-7);
  near(*answer("update(gamma(2, 4), 3 in 2.5 years)").mean, 0.7692307692, 1e-7);
  const Answer share = answer("update(beta(1, 9), 7 of 60)");
  EXPECT_EQ(share.unit, "share");
  near(*share.mean, 0.1142857143, 1e-7);
  near(*share.p05, 0.0590164732, 1e-7);
  near(value("exceed(update(beta(1, 9), 7 of 60), 15%)"), 0.168674922, 1e-7);
  const Answer size = answer("nig(12, 1, 2, 1, [$120k, $300k, $90k, $700k])");
  near(*size.p50, 205795.2595, 1e-7);
  near(*size.p05, 43396.98559, 1e-7);
  near(*size.p95, 975913.1484, 1e-7);
  EXPECT_FALSE(size.mean.has_value());
  near(value("exceed(nig(12, 1, 2, 1, [$120k, $300k, $90k, $700k]), $1M)"), 0.04781021484, 1e-7);
}

TEST(Evaluate, PoolsExpertsRC17) {
  const std::string experts = "($50k to $500k, $100k to $2M, $20k to $300k)";
  const Answer linear = answer("pool" + experts);
  near(*linear.mean, 329232.071, 1e-7);
  near(*linear.p05, 31544.03814, 1e-7);
  near(*linear.p50, 167672.2815, 1e-7);
  near(*linear.p95, 1161469.755, 1e-7);
  const Answer compromise = answer("logpool" + experts);
  near(*compromise.mean, 226657.1787, 1e-7);
  near(*compromise.p05, 44472.57168, 1e-7);
  near(*compromise.p95, 612033.5282, 1e-7);
}

TEST(Evaluate, PricesKnowingRC18RC19RC20RC21RC22RC48) {
  near(value("evpi(normal(1, sqrt(5)))"), 0.4798107063, 1e-7);
  near(value("a = normal(1, 1); b = normal(0, 2); evppi(a - b, a)"), 0.08331547059, 1e-7);
  near(value("a = normal(1, 1); b = normal(0, 2); evppi(a - b, b)"), 0.3955931148, 1e-7);
  near(value("a = normal($20k, $80k); evsi(a, a, error=$60k)"), 16768.95317, 1e-7);
  near(value("evpi(normal($20k, $80k))"), 22907.57586, 1e-7);
  near(value("evsi_test($60k, 20%, $500k, 90%, 85%)"), 32000, 1e-12);
  near(value("theta = beta(2, 18); evsi(1e6 * (0.08 - theta), theta, trials=30)"), 9528.87538,
       1e-7);
  near(value("theta = beta(2, 18); evpi(1e6 * (0.08 - theta))"), 15277.4485, 1e-7);
  const std::string logs = "rate = gamma(2, 4 years); net = 60% * rate * $100k * 1 year - $35k; ";
  near(value(logs + "evsi(net, rate, years=3 years)"), 3558.338787, 1e-7);
  near(value(logs + "evpi(net)"), 6303.177911, 1e-7);
  // By regression on draws, where NB is no straight line: 1 to 2 % of error on 10,000 draws.
  near(value("a = normal(1, 1); b = normal(0, 2); evppi(a - b + 0 * (1 to 2) * a * b, b)"),
       0.3955931148, 0.05);
  // Two options, drawn: the same as one against nothing, of their difference.
  const Answer two = answer("a = normal(1, 1); b = normal(0, 2); evpi(a, b)");
  EXPECT_NEAR(*two.value, 0.4798107063, 5 * *two.error);
}

TEST(Evaluate, PricesYearsRC24) {
  const std::string flows =
      "[$90k, $108k, 60% * $200k * 1.15^2 - $30k, 60% * $200k * 1.15^3 - $30k, "
      "60% * $200k * 1.15^4 - $30k]";
  near(value("npv(8%, -$150k, " + flows + ")"), 382721.6835, 1e-7);
  near(value("irr(-$150k, " + flows + ")"), 0.9661186229, 1e-7);
  EXPECT_NEAR(value("payback(8%, -$150k, " + flows + ")"), 1.5, 1e-12);
  EXPECT_NE(refusal("irr($5, [$1, $2])").find("never change their sign"), std::string::npos);
  EXPECT_NE(refusal("npv(8%, $5, [$1, 2h])").find("do not add"), std::string::npos);
  const Answer uncertain = answer("npv(8%, -$150k, [$80k to $160k, $80k to $160k])");
  EXPECT_TRUE(uncertain.p05.has_value());
}

TEST(Evaluate, EveryFunctionHasAnExampleThatRuns) {
  for (const FunctionGroup& group : function_groups()) {
    for (const Function& function : group.functions) {
      const auto read = evaluate(function.example, kQuick);
      EXPECT_TRUE(read.has_value()) << function.example << "\n"
                                    << (read ? "" : read.error().to_string());
      EXPECT_NE(function.example.find(function.name), std::string_view::npos);
    }
  }
}

const std::vector<std::string>& pieces() {
  static const std::vector<std::string> kPieces = {"2 to 6",
                                                   "$25k to $2.5M",
                                                   "3h",
                                                   "30% a year",
                                                   "uniform(1, 2)",
                                                   "[1, 2]",
                                                   "x",
                                                   "+",
                                                   "-",
                                                   "*",
                                                   "/",
                                                   "^",
                                                   "(",
                                                   ")",
                                                   ",",
                                                   "min(",
                                                   "mean(",
                                                   "x = ",
                                                   ";",
                                                   "$12k/h",
                                                   "(80%)",
                                                   "1 in 20 deploys",
                                                   "never above",
                                                   "7 of 60",
                                                   "\n",
                                                   "5",
                                                   "0",
                                                   "\xc3",
                                                   "normal(0, 1)",
                                                   "h",
                                                   "compound("};
  return kPieces;
}

RC_GTEST_PROP(Evaluate, EveryTextIsWorthNumbersOrRefusedWithAPlace, ()) {
  std::string text;
  for (const auto& piece :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces()))) {
    text += piece + " ";
  }
  const auto read = evaluate(text, {.samples = 1000, .seed = {1}, .cells = 1U << 8U});
  if (!read) {
    if (read.error().code != Code::kInvalid) return;
    RC_ASSERT(!read.error().diagnostics.empty());
    for (const Diagnostic& each : read.error().diagnostics) {
      RC_ASSERT(each.line >= 1 && each.column >= 1);
    }
    return;
  }
  for (const Answer& each : read->answers) {
    if (each.value) RC_ASSERT(std::isfinite(*each.value));
    if (!each.p05) continue;
    RC_ASSERT(std::isfinite(*each.p05) && std::isfinite(*each.p99));
    RC_ASSERT(*each.p05 <= *each.p25 && *each.p25 <= *each.p50 && *each.p50 <= *each.p75 &&
              *each.p75 <= *each.p95 && *each.p95 <= *each.p99);
    if (each.mean) RC_ASSERT(std::isfinite(*each.mean));
  }
}

// Random arithmetic over random units: what prints reads back to the same program, and dividing by
// what was multiplied gives the unit back.
std::string random_term(int depth) {
  const int kind = *rc::gen::inRange(0, depth > 3 ? 3 : 7);
  if (kind < 3)
    return *rc::gen::element<std::string>("$5", "2 to 6", "3h", "$1k/h", "7", "-2 to 9");
  const std::string left = random_term(depth + 1);
  const std::string right = random_term(depth + 1);
  const std::string op = *rc::gen::element<std::string>(" + ", " - ", " * ", " / ", "^");
  if (kind == 3) return "-" + left;
  if (kind == 4) return "(" + left + op + right + ")";
  if (kind == 5) return "min(" + left + ", " + right + ")";
  return left + op + right;
}

RC_GTEST_PROP(Evaluate, WhatIsPrintedReadsBack, ()) {
  const std::string text = random_term(0);
  const auto once = parse_program(text, function_names());
  RC_ASSERT(once.has_value());
  const std::string printed = once->to_string();
  const auto again = parse_program(printed, function_names());
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->to_string() == printed);
  // Same shape: the same kinds in the same order.
  RC_ASSERT(again->nodes.size() == once->nodes.size());
  for (std::size_t i = 0; i < once->nodes.size(); ++i) {
    RC_ASSERT(again->nodes[i].kind == once->nodes[i].kind);
    RC_ASSERT(again->nodes[i].children == once->nodes[i].children);
  }
}

RC_GTEST_PROP(Evaluate, TheUnitOfAQuotientTimesItsDivisorIsTheUnit, ()) {
  const auto unit = [] {
    return *rc::gen::element<std::string>("$1k", "3 h", "5 records", "2 person-days", "$2/h",
                                          "7 GB", "4 /month", "6");
  };
  const std::string a = unit();
  const std::string b = unit();
  const auto plain = evaluate(a, kQuick);
  const auto round = evaluate("(" + a + ") / (" + b + ") * (" + b + ")", kQuick);
  if (!plain) return;  // "4 /month" alone is a rate
  RC_ASSERT(round.has_value());
  // The words may be those of the divisor (h for days), the things are the same.
  const auto difference = evaluate("(" + a + ") / (" + b + ") * (" + b + ") - (" + a + ")", kQuick);
  RC_ASSERT(difference.has_value());
  RC_ASSERT(std::abs(*difference->answers[0].value) < 1e-9);
}

}  // namespace
}  // namespace daytwo::model::quantity
