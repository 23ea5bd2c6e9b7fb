#include "decide/risk/rate.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "decide/case.h"
#include "decide/history.h"
#include "model/sentence.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {

Result<YearlyRate> rate_of(const model::FiledWorry& worry, std::optional<double> trials_a_year,
                           const History& history, Timestamp now) {
  model::FiledRate rate;
  std::string what = worry.title;
  if (worry.rate) {
    rate = *worry.rate;
  } else {
    TRY(const model::WorrySentence sentence, model::parse_sentence(worry.sentence));
    rate.text = worry.sentence;
    rate.written = sentence.frequency;
    what = sentence.what;
  }
  const auto counted = deploys_a_year(history, worry.service, now);
  auto events = rate.events_a_year(counted ? counted : trials_a_year);
  if (!events) {
    if (events.error().code != Code::kNotFound) return fail(std::move(events).error());
    return fail(Code::kNotFound,
                fmt::format("worry '{}' counts on deploys, and none are counted", worry.id));
  }
  YearlyRate out{*std::move(events), rate.at_most_once(), ""};
  if (out.at_most_once) return out;
  const auto learned = taught({out.events, "stated"}, history, worry.service, what, now);
  if (!learned) return out;
  out.events = learned->what;
  out.note = fmt::format("'{}': how often is {}", worry.id, learned->source);
  return out;
}

Uncertain size_of(const model::WorrySentence& sentence, const chance::Distribution& stated,
                  const std::string& service, const History& history) {
  Uncertain out{stated, "stated"};
  if (sentence.size.unit != model::kHoursLost) return out;
  const auto learned = taught_hours(out, history, service, sentence.what);
  return learned ? learned->hours : out;
}

}  // namespace daytwo::decide::risk
