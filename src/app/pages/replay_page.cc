// One verdict, computed again.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/pages/worry_pages.h"
#include "base/text.h"
#include "decide/premises.h"
#include "decide/replay.h"
#include "facts/fold.h"
#include "facts/record.h"
#include "model/verdict.h"

namespace daytwo::app {
namespace {

bool is_computed(const facts::Record& record) {
  const auto* choice = facts::body_as<facts::Choice>(record);
  return choice != nullptr && choice->kind == facts::ChoiceKind::kVerdict &&
         record.state != facts::State::kClosed;
}

std::vector<api::InputView> rests_on(const facts::Record& said) {
  std::vector<api::InputView> out;
  for (const facts::Input& input : said.inputs) out.push_back({input.name, input.value});
  return out;
}

void compare(const facts::Record& said, const facts::Journal& journal, api::ReplayPage& page) {
  const auto again = decide::replay(said, journal);
  if (!again) {
    page.sentence = "not replayed: " + again.error().to_string();
    return;
  }
  page.replayed = true;
  page.differences = decide::differences(said, *again);
  page.same = page.differences.empty();
  page.sentence =
      page.same ? fmt::format("replayed from seed {}: same verdict, same bits", said.seed.value)
                : fmt::format("replayed from seed {}: {}", said.seed.value,
                              counted(page.differences.size(), "thing differs", "things differ"));
}

}  // namespace

Result<api::ReplayPage> WorryPages::replay(const std::string& id) {
  TRY(const WorryKey key, find(id));
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const auto found = decide::newest_where(context_.journal, key, is_computed);
  if (!found && found.error().code == Code::kNotFound) {
    return fail(Code::kNotFound, fmt::format("worry {} has no verdict yet", to_utf8(id)));
  }
  if (!found) return fail(found.error());
  const facts::Record& said = **found;
  const auto& choice = *facts::body_as<facts::Choice>(said);
  api::ReplayPage page;
  stamp(context_, page);
  page.worry = facts::fold(snapshot.thread(key)).title;
  page.verdict = fmt::format("{}: {}", model::to_words(choice.verdict), choice.reason);
  page.judged = said.ts;
  page.seed = said.seed.value;
  page.engine = said.engine;
  page.rests_on = rests_on(said);
  compare(said, context_.journal, page);
  return page;
}

}  // namespace daytwo::app
