// Premises: what verdicts on a register rest on beside their own inputs: the texts of its files,
// the stakes, and what of the history bears on it. The journal keeps each as a record of its own,
// once for each change and not once for each verdict; a verdict names the hash of the version that
// it was judged with. The hash finds accidents, not forgers. Thread rule: pure functions.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "decide/history.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide {

// The names of premises.
inline constexpr std::string_view kRegister = "register";
inline constexpr std::string_view kStakes = "stakes";
inline constexpr std::string_view kHistory = "history";

// One of them, as it is kept.
struct Premise {
  std::string name;
  std::string text;  // JSON
  std::string hash;  // of the text
};

// What each says; the same content has the same text.
[[nodiscard]] Premise register_premise(std::span<const model::WorrySource> sources);
[[nodiscard]] Premise stakes_premise(const model::Stakes& stakes);
[[nodiscard]] Premise history_premise(const History& history);

// The inputs by which a verdict names `premises`, and how many trials a year it counted on.
[[nodiscard]] std::vector<facts::Input> premise_inputs(std::span<const Premise> premises,
                                                       std::optional<double> trials_a_year);

// The records of those `premises` that a verdict among `said` names and the newest record in
// `snapshot` does not hold.
[[nodiscard]] std::vector<facts::Record> unwritten(std::span<const Premise> premises,
                                                   std::span<const facts::Record> said,
                                                   const facts::Snapshot& snapshot, Timestamp now);

// What a verdict was judged with.
struct Grounds {
  model::WorryFile file;
  model::Stakes stakes;
  History history;
  std::optional<double> trials_a_year;
};

// Inverse: the grounds that `verdict` names, from the journal. Errors: kNotFound for a verdict that
// names none, and for a version that the journal does not have; kCorrupt for a text that is not the
// one that was hashed, or does not read.
[[nodiscard]] Result<Grounds> grounds_of(const facts::Record& verdict,
                                         const facts::Journal& journal);

// The newest record under `key` that `wanted` accepts. Errors: kNotFound, kCorrupt when what is
// sought may be among records that cannot be read.
template <typename Wanted>
[[nodiscard]] Result<facts::RecordPtr> newest_where(const facts::Journal& journal,
                                                    const WorryKey& key, Wanted wanted) {
  constexpr std::size_t kFirstLook = 16;  // what is sought is mostly the last
  for (std::size_t limit = kFirstLook;; limit *= 4) {
    TRY(const facts::Past past, journal.history(key, limit));
    for (auto at = past.records.rbegin(); at != past.records.rend(); ++at) {
      if (wanted(**at)) return *at;
    }
    if (past.records.size() + past.unreadable >= limit) continue;
    if (past.unreadable == 0) return fail(Code::kNotFound, "no such record of " + key.value);
    return fail(Code::kCorrupt, fmt::format("no such record of {}, and {}", key.value,
                                            facts::unread_words(past.unreadable)));
  }
}

}  // namespace daytwo::decide
