// Decider: one turn of this room. It reads the findings and stakes that hold, values what changed,
// and gives back the Choices to store. It keeps no truth of its own: after a restart the journal's
// last verdicts tell what was said already.
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "decide/filed.h"
#include "decide/history.h"
#include "decide/judge.h"
#include "decide/live.h"
#include "decide/premises.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide {

// The key of the one question.
inline constexpr std::string_view kQuestionKey = "question";
// A verdict is written again when one of its figures moved by more than this share, or when its
// kind, question or tripwire changed.
inline constexpr double kMaterial = 0.1;

class Decider {
 public:
  // `seed` starts every valuation; each worry has its own stream, keyed by its key.
  explicit Decider(chance::Seed seed) : seed_(seed) {}

  // What the files state from now on, and the texts that it was read from: worries in parts are
  // judged by it, and the journal keeps the texts. Null: no file.
  void configure(std::shared_ptr<const model::WorryFile> written,
                 std::span<const model::WorrySource> sources);

  // Choices to append: the premises that no record holds yet, a verdict for each open finding that
  // is new or moved, a closed one for each that ended, the question if it changed. Pure but for a
  // cache of what was read.
  // Cost: a few milliseconds for each finding that changed; nothing for the others.
  [[nodiscard]] std::vector<facts::Record> step(const facts::Snapshot& snapshot, Timestamp now);

 private:
  struct Entry {
    RecordId finding;
    RecordId crossed;                          // the tripwire finding that was read
    std::optional<Case> item;                  // without the pull of the group
    const model::FiledWorry* filed = nullptr;  // of written_, when that judges it
    std::optional<Live> live;                  // a part as a tripwire measured it
    std::optional<LogLoss> log_loss;
    std::string judged;  // fingerprint of the case that was last judged
    std::optional<OpenQuestion> question;
    double loss_per_day = 0;
  };

  void read_findings(const facts::Snapshot& snapshot, Timestamp now);
  void read_entry(const facts::Snapshot& snapshot, const facts::Record& finding, Timestamp now,
                  Entry& entry) const;
  [[nodiscard]] FiledJudgement judge_entry(const facts::Record& finding, const Entry& entry,
                                           Timestamp now) const;
  void pull_together();
  void judge_one(const facts::Snapshot& snapshot, const facts::RecordPtr& finding, Timestamp now,
                 std::vector<facts::Record>& out);
  void ask(const facts::Snapshot& snapshot, Timestamp now, std::vector<facts::Record>& out) const;

  const chance::Seed seed_;
  std::shared_ptr<const model::WorryFile> written_;
  Premise register_;             // its texts
  std::int64_t configured_ = 0;  // how often
  std::string stated_;           // fingerprint of the stakes, history and files last read
  model::Stakes stakes_;         // as last read
  History history_;
  History relevant_;               // to the worries of written_
  std::vector<Premise> premises_;  // of what is judged by written_
  std::map<std::string, Entry> entries_;
  std::vector<facts::RecordPtr> findings_;
};

// What step() would say of one finding that is stored nowhere.
struct Preview {
  facts::Record verdict;
  std::optional<OpenQuestion> question;  // the stake that would settle it
};

// Judges `finding` by itself: without the pull of other worries, which step() adds. `seed` is the
// Decider's, so that the stored verdict begins with the same draws. REQUIRES: it holds a Finding.
[[nodiscard]] Preview preview(const facts::Record& finding, const model::Stakes& stakes,
                              chance::Seed seed, Timestamp now);

// The stakes that hold in a snapshot.
[[nodiscard]] model::Stakes stakes_in(const facts::Snapshot& snapshot);

}  // namespace daytwo::decide
