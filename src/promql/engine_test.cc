#include "promql/engine.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "promql/functions.h"
#include "promql/series_notation.h"
#include "series/memory_source.h"

namespace daytwo::promql {
namespace {

constexpr std::int64_t kMinute = 60'000;

void load(series::MemorySource& source, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    auto noted = parse_series(line);
    ASSERT_TRUE(noted) << line;
    std::vector<series::Sample> samples;
    for (std::size_t i = 0; i < noted->values.size(); ++i) {
      const Timestamp at{static_cast<std::int64_t>(i) * kMinute};
      if (noted->values[i]) samples.push_back({at, *noted->values[i]});
    }
    ASSERT_TRUE(source.add(noted->labels, std::move(samples)));
  }
}

class AlwaysStop final : public Stop {
 public:
  explicit AlwaysStop(Reason reason) : reason_(reason) {}
  [[nodiscard]] Reason asked() const override { return reason_; }

 private:
  Reason reason_;
};

TEST(Engine, AnswersEachTypeInItsOwnShape) {
  series::MemorySource source;
  load(source, {"a{x=\"1\"} 1 2 3"});
  const Engine engine(source);
  const Timestamp at{2 * kMinute};
  EXPECT_EQ(std::get<ScalarAnswer>(engine.instant("1 + 1", at)->value).value, 2);
  EXPECT_EQ(std::get<TextAnswer>(engine.instant("'x'", at)->value).value, "x");
  const auto vector = std::get<VectorAnswer>(engine.instant("a", at)->value);
  ASSERT_EQ(vector.size(), 1U);
  EXPECT_EQ(vector[0].sample.at, at);
  EXPECT_EQ(vector[0].sample.value.number, 3);
  const auto matrix = std::get<MatrixAnswer>(engine.instant("a[2m]", at)->value);
  EXPECT_EQ(matrix[0].column.numbers, (std::vector<double>{2, 3}));
  const auto range = engine.range("1", Timestamp{0}, at, milliseconds(kMinute));
  EXPECT_EQ(std::get<MatrixAnswer>(range->value)[0].column.size(), 3U);
}

TEST(Engine, SortsErrorsIntoPrometheussClasses) {
  series::MemorySource source;
  load(source, {"a{x=\"1\"} 1", "a{x=\"2\"} 1"});
  const Engine engine(source);
  const Timestamp at{0};
  EXPECT_EQ(error_class(engine.instant("1 +", at).error()), "bad_data");
  EXPECT_EQ(error_class(engine.instant("a + on() a", at).error()), "execution");
  EXPECT_EQ(error_class(engine.range("'x'", at, at, milliseconds(1)).error()), "bad_data");
  EXPECT_EQ(engine.range("a[5m]", at, at, milliseconds(1)).error().text,
            "invalid expression type \"range vector\" for range query, must be Scalar or instant "
            "Vector");
  EXPECT_EQ(error_class(engine.range("a", at, at, milliseconds(0)).error()), "bad_data");
  EXPECT_EQ(error_class(engine.range("a", Timestamp{5}, at, milliseconds(1)).error()), "bad_data");
}

TEST(Engine, StopsWhenAskedTo) {
  series::MemorySource source;
  const Engine engine(source);
  const auto late = engine.instant("a", Timestamp{0}, AlwaysStop(Stop::Reason::kTimeout));
  ASSERT_FALSE(late);
  EXPECT_EQ(error_class(late.error()), "timeout");
  EXPECT_EQ(late.error().text, "query timed out in expression evaluation");
  const auto gone = engine.instant("a", Timestamp{0}, AlwaysStop(Stop::Reason::kCanceled));
  EXPECT_EQ(error_class(gone.error()), "canceled");
  EXPECT_EQ(gone.error().text, "query was canceled in expression evaluation");
}

TEST(Engine, RefusesQueriesThatHoldTooManySamples) {
  series::MemorySource source;
  load(source, {"a{x=\"1\"} 1x100", "a{x=\"2\"} 1x100"});
  EngineOptions options;
  options.max_samples = 150;
  const Engine engine(source, options);
  const std::string text =
      "query processing would load too many samples into memory in query execution";
  const Timestamp at{100 * kMinute};
  for (const char* query : {"sum_over_time(a[2h])", "sum_over_time(a[5m:1s])"}) {
    const auto refused = engine.instant(query, at);
    ASSERT_FALSE(refused) << query;
    EXPECT_EQ(refused.error().text, text);
    EXPECT_EQ(error_class(refused.error()), "execution");
  }
  EXPECT_TRUE(engine.instant("sum_over_time(a[30m])", at));
  EXPECT_FALSE(engine.range("vector(1)", Timestamp{0}, at, milliseconds(1'000)));
  // Values that are no longer alive do not count: each side is about a hundred.
  EXPECT_TRUE(engine.instant("sum(sum_over_time(a[45m])) + sum(sum_over_time(a[45m]))", at));
}

TEST(Engine, EvaluatesTheHighestTreesThatParse) {
  series::MemorySource source;
  const Engine engine(source);
  std::string sum = "1";
  for (int i = 1; i < 1'000; ++i) sum += " + 1";
  const auto answer = engine.instant(sum, Timestamp{0});
  ASSERT_TRUE(answer);
  EXPECT_EQ(std::get<ScalarAnswer>(answer->value).value, 1'000);
  std::string nested = "a";
  for (int i = 0; i < 95; ++i) nested.insert(0, "max_over_time(abs(").append(")[5m:1m])");
  EXPECT_TRUE(engine.instant(nested, Timestamp{0}));
}

TEST(Engine, CountsTheSamplesItRead) {
  series::MemorySource source;
  load(source, {"a{x=\"1\"} 1x9", "a{x=\"2\"} 1x9"});
  const auto answer = Engine(source).instant("rate(a[3m])", Timestamp{9 * kMinute});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->samples_read, 6U);
}

TEST(Engine, LetsHistogramsPassAndSaysWhereItDoesNot) {
  series::MemorySource source;
  load(source, {"h {{schema:1 sum:4 count:8 buckets:[3 5]}}x5"});
  const Engine engine(source);
  const Timestamp at{5 * kMinute};
  const auto plain = engine.instant("h", at);
  EXPECT_TRUE(std::get<VectorAnswer>(plain->value)[0].sample.value.is_histogram());
  const auto average = engine.instant("histogram_avg(h)", at);
  EXPECT_EQ(std::get<VectorAnswer>(average->value)[0].sample.value.number, 0.5);
  for (const char* query : {"rate(h[5m])", "sum(h)", "h * 2", "h + h", "-h", "max(h)",
                            "histogram_quantile(0.5, h)", "topk(1, h)"}) {
    const auto answer = engine.instant(query, at);
    ASSERT_TRUE(answer) << query;
    EXPECT_TRUE(std::get<VectorAnswer>(answer->value).empty()) << query;
    EXPECT_FALSE(answer->infos.empty()) << query;
  }
  for (const Function& function : functions()) {
    if (function.parameters.count == 0) continue;
    std::string query = std::string(function.name) + "(";
    for (std::size_t i = 0; i < function.parameters.count; ++i) {
      constexpr const char* kArguments[] = {"1", "\"x\"", "h", "h[5m]"};
      if (i > 0) query += ", ";
      query += kArguments[static_cast<std::size_t>(function.parameters.types.at(i))];
    }
    EXPECT_TRUE(engine.instant(query + ")", at)) << query;
  }
}

// A few series with values, gaps and falls.
std::vector<std::string> some_series() {
  const auto count = *rc::gen::inRange(1, 6);
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) {
    std::string line =
        "m_total{g=\"" + std::to_string(i % 2) + "\",i=\"" + std::to_string(i) + "\"}";
    for (int j = 0; j < 12; ++j) {
      const int value = *rc::gen::inRange(-2, 100);
      line += value < 0 ? " _" : " " + std::to_string(value);
    }
    out.push_back(line);
  }
  return out;
}

double single(const Engine& engine, const std::string& query, Timestamp at) {
  const auto answer = engine.instant(query, at);
  const auto& vector = std::get<VectorAnswer>(answer.value().value);
  return vector.empty() ? 0 : vector.front().sample.value.number;
}

RC_GTEST_PROP(EngineProperty, SumIsTheSumOfItsParts, ()) {
  series::MemorySource source;
  load(source, some_series());
  const Engine engine(source);
  const Timestamp at{*rc::gen::inRange<std::int64_t>(0, 12) * kMinute};
  const double whole = single(engine, "sum(m_total)", at);
  RC_ASSERT(whole == single(engine, "sum(sum by (g) (m_total))", at));
  RC_ASSERT(whole == single(engine, "sum(sum without (g) (m_total))", at));
  RC_ASSERT(single(engine, "count(m_total)", at) ==
            single(engine, "sum(count_values(\"v\", m_total))", at));
}

RC_GTEST_PROP(EngineProperty, ARangeQueryIsItsInstantQueries, ()) {
  series::MemorySource source;
  load(source, some_series());
  const Engine engine(source);
  const std::string query = *rc::gen::elementOf(std::vector<std::string>{
      "m_total", "rate(m_total[4m])", "sum by (g) (m_total)", "m_total > 50",
      "max_over_time(m_total[3m:1m])", "m_total - on(i) m_total offset 2m", "topk(1, m_total)",
      "absent(m_total)", "count_values(\"v\", m_total)", "m_total and m_total > 20"});
  const auto range = engine.range(query, Timestamp{0}, Timestamp{14 * kMinute}, minutes(2));
  const auto& matrix = std::get<MatrixAnswer>(range.value().value);
  std::size_t cells = 0;
  std::size_t elements = 0;
  for (std::int64_t minute = 0; minute <= 14; minute += 2) {
    const Timestamp at{minute * kMinute};
    const auto instant = engine.instant(query, at);
    for (const auto& element : std::get<VectorAnswer>(instant.value().value)) {
      ++elements;
      for (const auto& [labels, column] : matrix) {
        for (std::size_t i = 0; i < column.size(); ++i) {
          if (labels == element.labels && column.times[i] == at) {
            ++cells;
            RC_ASSERT(column.numbers[i] == element.sample.value.number);
          }
        }
      }
    }
  }
  std::size_t points = 0;
  for (const auto& column : matrix) points += column.column.size();
  RC_ASSERT(cells == elements);
  RC_ASSERT(points == elements);
}

RC_GTEST_PROP(EngineProperty, RatesDoNotDependOnWhenTheyHappened, ()) {
  const std::vector<std::string> lines = some_series();
  series::MemorySource now;
  load(now, lines);
  const Duration shift = minutes(*rc::gen::inRange<std::int64_t>(1, 1'000'000));
  series::MemorySource later;
  const auto found = now.select({}, {}, {});
  for (const series::SeriesColumn& column : found.value()) {
    std::vector<series::Sample> samples;
    for (std::size_t i = 0; i < column.column.size(); ++i) {
      series::Sample sample = column.column.at(i);
      sample.at = sample.at + shift;
      samples.push_back(sample);
    }
    RC_ASSERT(later.add(column.labels, std::move(samples)).has_value());
  }
  const Timestamp at{9 * kMinute};
  for (const std::string query : {"sum(rate(m_total[5m]))", "sum(deriv(m_total[5m]))",
                                  "sum(changes(m_total[7m]))", "max(delta(m_total[4m]))"}) {
    RC_ASSERT(single(Engine(now), query, at) == single(Engine(later), query, at + shift));
  }
}

}  // namespace
}  // namespace daytwo::promql
