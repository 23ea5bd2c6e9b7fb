#include "facts/ledger_journal.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/text.h"
#include "facts/codec.h"

namespace daytwo::facts {
namespace {

constexpr std::array<ledger::Migration, 1> kMigrations = {{
    {1, R"(
      CREATE TABLE record(
        id INTEGER PRIMARY KEY, ts_ms INTEGER NOT NULL, room TEXT NOT NULL, kind TEXT NOT NULL,
        key TEXT NOT NULL, subject TEXT NOT NULL, state INTEGER NOT NULL,
        version INTEGER NOT NULL, head TEXT NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE INDEX record_by_key ON record(key, id);
      CREATE INDEX record_by_kind ON record(kind, key, id);
      CREATE INDEX record_by_time ON record(kind, ts_ms);
    )"},
}};

constexpr std::string_view kColumns = "id, ts_ms, room, kind, key, subject, state, head, body";

// The record in the current row, or why it cannot be read.
Result<RecordPtr> read_row(const ledger::Statement& row) {
  TRY(Record record, decode(row.text(2), {row.text(3), row.text(7), row.text(8)}));
  record.id = RecordId(static_cast<std::uint64_t>(row.integer(0)));
  record.ts = {row.integer(1)};
  record.key = WorryKey(row.text(4));
  record.subject = row.text(5);
  const std::int64_t state = row.integer(6);
  record.state = state == 2 ? State::kClosed : state == 1 ? State::kChanged : State::kOpen;
  return std::make_shared<const Record>(std::move(record));
}

}  // namespace

LedgerJournal::LedgerJournal(std::unique_ptr<ledger::Database> writer,
                             std::unique_ptr<ledger::Database> reader)
    : writer_(std::move(writer)), reader_(std::move(reader)) {}

Result<std::unique_ptr<LedgerJournal>> LedgerJournal::open(const std::string& path) {
  TRY(auto writer, ledger::Database::open(path, ledger::Database::Mode::kReadWrite));
  TRY_VOID(ledger::migrate(*writer, "facts", kMigrations));
  TRY(auto reader, ledger::Database::open(path, ledger::Database::Mode::kReadOnly));
  std::unique_ptr<LedgerJournal> journal(new LedgerJournal(std::move(writer), std::move(reader)));
  TRY_VOID(journal->load());
  return journal;
}

Result<void> LedgerJournal::load() {
  TRY(ledger::Statement rows,
      reader_->prepare(fmt::format("SELECT {} FROM record WHERE id IN "
                                   "(SELECT max(id) FROM record GROUP BY kind, key) ORDER BY id",
                                   kColumns)));
  std::vector<RecordPtr> records;
  while (true) {
    TRY(const bool more, rows.step());
    if (!more) break;
    Result<RecordPtr> record = read_row(rows);
    if (record) {
      records.push_back(std::move(*record));
    } else {
      problems_.push_back(
          fmt::format("record {}: {}", rows.integer(0), record.error().to_string()));
    }
  }
  state_.add(records);
  return {};
}

Result<std::vector<RecordPtr>> LedgerJournal::append(std::vector<Record> records) {
  if (records.empty()) return std::vector<RecordPtr>();
  Waiting mine;
  mine.records = std::move(records);
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&mine);
  committed_.wait(lock, [&] { return mine.done || !leading_; });
  if (!mine.done) {
    leading_ = true;
    std::vector<Waiting*> batches = std::exchange(queue_, {});
    lock.unlock();
    commit(batches);
    lock.lock();
    for (Waiting* batch : batches) batch->done = true;
    leading_ = false;
    committed_.notify_all();
  }
  lock.unlock();
  publisher_.drain();
  if (!mine.outcome) return fail(std::move(mine.outcome).error());
  return std::move(mine.stored);
}

void LedgerJournal::commit(std::vector<Waiting*>& batches) {
  const Result<void> done = writer_->transaction([&]() -> Result<void> {
    TRY(ledger::Statement row,
        writer_->prepare("INSERT INTO record(ts_ms, room, kind, key, subject, state, version, "
                         "head, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    for (Waiting* batch : batches) {
      for (Record& record : batch->records) TRY_VOID(insert(row, record));
    }
    return {};
  });
  if (!done) {
    for (Waiting* batch : batches) batch->outcome = fail(done.error());
    return;
  }
  // Commits are led one at a time, so ids rise from commit to commit; so does the line of what is
  // to be published. Published is after the lead is given up, because subscribers may append.
  std::vector<RecordPtr> all;
  for (Waiting* batch : batches) {
    for (Record& record : batch->records) {
      batch->stored.push_back(std::make_shared<const Record>(std::move(record)));
      all.push_back(batch->stored.back());
    }
  }
  state_.add(all);
  publisher_.enqueue(std::move(all));
}

Result<void> LedgerJournal::insert(ledger::Statement& row, Record& record) {
  const StoredRecord stored = encode(record);
  row.reset();
  row.bind(1, record.ts.ms)
      .bind(2, room_of(record))
      .bind(3, std::string_view(stored.kind))
      .bind(4, std::string_view(record.key.value))
      .bind(5, std::string_view(record.subject))
      .bind(6, static_cast<std::int64_t>(record.state))
      .bind(7, static_cast<std::int64_t>(kRecordVersion))
      .bind(8, std::string_view(stored.head))
      .bind(9, std::string_view(stored.body));
  TRY_VOID(row.run());
  record.id = RecordId(static_cast<std::uint64_t>(writer_->last_insert_id()));
  return {};
}

Result<Past> LedgerJournal::select(const std::string& where, std::string_view text, Timestamp from,
                                   Timestamp to, std::size_t limit) const {
  const std::lock_guard lock(reader_mutex_);
  TRY(ledger::Statement rows,
      reader_->prepare(fmt::format("SELECT * FROM (SELECT {} FROM record WHERE {} AND ts_ms >= ?2 "
                                   "AND ts_ms < ?3 ORDER BY id DESC LIMIT ?4) ORDER BY id",
                                   kColumns, where)));
  rows.bind(1, text).bind(2, from.ms).bind(3, to.ms).bind(4, static_cast<std::int64_t>(limit));
  Past out;
  while (true) {
    TRY(const bool more, rows.step());
    if (!more) return out;
    if (Result<RecordPtr> record = read_row(rows)) {
      out.records.push_back(std::move(*record));
    } else {
      ++out.unreadable;
    }
  }
}

Result<Past> LedgerJournal::history(const WorryKey& key, std::size_t limit) const {
  return select("key = ?1", key.value, kMinTimestamp, kMaxTimestamp, limit);
}

Result<Past> LedgerJournal::between(std::string_view kind, Timestamp from, Timestamp to,
                                    std::size_t limit) const {
  return select("kind = ?1", kind, from, to, limit);
}

Result<std::int64_t> LedgerJournal::forget_before(Timestamp before) {
  std::unique_lock lock(queue_mutex_);
  committed_.wait(lock, [&] { return !leading_; });
  leading_ = true;
  lock.unlock();
  std::int64_t removed = 0;
  const Result<void> done = writer_->transaction([&]() -> Result<void> {
    TRY(ledger::Statement row,
        writer_->prepare("DELETE FROM record WHERE ts_ms < ?1 AND room = 'observe' AND id NOT IN "
                         "(SELECT max(id) FROM record GROUP BY kind, key) RETURNING id"));
    row.bind(1, before.ms);
    while (true) {
      TRY(const bool more, row.step());
      if (!more) return {};
      ++removed;
    }
  });
  lock.lock();
  leading_ = false;
  committed_.notify_all();
  if (!done) return fail(done.error());
  return removed;
}

Result<RecordCheck> check_records(const std::string& path) {
  constexpr std::size_t kMostNamed = 20;
  TRY(auto database, ledger::Database::open(path, ledger::Database::Mode::kReadOnly));
  TRY(auto table, database->prepare("SELECT 1 FROM sqlite_master WHERE name = 'record'"));
  TRY(const bool has_journal, table.step());
  RecordCheck out;
  if (!has_journal) return out;
  TRY(ledger::Statement rows,
      database->prepare(fmt::format("SELECT {} FROM record ORDER BY id", kColumns)));
  while (true) {
    TRY(const bool more, rows.step());
    if (!more) return out;
    ++out.records;
    const Result<RecordPtr> record = read_row(rows);
    if (record) continue;
    if (++out.unreadable > kMostNamed) continue;
    out.problems.push_back(fmt::format("record {} of {}: {}", rows.integer(0),
                                       to_utf8(rows.text(4)), record.error().to_string()));
  }
}

}  // namespace daytwo::facts
