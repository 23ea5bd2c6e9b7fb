#include "decide/answer.h"

#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/judge.h"
#include "decide/reading.h"
#include "decide/worlds.h"
#include "facts/filed.h"
#include "facts/record.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide {

Result<Answer> answer(const Asked& asked, chance::Seed seed, Timestamp now) {
  for (const std::string* quantity : {&asked.once, &asked.takes, &asked.cuts}) {
    if (!quantity->empty()) TRY_VOID(model::parse_quantity(*quantity));
  }
  model::Stakes stakes;
  for (const std::string& text : asked.stakes) {
    TRY(model::Stake stake, model::parse_stake(text));
    stakes.add(std::move(stake));
  }
  model::FiledWorry entry;
  entry.sentence = asked.sentence;
  entry.service = asked.service;
  entry.option = {asked.option, asked.once, asked.takes, asked.cuts};
  const std::optional<double> trials =
      asked.trials_a_year > 0 ? std::optional(asked.trials_a_year) : std::nullopt;
  TRY(const facts::Record finding, facts::filed_worry(entry, trials, now));
  const auto item = read_case(finding, stakes, now);
  if (!item) return fail(Code::kNotFound, "the count behind the rate is not known");
  Answer out;
  out.understood = facts::body_as<facts::Finding>(finding)->understood;
  out.judgement = judge(*item, seed, now);
  const bool hour_known = item->has(Part::kHour) || item->get(Part::kWork).what.mean() <= 0;
  if ((item->sized_in_money() || item->has(Part::kPrice)) && hour_known) {
    out.studies = studies(*item, seed);
    out.account = item->currency;
  }
  return out;
}

}  // namespace daytwo::decide
