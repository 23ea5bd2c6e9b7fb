// The journal on the ledger: one table, one writer, group commit.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "facts/journal.h"
#include "facts/publisher.h"
#include "facts/state.h"
#include "ledger/database.h"

namespace daytwo::facts {

// Threads that append at once share one commit: the first to come writes for all that wait.
class LedgerJournal final : public Journal {
 public:
  // Opens (and migrates) the journal in the ledger file at `path` and reads what holds now.
  // Records that cannot be read are left out and named in `problems()`; they stay in the file.
  [[nodiscard]] static Result<std::unique_ptr<LedgerJournal>> open(const std::string& path);

  [[nodiscard]] Result<std::vector<RecordPtr>> append(std::vector<Record> records) override;
  void subscribe(Subscriber subscriber) override { publisher_.subscribe(std::move(subscriber)); }
  [[nodiscard]] Snapshot snapshot() const override { return state_.snapshot(); }
  [[nodiscard]] Result<Past> history(const WorryKey& key, std::size_t limit) const override;
  [[nodiscard]] Result<Past> between(std::string_view kind, Timestamp from, Timestamp to,
                                     std::size_t limit) const override;

  // Removes sightings older than `before`, but for the newest of each kind and key. Judgements
  // stay. Returns how many went.
  [[nodiscard]] Result<std::int64_t> forget_before(Timestamp before);
  // One sentence per stored record that could not be read at open.
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  struct Waiting {
    std::vector<Record> records;
    std::vector<RecordPtr> stored;
    Result<void> outcome;
    bool done = false;
  };

  LedgerJournal(std::unique_ptr<ledger::Database> writer, std::unique_ptr<ledger::Database> reader);
  [[nodiscard]] Result<void> load();
  // Writes all batches in one transaction; sets each outcome.
  void commit(std::vector<Waiting*>& batches);
  [[nodiscard]] Result<void> insert(ledger::Statement& row, Record& record);
  [[nodiscard]] Result<Past> select(const std::string& where, std::string_view text, Timestamp from,
                                    Timestamp to, std::size_t limit) const;

  const std::unique_ptr<ledger::Database> writer_;  // used by the thread that leads a commit
  mutable std::mutex reader_mutex_;
  const std::unique_ptr<ledger::Database> reader_;  // GUARDED_BY(reader_mutex_)
  std::vector<std::string> problems_;

  std::mutex queue_mutex_;
  std::condition_variable committed_;
  std::vector<Waiting*> queue_;  // GUARDED_BY(queue_mutex_)
  bool leading_ = false;         // GUARDED_BY(queue_mutex_)

  JournalState state_;
  Publisher publisher_;
};

// What a walk over all records of a ledger file found.
struct RecordCheck {
  std::size_t records = 0;
  std::size_t unreadable = 0;
  std::vector<std::string> problems;  // "record 7 of worry/1a2b: ...", the first 20
};

// Reads every record in the ledger file at `path`, changing nothing. A file without a journal holds
// none. Errors: those of opening and reading the file.
[[nodiscard]] Result<RecordCheck> check_records(const std::string& path);

}  // namespace daytwo::facts
