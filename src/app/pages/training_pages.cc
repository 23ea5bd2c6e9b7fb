// Calibration training: questions from the store and the catalogue, answers into the journal.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/learn_pages.h"
#include "base/text.h"
#include "chance/seed.h"
#include "facts/record.h"
#include "learn/quiz.h"

namespace daytwo::app {
namespace {

// Answers of one request: some sittings at once.
constexpr std::size_t kMaxAnswers = 200;
// Seeds that a person can type again.
constexpr std::int64_t kSeeds = 1'000'000;

api::TrainingRow to_row(const learn::MarkedAnswer& answer) {
  const learn::Question& question = answer.question;
  return {question.id, question.text, question.unit,  question.source,
          answer.low,  answer.high,   question.truth, answer.held()};
}

}  // namespace

Result<api::TrainingPage> LearnPages::training(std::int64_t seed) {
  api::TrainingPage page;
  stamp(context_, page);
  page.asked = context_.clock.wall();
  page.seed = seed == 0 ? page.asked.ms % kSeeds + 1 : seed;
  const auto quiz = learn::draw_quiz(learn::measured_questions(context_.source, page.asked),
                                     learn::cited_questions(),
                                     chance::Seed{static_cast<std::uint64_t>(page.seed)});
  std::size_t measured = 0;
  for (const learn::Question& each : quiz) {
    measured += each.measured ? 1 : 0;
    page.questions.push_back({each.id, each.text, each.unit});
  }
  page.sentence = fmt::format(
      "{}, {} of them about what was measured here. Give a range for each that you are 90 % sure "
      "of: about nine of ten should hold.",
      counted(quiz.size(), "question", "questions"), measured);
  return page;
}

Result<api::TrainingResult> LearnPages::answer_training(const api::TrainingRequest& request,
                                                        const std::string& by) {
  const Timestamp now = context_.clock.wall();
  const Timestamp asked = request.asked.value_or(now);
  if (asked > now || asked + days(1) < now) {
    return fail(Code::kInvalid, "the questions were asked at most a day ago; ask for new ones");
  }
  if (request.answers.size() > kMaxAnswers) {
    return fail(Code::kLimit, fmt::format("{} answers; {} are taken at once",
                                          request.answers.size(), kMaxAnswers));
  }
  std::vector<learn::Question> known = learn::measured_questions(context_.source, asked);
  for (learn::Question& each : learn::cited_questions()) known.push_back(std::move(each));
  std::vector<learn::RangeAnswer> answers;
  for (const api::TrainingAnswer& each : request.answers) {
    answers.push_back({each.id, each.low, each.high});
  }
  TRY(const auto marked, learn::mark(answers, known));
  const facts::Snapshot snapshot = context_.journal.snapshot();
  api::TrainingResult out;
  stamp(context_, out);
  std::vector<facts::Record> records;
  for (const learn::MarkedAnswer& each : marked) {
    facts::Record record = learn::to_record(each, by, asked, now);
    api::TrainingRow row = to_row(each);
    row.counted = snapshot.find("scored", record.key) == nullptr;
    if (row.counted) records.push_back(std::move(record));
    out.held += row.held ? 1 : 0;
    out.rows.push_back(std::move(row));
  }
  out.count = static_cast<std::int64_t>(out.rows.size());
  out.sentence = learn::range_verdict(out.held, out.count) + ".";
  if (!records.empty()) TRY_VOID(context_.journal.append(std::move(records)));
  return out;
}

}  // namespace daytwo::app
