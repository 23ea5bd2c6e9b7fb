// SQLite with values for errors: open, statements, transactions, migrations, backup.
// Durability: WAL with synchronous=FULL, so a committed transaction survives a power cut.
// Thread rule: a Database and its statements belong to one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace daytwo::ledger {

class Database;

// A prepared statement. Bind from 1, step, read columns from 0; reset() to use it again.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // REQUIRES: 1 <= index <= number of parameters.
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, double value);
  Statement& bind(int index, std::string_view value);
  Statement& bind_null(int index);

  // True when a row is there, false at the end. Errors: kUnavailable (full, locked, I/O), kConflict
  // (unique), kCorrupt.
  [[nodiscard]] Result<bool> step();
  // Runs to the end; for statements without rows.
  [[nodiscard]] Result<void> run();
  // Makes it ready for new values.
  void reset();

  // REQUIRES: step() returned true, index within the row.
  [[nodiscard]] std::int64_t integer(int index) const;
  [[nodiscard]] double real(int index) const;
  [[nodiscard]] std::string text(int index) const;

 private:
  friend class Database;
  Statement(sqlite3* database, sqlite3_stmt* raw) : database_(database), raw_(raw) {}

  sqlite3* database_;
  sqlite3_stmt* raw_;
};

// One connection.
class Database {
 public:
  enum class Mode : std::uint8_t { kReadWrite, kReadOnly };

  // Opens, creating when absent. Errors: kUnavailable, kDenied, kCorrupt (not a database), each
  // naming the path.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode);
  // A database in memory, for tests.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open_in_memory();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // Runs one or more statements without rows.
  [[nodiscard]] Result<void> execute(std::string_view sql);
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);
  // Runs `body` inside BEGIN IMMEDIATE and COMMIT; rolls back when it fails.
  [[nodiscard]] Result<void> transaction(const std::function<Result<void>()>& body);
  [[nodiscard]] std::int64_t last_insert_id() const;

  // Copies the whole database, consistent while others write, into a new file. Errors: kExists,
  // kUnavailable.
  [[nodiscard]] Result<void> backup(const std::string& to);
  // SQLite's own check of every page. Errors: kCorrupt with the first finding.
  [[nodiscard]] Result<void> verify();

 private:
  explicit Database(sqlite3* raw) : raw_(raw) {}
  [[nodiscard]] static Result<std::unique_ptr<Database>> open_with(const std::string& path,
                                                                   int flags);

  sqlite3* raw_;
};

// One step of a schema, applied once and for ever.
struct Migration {
  int version;
  std::string_view sql;
};

// Brings the schema of `room` to the newest of `migrations` (rising versions from 1), each in a
// transaction. Errors: kConflict when the file is newer than this program, naming the version
// needed.
[[nodiscard]] Result<void> migrate(Database& database, std::string_view room,
                                   std::span<const Migration> migrations);

}  // namespace daytwo::ledger
