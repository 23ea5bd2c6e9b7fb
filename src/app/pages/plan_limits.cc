#include "app/pages/plan_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/tail_limit.h"

namespace daytwo::app {
namespace {

namespace plan = decide::plan;

Error wrong(std::string_view name, const std::string& text, const std::string& expected) {
  return make_error(Code::kInvalid,
                    fmt::format("{} '{}': expected {}", name, to_utf8(text), expected));
}

// One number of 0 or more.
Result<double> number_of(std::string_view name, const std::string& text,
                         const std::string& expected) {
  const auto read = model::parse_quantity(text + " hours");
  if (!read || read->low != read->high || read->low < 0) return fail(wrong(name, text, expected));
  return read->low;
}

Result<double> money_of(const std::string& text, const std::string& currency) {
  // A slider says "100000" and means the register's currency.
  const auto plain = model::parse_quantity(text + " " + currency);
  const auto read = plain ? plain : model::parse_quantity(text);
  if (!read || read->unit.size() != 3 || read->low != read->high || read->low < 0) {
    return fail(wrong("budget", text, "one amount of money such as $100k"));
  }
  if (read->unit != currency) {
    return fail(wrong("budget", text, "an amount in " + currency + ", as the register"));
  }
  return read->low;
}

}  // namespace

Result<plan::Horizon> horizon_of(const api::PlanQuery& query) {
  plan::Horizon out;
  if (!query.years.empty()) {
    TRY(out.years, number_of("years", query.years, "years such as 1 or 3"));
    if (out.years <= 0 || out.years > 50) {
      return fail(wrong("years", query.years, "more than 0, at most 50"));
    }
  }
  if (!query.discount.empty()) {
    const auto read = model::parse_quantity(query.discount);
    if (!read || read->unit != model::kProbability || read->low != read->high || read->low > 1) {
      return fail(wrong("discount", query.discount, "a share a year such as 8%"));
    }
    out.discount = read->low;
  }
  return out;
}

Result<plan::Problem> limits_of(const api::PlanQuery& query, const plan::Register& reg) {
  plan::Problem out;
  if (!query.budget.empty()) {
    TRY(out.money, money_of(query.budget, reg.currency));
  }
  out.team_days.assign(reg.shape.teams.size(), plan::kNoLimit);
  for (const std::string& text : query.days) {
    if (text.empty()) continue;
    const std::size_t equals = text.find('=');
    const std::string team =
        equals == std::string::npos ? reg.shape.teams[plan::kEverybody] : text.substr(0, equals);
    const auto at = std::find(reg.shape.teams.begin(), reg.shape.teams.end(), team);
    if (at == reg.shape.teams.end()) {
      const std::string near = nearest_word(team, reg.shape.teams);
      return fail(wrong("days", text,
                        "TEAM=DAYS of a team of the register" +
                            (near.empty() ? "" : " (did you mean '" + near + "'?)")));
    }
    TRY(out.team_days[static_cast<std::size_t>(at - reg.shape.teams.begin())],
        number_of("days", equals == std::string::npos ? text : text.substr(equals + 1),
                  "a number of person-days such as 20 or payments=10"));
  }
  return out;
}

Result<std::optional<plan::TailLimit>> tail_of(const api::PlanQuery& query,
                                               const model::WorryFile& file,
                                               const plan::Register& reg) {
  if (query.tail == "none") return std::optional<plan::TailLimit>();
  std::optional<model::StatedTail> stated = file.tail_limit;
  if (!query.tail.empty()) {
    TRY(stated, model::parse_tail_limit(query.tail));
  }
  if (!stated) return std::optional<plan::TailLimit>();
  if (stated->currency != reg.currency) {
    return fail(Code::kInvalid, fmt::format("the limit on the tail is in {}, the register in {}",
                                            stated->currency, reg.currency));
  }
  return std::optional(plan::TailLimit{stated->loss, stated->level});
}

}  // namespace daytwo::app
