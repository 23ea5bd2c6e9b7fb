#include "learn/quiz.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "chance/learning.h"
#include "chance/score.h"
#include "chance/seed.h"
#include "facts/judgement.h"
#include "learn/learner.h"
#include "model/base_rates.h"
#include "promql/engine.h"

namespace daytwo::learn {
namespace {

// One kind of question: a query whose elements are told apart by `label`.
struct Kind {
  std::string_view id;
  std::string_view query;
  std::string_view label;
  std::string_view text;  // {} is the label's value
  std::string_view unit;
};

constexpr std::array<Kind, 9> kKinds = {{
    {"requests", "sum by (service) (increase(http_requests_total[1h]))", "service",
     "requests to {} in the last hour", "requests"},
    {"failed",
     "100 * sum by (service) (increase(http_requests_total{code=~\"5..\"}[1h]))"
     " / sum by (service) (increase(http_requests_total[1h]))",
     "service", "percent of the requests to {} in the last hour that failed", "%"},
    {"slow",
     "1000 * histogram_quantile(0.99,"
     " sum by (service, le) (rate(http_request_duration_seconds_bucket[1h])))",
     "service", "milliseconds that 99 in 100 requests to {} stayed below in the last hour", "ms"},
    {"cpu", "sum by (instance) (increase(node_cpu_seconds_total{mode!~\"idle|iowait\"}[1h]))",
     "instance", "seconds of processor time that host {} used in the last hour", "s"},
    {"disk",
     "100 * (1 - sum by (mountpoint) (node_filesystem_avail_bytes)"
     " / sum by (mountpoint) (node_filesystem_size_bytes))",
     "mountpoint", "percent of the filesystem {} that is in use", "%"},
    {"written", "sum by (instance) (increase(node_disk_written_bytes_total[1h])) / 2^20",
     "instance", "MiB that host {} wrote to its disks in the last hour", "MiB"},
    {"switches", "sum by (instance) (rate(node_context_switches_total[1h]))", "instance",
     "times a second that host {} changed from one task to another, in the last hour", "a second"},
    {"memory",
     "max by (workload) (max_over_time(daytwo_cgroup_memory_working_set_bytes[1h])) / 2^20",
     "workload", "MiB of memory that {} used at most in the last hour", "MiB"},
    {"probe", "1000 * avg by (instance) (avg_over_time(probe_duration_seconds[1h]))", "instance",
     "milliseconds that {} took to answer, on average over the last hour", "ms"},
}};

std::vector<Question> ask(const Kind& kind, const promql::Engine& engine, Timestamp at) {
  const auto answer = engine.instant(kind.query, at);
  const auto* vector = answer ? std::get_if<promql::VectorAnswer>(&answer->value) : nullptr;
  std::vector<Question> out;
  if (vector == nullptr) return out;
  for (const promql::VectorElement& each : *vector) {
    const std::string name(each.labels.get(kind.label));
    if (name.empty() || each.sample.value.is_histogram()) continue;
    const double truth = each.sample.value.number;
    if (!std::isfinite(truth)) continue;
    out.push_back({fmt::format("{}/{}", kind.id, name), fmt::format(fmt::runtime(kind.text), name),
                   std::string(kind.unit), std::string(kind.query), truth, true});
  }
  return out;
}

template <typename T>
void shuffle(std::vector<T>& items, chance::Stream& stream) {
  for (std::size_t left = items.size(); left > 1; --left) {
    std::swap(items[left - 1],
              items[static_cast<std::size_t>(stream.uniform() * static_cast<double>(left))]);
  }
}

// The n-th question of each kind comes before any (n+1)-th.
void spread_kinds(std::vector<Question>& questions) {
  std::map<std::string, int> seen;
  std::vector<std::pair<int, Question>> turns;
  for (Question& each : questions) {
    const int turn = seen[each.id.substr(0, each.id.find('/'))]++;
    turns.emplace_back(turn, std::move(each));
  }
  std::stable_sort(turns.begin(), turns.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < turns.size(); ++i) questions[i] = std::move(turns[i].second);
}

// The middle that a range stands for: of the logarithms where both ends are above 0.
double middle(double low, double high) {
  if (low <= 0) return low / 2 + high / 2;
  const double product = low * high;
  return std::isnormal(product) ? std::sqrt(product) : std::sqrt(low) * std::sqrt(high);
}

}  // namespace

std::vector<Question> measured_questions(const series::Source& source, Timestamp at) {
  const promql::Engine engine(source);
  std::vector<Question> out;
  for (const Kind& kind : kKinds) {
    for (Question& each : ask(kind, engine, at)) out.push_back(std::move(each));
  }
  return out;
}

std::vector<Question> cited_questions() {
  std::vector<Question> out;
  for (const model::PublishedFigure& row : model::published_figures()) {
    if (!row.verified) continue;
    const bool share = row.is_share();
    out.push_back({std::string(row.id), fmt::format("{}{}", share ? "percent: " : "", row.what),
                   share ? "%" : std::string(row.unit),
                   fmt::format("{}; of {}", row.source, row.population),
                   share ? row.value * 100 : row.value, false});
  }
  return out;
}

std::vector<Question> draw_quiz(std::vector<Question> measured, std::vector<Question> cited,
                                chance::Seed seed) {
  chance::Stream stream(chance::derive(seed, "quiz"), 0);
  shuffle(measured, stream);
  spread_kinds(measured);
  shuffle(cited, stream);
  const std::size_t own =
      std::min(measured.size(),
               kQuizQuestions - std::min(cited.size(), kQuizQuestions - kMeasuredQuestions));
  measured.resize(own);
  cited.resize(std::min(cited.size(), kQuizQuestions - own));
  for (Question& each : cited) measured.push_back(std::move(each));
  shuffle(measured, stream);
  return measured;
}

Result<std::vector<MarkedAnswer>> mark(std::span<const RangeAnswer> answers,
                                       std::span<const Question> known) {
  if (answers.empty()) return fail(Code::kInvalid, "no question is answered");
  std::set<std::string_view> seen;
  std::vector<MarkedAnswer> out;
  for (const RangeAnswer& answer : answers) {
    const auto question = std::find_if(known.begin(), known.end(),
                                       [&](const Question& each) { return each.id == answer.id; });
    if (question == known.end()) {
      return fail(Code::kInvalid, fmt::format("there is no question '{}' now", answer.id));
    }
    if (!seen.insert(answer.id).second) {
      return fail(Code::kInvalid, fmt::format("question '{}' is answered twice", answer.id));
    }
    if (!std::isfinite(answer.low) || !std::isfinite(answer.high) || answer.low >= answer.high) {
      return fail(Code::kInvalid,
                  fmt::format("'{}': the lower end must be below the upper end", answer.id));
    }
    out.push_back({*question, answer.low, answer.high});
  }
  return out;
}

double widening(std::int64_t held, std::int64_t count) {
  CHECK(held >= 0 && held <= count && count > 0, "some of the ranges held");
  const double share = (static_cast<double>(held) + .5) / (static_cast<double>(count) + 1);
  const double factor =
      chance::normal_quantile((1 + kQuizConfidence) / 2) / chance::normal_quantile((1 + share) / 2);
  return std::clamp(factor, 0.2, 10.0);
}

std::string range_verdict(std::int64_t held, std::int64_t count) {
  constexpr double kSurprise = 0.05;
  const double fewer = chance::coverage_test(held, count, kQuizConfidence).fewer_or_equal;
  const double more = held == 0 ? 1 : 1 - chance::binomial_cdf(held - 1, count, kQuizConfidence);
  const std::string score = fmt::format("{} of {} ranges held", held, count);
  if (fewer < kSurprise) {
    return fmt::format(
        "{}: too narrow; make them about {:.1f} times wider (whose 90 % ranges hold nine in ten "
        "does this badly with a chance of {:.2g} %)",
        score, widening(held, count), fewer * 100);
  }
  if (more < kSurprise) {
    return fmt::format(
        "{}: too wide; {:.1f} times their width would do (whose 90 % ranges hold nine in ten holds "
        "that many with a chance of {:.2g} %)",
        score, widening(held, count), more * 100);
  }
  return fmt::format("{}: nothing against their being 90 % ranges", score);
}

facts::Record to_record(const MarkedAnswer& answer, const std::string& by, Timestamp asked,
                        Timestamp now) {
  const Question& question = answer.question;
  chance::Estimate said;
  said.p05 = answer.low;
  said.p95 = answer.high;
  said.p50 = middle(answer.low, answer.high);
  said.p25 = middle(answer.low, said.p50);
  said.p75 = middle(said.p50, answer.high);
  said.mean = said.p50;
  facts::Lesson lesson;
  lesson.kind = facts::LessonKind::kScored;
  lesson.what = question.text;
  lesson.unit = question.unit;
  lesson.due = asked;
  lesson.truth_query = question.measured ? question.source : "";
  lesson.outcome = question.truth;
  lesson.inside = answer.held();
  lesson.score = chance::crps_estimate(said, question.truth);
  facts::Record out;
  out.ts = now;
  out.subject = question.text;
  out.key = WorryKey(question.measured ? fmt::format("training/{}/{}/{}", by, question.id, asked.ms)
                                       : fmt::format("training/{}/{}", by, question.id));
  out.inputs = {{"by", by},
                {"source", std::string(kTraining)},
                {"question", question.id},
                {"asked", fmt::format("{}", question.measured ? asked.ms : 0)}};
  out.engine = kEngine;
  out.sentence = fmt::format("{}: {} said {:.4g} to {:.4g} {}, it is {:.4g}", question.text, by,
                             answer.low, answer.high, question.unit, question.truth);
  out.amounts.push_back({"said", {said, question.unit, "", now, std::string(kEngine)}});
  out.body = std::move(lesson);
  return out;
}

}  // namespace daytwo::learn
