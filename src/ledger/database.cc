#include "ledger/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "base/check.h"

namespace daytwo::ledger {
namespace {

// The longest wait for another connection's lock; longer means a stuck writer, which the caller
// should hear of.
constexpr int kBusyTimeoutMs = 5000;

Error sqlite_error(std::string_view doing, sqlite3* database, int rc) {
  Code code = Code::kInternal;
  switch (rc & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      code = Code::kUnavailable;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = Code::kCorrupt;
      break;
    case SQLITE_CONSTRAINT:
      code = Code::kConflict;
      break;
    case SQLITE_PERM:
    case SQLITE_AUTH:
      code = Code::kDenied;
      break;
    default:
      break;
  }
  std::string reason = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(rc);
  const int cause =
      (rc & 0xFF) == SQLITE_CANTOPEN && database != nullptr ? sqlite3_system_errno(database) : 0;
  if (cause != 0) reason = std::generic_category().message(cause);
  if (cause == EACCES || cause == EPERM) code = Code::kDenied;
  return make_error(code, fmt::format("{}: {}", doing, reason));
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), raw_(std::exchange(other.raw_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(database_, other.database_);
  std::swap(raw_, other.raw_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(raw_); }

Statement& Statement::bind(int index, std::int64_t value) {
  CHECK(sqlite3_bind_int64(raw_, index, value) == SQLITE_OK, "the parameter exists");
  return *this;
}

Statement& Statement::bind(int index, double value) {
  CHECK(sqlite3_bind_double(raw_, index, value) == SQLITE_OK, "the parameter exists");
  return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
  const int rc = sqlite3_bind_text64(raw_, index, value.data() == nullptr ? "" : value.data(),
                                     value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  CHECK(rc == SQLITE_OK, "the parameter exists");
  return *this;
}

Statement& Statement::bind_null(int index) {
  CHECK(sqlite3_bind_null(raw_, index) == SQLITE_OK, "the parameter exists");
  return *this;
}

Result<bool> Statement::step() {
  const int rc = sqlite3_step(raw_);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  return fail(sqlite_error("running a statement", database_, rc));
}

Result<void> Statement::run() {
  while (true) {
    TRY(const bool row, step());
    if (!row) return {};
  }
}

void Statement::reset() {
  sqlite3_reset(raw_);
  sqlite3_clear_bindings(raw_);
}

std::int64_t Statement::integer(int index) const { return sqlite3_column_int64(raw_, index); }

double Statement::real(int index) const { return sqlite3_column_double(raw_, index); }

std::string Statement::text(int index) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(raw_, index));
  const int size = sqlite3_column_bytes(raw_, index);
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

Result<std::unique_ptr<Database>> Database::open_with(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (rc != SQLITE_OK) {
    Error error = sqlite_error("opening " + path, raw, rc);
    sqlite3_close(raw);
    return fail(std::move(error));
  }
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kBusyTimeoutMs);
  return std::unique_ptr<Database>(new Database(raw));
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode) {
  const bool write = mode == Mode::kReadWrite;
  const int flags = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  TRY(auto database, open_with(path, flags));
  const std::string_view settings =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
  // A read-only connection reads one page, so that a file that is no database is found here.
  const auto ready =
      write ? database->execute(settings) : database->execute("SELECT count(*) FROM sqlite_schema");
  if (!ready) return fail_in("opening " + path, ready.error());
  return database;
}

Result<std::unique_ptr<Database>> Database::open_in_memory() {
  return open_with(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY);
}

Database::~Database() { sqlite3_close_v2(raw_); }

Result<void> Database::execute(std::string_view sql) {
  const std::string text(sql);
  const int rc = sqlite3_exec(raw_, text.c_str(), nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return fail(sqlite_error("running a statement", raw_, rc));
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int rc = sqlite3_prepare_v2(raw_, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  if (rc != SQLITE_OK) return fail(sqlite_error("preparing a statement", raw_, rc));
  return Statement(raw_, raw);
}

Result<void> Database::transaction(const std::function<Result<void>()>& body) {
  TRY_VOID(execute("BEGIN IMMEDIATE"));
  Result<void> done = body();
  if (done) done = execute("COMMIT");
  if (!done && sqlite3_get_autocommit(raw_) == 0) {
    const Result<void> undone = execute("ROLLBACK");
    if (!undone) done.error().context.push_back("and rolling back failed");
  }
  return done;
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(raw_); }

Result<void> Database::backup(const std::string& to) {
  TRY(Statement copy, prepare("VACUUM INTO ?1"));
  copy.bind(1, std::string_view(to));
  Result<void> done = copy.run();
  // SQLite has no code of its own for this.
  constexpr std::string_view kThere = "output file already exists";
  if (!done && std::string_view(sqlite3_errmsg(raw_)) == kThere) {
    done.error().code = Code::kExists;
  }
  return done;
}

Result<void> Database::verify() {
  TRY(Statement check, prepare("PRAGMA integrity_check(1)"));
  TRY(const bool row, check.step());
  const std::string answer = row ? check.text(0) : "no answer";
  if (answer != "ok") return fail(Code::kCorrupt, answer);
  return {};
}

Result<void> migrate(Database& database, std::string_view room,
                     std::span<const Migration> migrations) {
  TRY_VOID(database.execute(
      "CREATE TABLE IF NOT EXISTS schema_version(room TEXT PRIMARY KEY, version INTEGER) STRICT"));
  TRY(Statement read, database.prepare("SELECT version FROM schema_version WHERE room = ?1"));
  read.bind(1, room);
  TRY(const bool known, read.step());
  const int have = known ? static_cast<int>(read.integer(0)) : 0;
  read.reset();
  const int newest = migrations.empty() ? 0 : migrations.back().version;
  if (have > newest) {
    return fail(
        Code::kConflict,
        fmt::format("the ledger's {} tables are of version {}, this program knows up to {}: "
                    "use the program that wrote them, or a newer one",
                    room, have, newest));
  }
  for (const Migration& migration : migrations) {
    if (migration.version <= have) continue;
    const auto apply = [&]() -> Result<void> {
      TRY_VOID(database.execute(migration.sql));
      TRY(Statement write, database.prepare("INSERT INTO schema_version VALUES(?1, ?2) ON "
                                            "CONFLICT(room) DO UPDATE SET version = ?2"));
      write.bind(1, room).bind(2, static_cast<std::int64_t>(migration.version));
      return write.run();
    };
    TRY_VOID(database.transaction(apply));
  }
  return {};
}

}  // namespace daytwo::ledger
