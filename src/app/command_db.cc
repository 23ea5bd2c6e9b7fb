// daytwo db verify | backup | restore: store and ledger together.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "ledger/database.h"
#include "store/backup.h"
#include "store/store.h"

namespace daytwo::app {
namespace {

std::vector<Option> path_option() {
  return {
      {"--storage.path", "FOLDER", "var", "the data; no server may be running on it", "Storage"}};
}

// Held while a command works on the data, so that no server starts meanwhile.
Result<std::unique_ptr<env::FileLock>> take_data(World& world, const std::string& path) {
  if (!world.files.facts(path + "/ledger.db")) {
    return fail(Code::kNotFound, fmt::format("{} holds no daytwo data", path));
  }
  return world.files.lock(path + "/lock");
}

Result<void> verify_ledger(const std::string& path) {
  TRY(auto database, ledger::Database::open(path, ledger::Database::Mode::kReadOnly));
  auto good = database->verify();
  if (!good) return fail_in(path, std::move(good).error());
  return {};
}

int run_verify(World& world, const Arguments& arguments) {
  const std::string path = arguments.get("--storage.path");
  const auto lock = take_data(world, path);
  if (!lock) return print_error(lock.error());
  int exit = kGood;
  if (const auto ledger = verify_ledger(path + "/ledger.db"); !ledger) {
    fmt::print("ledger: {}\n", ledger.error().to_string());
    exit = kFailed;
  } else {
    fmt::print("ledger: good\n");
  }
  const auto report = store::verify(world.files, path + "/store");
  if (!report) return print_error(report.error());
  for (const store::Damage& damage : report->damages) {
    fmt::print("store: {}: {}\n", damage.file, damage.what);
    exit = kFailed;
  }
  fmt::print("store: {} in {} and {} in the log{}\n",
             counted(report->block_samples, "sample", "samples"),
             counted(report->blocks, "block", "blocks"), report->log_samples,
             report->damages.empty() ? ": good" : "");
  return exit;
}

Result<void> backup(World& world, const std::string& path, const std::string& to) {
  if (world.files.facts(to)) return fail(Code::kExists, fmt::format("{} is there already", to));
  TRY_VOID(world.files.make_directories(to));
  TRY(auto database,
      ledger::Database::open(path + "/ledger.db", ledger::Database::Mode::kReadOnly));
  TRY_VOID(database->backup(to + "/ledger.db"));
  store::Options options;
  options.path = path + "/store";
  options.retention_time = Duration{0};
  TRY(auto store, store::Store::open(options, {.files = world.files, .clock = world.clock}));
  TRY_VOID(store->backup(to + "/store"));
  for (const char* name : {"watch.yml", "baseline.yml"}) {
    const auto text = world.files.read(path + '/' + name, 64U << 20U);
    if (!text) continue;
    TRY_VOID(world.files.write_atomic(to + '/' + name, *text, 0640));
  }
  return world.files.sync_directory(to);
}

int run_backup(World& world, const Arguments& arguments) {
  const std::string path = arguments.get("--storage.path");
  const auto lock = take_data(world, path);
  if (!lock) return print_error(lock.error());
  const std::string& to = arguments.positional.at(0);
  if (const auto done = backup(world, path, to); !done) return print_error(done.error());
  fmt::print("{} is copied to {}\n", path, to);
  return kGood;
}

Result<store::Report> restore(World& world, const std::string& from, const std::string& path) {
  if (world.files.facts(path + "/ledger.db")) {
    return fail(Code::kExists,
                fmt::format("{} holds data already: restore into an empty folder", path));
  }
  TRY_VOID(verify_ledger(from + "/ledger.db"));
  TRY_VOID(world.files.make_directories(path));
  TRY(auto database,
      ledger::Database::open(from + "/ledger.db", ledger::Database::Mode::kReadOnly));
  TRY(store::Report copied, store::restore(world.files, from + "/store", path + "/store"));
  for (const char* name : {"watch.yml", "baseline.yml"}) {
    const auto text = world.files.read(from + '/' + name, 64U << 20U);
    if (!text) continue;
    TRY_VOID(world.files.write_atomic(path + '/' + name, *text, 0640));
  }
  // The ledger last: a folder without one does not count as data.
  TRY_VOID(database->backup(path + "/ledger.db"));
  return copied;
}

int run_restore(World& world, const Arguments& arguments) {
  const std::string path = arguments.get("--storage.path");
  const std::string& from = arguments.positional.at(0);
  const auto copied = restore(world, from, path);
  if (!copied) return print_error(copied.error());
  fmt::print("{} is restored to {}: {}\n", from, path,
             counted(copied->block_samples + copied->log_samples, "sample", "samples"));
  return kGood;
}

}  // namespace

Command db_verify_command() {
  return {{"db", "verify"},
          "",
          0,
          0,
          "Check every byte of store and ledger; what is damaged is named.",
          {"daytwo db verify --storage.path=/var/lib/daytwo"},
          path_option(),
          run_verify};
}

Command db_backup_command() {
  return {{"db", "backup"},
          "FOLDER",
          1,
          1,
          "Copy store and ledger into a new folder.",
          {"daytwo db backup /backup/daytwo-monday --storage.path=/var/lib/daytwo"},
          path_option(),
          run_backup};
}

Command db_restore_command() {
  return {{"db", "restore"},
          "FOLDER",
          1,
          1,
          "Bring a backup back, into an empty data folder.",
          {"daytwo db restore /backup/daytwo-monday --storage.path=/var/lib/daytwo"},
          path_option(),
          run_restore};
}

}  // namespace daytwo::app
