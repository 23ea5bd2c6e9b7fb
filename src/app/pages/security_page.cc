// GET /security and /security/posture: promises of security, for us and for a client.
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/view_security.h"
#include "app/pages/answer_pages.h"
#include "app/pages/unknown_name.h"
#include "app/pages/worry_view.h"
#include "base/hash.h"
#include "base/text.h"
#include "decide/decider.h"
#include "decide/security/answer.h"
#include "decide/security/span.h"
#include "model/amount.h"
#include "model/objective.h"
#include "model/stakes.h"

namespace daytwo::app {
namespace {

namespace security = decide::security;

// Records of a source that are read to learn when it began.
constexpr std::size_t kSourceRecords = 10'000;
constexpr std::string_view kInWindow = "in the window";

api::StandingView standing_of(const security::Answer& answer) {
  if (!answer.was_looked) return api::StandingView::kUnknown;
  return answer.measured.is_kept(answer.promise) ? api::StandingView::kKept
                                                 : api::StandingView::kBroken;
}

api::ExposureCost cost_of(const security::Answer& answer) {
  const auto amount = [&](const chance::Estimate& estimate, std::string_view window) {
    return api::to_view(model::Amount{estimate, answer.unit, std::string(window),
                                      answer.measured.at, std::string(security::kEngine)});
  };
  return {amount(answer.price.so_far, kInWindow),
          amount(answer.price.allowed, kInWindow),
          amount(answer.price.late, kInWindow),
          amount(answer.price.a_day, model::kADay),
          amount(answer.price.a_late_day, model::kADay),
          answer.stake,
          answer.price.unknown};
}

std::vector<api::SecurityCredit> credits_of(const security::Answer& answer) {
  std::vector<api::SecurityCredit> out;
  for (const security::Owed& owed : answer.owed) {
    const auto amount = [&](const security::Credit& credit) {
      return api::to_view(model::Amount{credit.money, owed.currency, std::string(kInWindow),
                                        answer.measured.at, std::string(security::kEngine)});
    };
    out.push_back({owed.with, owed.owed_to_us, owed.now.share, amount(owed.now), owed.if_left.share,
                   amount(owed.if_left), owed.if_mended.share, amount(owed.if_mended)});
  }
  return out;
}

std::vector<api::PromisedExposure> exposures_of(const security::Answer& answer) {
  std::vector<api::PromisedExposure> out;
  for (const security::Counted& counted : answer.measured.exposures) {
    out.push_back({short_id(counted.span->key), counted.span->title, counted.span->host,
                   counted.still_open, counted.is_late, counted.due, counted.days, counted.overdue,
                   counted.span->next_step});
  }
  return out;
}

api::SecurityRow to_row(const security::Answer& answer) {
  const security::Measured& found = answer.measured;
  api::SecurityRow row;
  row.service = answer.promise.service.value;
  row.name = answer.promise.name;
  row.promise = model::to_words(answer.promise);
  row.target = model::target_words(answer.promise.target_ppb);
  row.standing = standing_of(answer);
  row.sentence = answer.sentence;
  row.services.assign(answer.services.begin(), answer.services.end());
  row.from = found.from;
  row.measured_share = answer.was_looked ? found.measured_share : 0;
  row.within = found.within();
  row.days = found.days;
  row.late_days = found.overdue;
  row.budget_days = found.budget(answer.promise);
  row.budget_left_days = found.budget_left(answer.promise);
  row.burn = found.burn(answer.promise);
  row.open = static_cast<std::int64_t>(found.still_open);
  row.late = static_cast<std::int64_t>(found.late);
  row.not_counted = static_cast<std::int64_t>(found.not_ours);
  (found.is_kept(answer.promise) ? row.breaks_by : row.kept_again_by) =
      found.is_kept(answer.promise) ? answer.turns_if_left : answer.turns_if_mended;
  row.median_days = answer.mending.median_days;
  row.mended_when_due = answer.mending.within_due;
  row.cost = cost_of(answer);
  row.credits = credits_of(answer);
  row.exposures = exposures_of(answer);
  return row;
}

api::PostureRow to_row(const security::Posture& posture) {
  return {posture.service,        posture.promise, static_cast<api::StandingView>(posture.standing),
          posture.sentence,       posture.from,    posture.to,
          posture.measured_share, posture.within,  posture.median_days};
}

// The promises of `service`, or of all. Errors: kNotFound, with the nearest name.
Result<std::vector<model::SecurityPromise>> promises_of(const model::Catalog& catalog,
                                                        const std::string& service) {
  std::vector<model::SecurityPromise> out;
  if (!service.empty() && catalog.find(ServiceId(service)) == nullptr) {
    std::vector<std::string> names;
    for (const model::Service& each : catalog.all()) names.push_back(each.id.value);
    return fail(unknown_name("service", service, names));
  }
  for (const model::Service& each : catalog.all()) {
    if (!service.empty() && each.id.value != service) continue;
    out.insert(out.end(), each.security.begin(), each.security.end());
  }
  return out;
}

std::string sentence_of(const std::vector<security::Answer>& answers, const std::string& service) {
  if (answers.empty()) {
    return service.empty() ? "no service promises security yet"
                           : fmt::format("{} promises no security yet", service);
  }
  if (answers.size() == 1) return answers.front().sentence;
  const auto broken =
      std::count_if(answers.begin(), answers.end(), [](const security::Answer& answer) {
        return standing_of(answer) == api::StandingView::kBroken;
      });
  return fmt::format("{}: {} broken", counted(answers.size(), "promise", "promises"), broken);
}

}  // namespace

// What was measured of all promises. The spans live as long as the answers that point into them.
struct AnswerPages::Promised {
  std::vector<security::ExposureSpan> spans;
  std::vector<security::Answer> answers;
};

Result<AnswerPages::Promised> AnswerPages::promised(const std::string& service) {
  const auto config = context_.config();
  TRY(const auto promises, promises_of(config->catalog, service));
  const Timestamp now = context_.clock.wall();
  Promised out;
  Duration longest;
  for (const auto& promise : promises) longest = std::max(longest, promise.window);
  TRY(out.spans, security::load_spans(context_.journal, now - longest, now));
  TRY(const facts::Past source,
      context_.journal.history(WorryKey("source/exposure"), kSourceRecords));
  const model::Stakes stakes = decide::stakes_in(context_.journal.snapshot());
  for (const auto& promise : promises) {
    out.answers.push_back(security::answer_of(
        promise,
        {config->catalog, stakes, out.spans, security::matched_since(source.records), now}));
  }
  return out;
}

Result<api::SecurityPage> AnswerPages::security(const std::string& service) {
  api::SecurityPage page;
  stamp(context_, page);
  TRY(const Promised found, promised(service));
  page.sentence = sentence_of(found.answers, service);
  for (const security::Answer& answer : found.answers) {
    page.rows.push_back(to_row(answer));
    if (answer.stake.empty() && !page.question && !answer.measured.exposures.empty()) {
      page.question = to_question(model::StakeOf::kIncident, answer.promise.service.value);
      page.question->why = "until then a day of delay is counted in incidents, not in money";
    }
  }
  if (found.answers.empty()) {
    page.teach = "security: [{name: known-exploited, due: 21d, target: 99}] in a service's file";
  } else if (sources_.advisories() == nullptr) {
    page.teach = "advisories: [FOLDER] in daytwo.yml";
    page.coverage.emplace_back("no advisory file is configured: no package is held against one");
  }
  if (const auto node = context_.node()) {
    page.coverage.insert(page.coverage.end(), node->coverage.begin(), node->coverage.end());
  }
  return page;
}

Result<api::PosturePage> AnswerPages::posture(const std::string& service) {
  api::PosturePage page;
  stamp(context_, page);
  TRY(const Promised found, promised(service));
  for (const security::Answer& answer : found.answers) {
    page.rows.push_back(to_row(security::posture_of(answer)));
  }
  page.sentence = page.rows.empty() ? "no promise of security is made"
                  : page.rows.size() == 1
                      ? page.rows.front().service + ": " + page.rows.front().sentence
                      : counted(page.rows.size(), "promise", "promises");
  return page;
}

}  // namespace daytwo::app
