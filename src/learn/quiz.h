// Calibration training: questions with a known number, answered by a 90 % range. Most come from
// what this installation has measured itself, so that people train on what they decide about; the
// rest from the base-rate catalogue. Ten ranges are marked by how many hold, with the exact
// binomial chance of doing that badly [Lichtenstein, Fischhoff, Phillips 1982, in "Judgment under
// Uncertainty"]. Thread rule: pure functions over plain values and a source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/seed.h"
#include "facts/record.h"
#include "series/source.h"

namespace daytwo::learn {

// Questions of one sitting, and how many of them are measured ones where there are that many.
inline constexpr std::size_t kQuizQuestions = 10;
inline constexpr std::size_t kMeasuredQuestions = 7;
// The share of ranges that should hold.
inline constexpr double kQuizConfidence = 0.9;

// A question and its answer.
struct Question {
  std::string id;      // "requests/checkout"; the same question has the same id
  std::string text;    // "requests to checkout in the last hour"
  std::string unit;    // "%", "USD", "ms", ...
  std::string source;  // PromQL, or a citation
  double truth = 0;
  bool measured = false;
};

// What the store can answer at `at`: one question for each service, host, mount point, probe and
// workload of each kind that it holds samples of. A kind whose query fails is left out. Cost: one
// query a kind.
[[nodiscard]] std::vector<Question> measured_questions(const series::Source& source, Timestamp at);

// The verified rows of the base-rate catalogue.
[[nodiscard]] std::vector<Question> cited_questions();

// At most kQuizQuestions of them in an order drawn from `seed`, measured ones up to
// kMeasuredQuestions, no two measured ones of a kind while another kind is left.
[[nodiscard]] std::vector<Question> draw_quiz(std::vector<Question> measured,
                                              std::vector<Question> cited, chance::Seed seed);

// A person's range for one question.
struct RangeAnswer {
  std::string id;
  double low = 0;
  double high = 0;
};

// A question beside its answer.
struct MarkedAnswer {
  Question question;
  double low = 0;
  double high = 0;
  [[nodiscard]] bool held() const { return low <= question.truth && question.truth <= high; }
};

// Each answer beside its question. Errors: kInvalid for no answer, a question that is not among
// `known` or answered twice, an end that is not finite, or a lower end that is not below the upper.
[[nodiscard]] Result<std::vector<MarkedAnswer>> mark(std::span<const RangeAnswer> answers,
                                                     std::span<const Question> known);

// How much wider ranges should be, whose normal deviation would make `held` of `count` hold where
// nine in ten should: z(0.95) / z((1 + h) / 2) with h = (held + 1/2) / (count + 1), between 0.2 and
// 10. Below 1: narrower. REQUIRES: 0 <= held <= count, count > 0.
[[nodiscard]] double widening(std::int64_t held, std::int64_t count);

// What `held` of `count` 90 % ranges say in words: too narrow or too wide where a calibrated person
// would do as badly less than once in twenty times, and by how much. REQUIRES: as widening.
[[nodiscard]] std::string range_verdict(std::int64_t held, std::int64_t count);

// The Lesson of one marked answer of `by`: a forecast of a number, scored at once. Its key is made
// of the person and the question (and, for a measured one, of when it was asked), so that an answer
// counts once: whoever has seen the truth knows it.
[[nodiscard]] facts::Record to_record(const MarkedAnswer& answer, const std::string& by,
                                      Timestamp asked, Timestamp now);

// How a record of training says what it is, in the input "source".
inline constexpr std::string_view kTraining = "training";

}  // namespace daytwo::learn
