#include "learn/forecasters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "chance/pool.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "learn/quiz.h"
#include "model/amount.h"

namespace daytwo::learn {
namespace {

// A person's answers by question; a measured one is another question at another time.
using Answers = std::map<std::string, chance::ScoredAnswer>;

std::string or_else(std::string_view text, std::string_view fallback) {
  return std::string(text.empty() ? fallback : text);
}

void take_answer(const facts::Record& record, const facts::Lesson& lesson, Answers& into) {
  const model::Amount* said = record.find_amount("said");
  if (said == nullptr || !lesson.outcome) return;
  const chance::Estimate& range = said->estimate;
  // A range too narrow for a middle, or too wide to be measured, says nothing of skill.
  const bool rises = range.p05 < range.p50 && range.p50 < range.p95;
  if (!rises || !std::isfinite(range.p95 - range.p05)) return;
  into[fmt::format("{}@{}", record.find_input("question"), record.find_input("asked"))] = {
      range.p05, range.p50, range.p95, *lesson.outcome};
}

// Questions that all have answered.
std::vector<std::string> common(const std::map<std::string, Answers>& people) {
  std::vector<std::string> out;
  for (const auto& [question, answer] : people.begin()->second) {
    const bool all = std::all_of(people.begin(), people.end(), [&](const auto& person) {
      return person.second.contains(question);
    });
    if (all) out.push_back(question);
  }
  return out;
}

// Weight by person; empty where people cannot be compared.
std::map<std::string, double> weigh(const std::map<std::string, Answers>& people) {
  std::map<std::string, double> out;
  if (people.size() < 2) return out;
  const std::vector<std::string> questions = common(people);
  if (questions.size() < chance::kLeastAnswers) return out;
  std::vector<std::vector<chance::ScoredAnswer>> experts;
  for (const auto& [name, answers] : people) {
    auto& expert = experts.emplace_back();
    for (const std::string& question : questions) expert.push_back(answers.at(question));
  }
  const std::vector<double> weights = chance::performance_weights(chance::skills(experts));
  auto weight = weights.begin();
  for (const auto& [name, answers] : people) out[name] = *weight++;
  return out;
}

std::string sentence_of(const Forecaster& row) {
  std::string out = row.ranges > 0 ? range_verdict(row.held, row.ranges) : "";
  if (row.chances > 0) {
    if (!out.empty()) out += "; ";
    out += fmt::format(
        "{}: Brier score {:.3f} (0 is perfect, 0.25 is a coin)",
        counted(static_cast<std::size_t>(row.chances), "chance scored", "chances scored"),
        row.brier);
  }
  return out;
}

}  // namespace

std::vector<Forecaster> forecasters(std::span<const facts::RecordPtr> lessons) {
  std::map<std::pair<std::string, std::string>, Forecaster> rows;
  std::map<std::string, Answers> people;
  for (const facts::RecordPtr& record : lessons) {
    const auto* lesson = facts::body_as<facts::Lesson>(*record);
    if (lesson == nullptr || lesson->kind != facts::LessonKind::kScored || !lesson->outcome) {
      continue;
    }
    const std::string name = or_else(record->find_input("by"), kItself);
    const std::string source = or_else(record->find_input("source"), "model");
    Forecaster& row = rows[{name, source}];
    row.name = name;
    row.source = source;
    if (lesson->inside) {
      ++row.ranges;
      row.held += *lesson->inside ? 1 : 0;
    }
    if (lesson->chance && lesson->score) {
      ++row.chances;
      row.brier += *lesson->score;  // a sum until all are in
    }
    if (source == kTraining) take_answer(*record, *lesson, people[name]);
  }
  const std::map<std::string, double> weights = weigh(people);
  std::vector<Forecaster> out;
  for (auto& [key, row] : rows) {
    if (row.chances > 0) row.brier /= static_cast<double>(row.chances);
    row.sentence = sentence_of(row);
    const auto weight = weights.find(row.name);
    if (row.source == kTraining && weight != weights.end()) row.weight = weight->second;
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace daytwo::learn
