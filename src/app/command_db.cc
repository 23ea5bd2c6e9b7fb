// daytwo db verify | backup | restore: store and ledger together.
#include <fmt/format.h>

#include "api/view_backup.h"
#include "app/backup.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "facts/ledger_journal.h"
#include "ledger/database.h"
#include "store/backup.h"
#include "store/store.h"

namespace daytwo::app {
namespace {

// A backup is as long as the data is large.
constexpr Duration kLongestBackup = hours(6);

std::vector<Option> path_option() {
  return {
      {"--storage.path", "FOLDER", "var", "the data; no server may be running on it", "Storage"}};
}

// Whether `path` is a folder with a ledger. Errors: kNotFound with what was looked for; whatever
// else forbids a look.
Result<void> holds_data(World& world, const std::string& path, std::string_view what) {
  if (const auto facts = world.files.facts(path);
      facts && facts->kind != env::FileFacts::Kind::kDirectory) {
    return fail(Code::kNotFound, fmt::format("{} is no folder: it holds no daytwo {}", path, what));
  }
  const auto ledger = world.files.facts(path + "/ledger.db");
  if (ledger) return {};
  if (ledger.error().code != Code::kNotFound) return fail(ledger.error());
  return fail(Code::kNotFound, fmt::format("{} holds no daytwo {}", path, what));
}

// Held while a command works on the data, so that no server starts meanwhile.
Result<std::unique_ptr<env::FileLock>> take_data(World& world, const std::string& path) {
  TRY_VOID(holds_data(world, path, "data; name its folder with --storage.path"));
  return world.files.lock(path + "/lock");
}

// Says what is wrong with the ledger: with its pages, else with its records.
int verify_records(const std::string& file) {
  const auto pages = verify_ledger(file);
  const auto found =
      pages ? facts::check_records(file) : Result<facts::RecordCheck>(fail(pages.error()));
  if (!found) {
    fmt::print("ledger: {}\n", found.error().to_string());
    return kFailed;
  }
  for (const std::string& problem : found->problems) fmt::print("ledger: {}\n", problem);
  if (found->unreadable == 0) {
    fmt::print("ledger: {}: good\n", counted(found->records, "record", "records"));
    return kGood;
  }
  fmt::print("ledger: {} of {} cannot be read; they stay in the file and cost only themselves\n",
             found->unreadable, counted(found->records, "record", "records"));
  return kFailed;
}

int run_verify(World& world, const Arguments& arguments) {
  const std::string path = arguments.get("--storage.path");
  const auto lock = take_data(world, path);
  if (!lock) {
    const int exit = print_error(lock.error());
    if (lock.error().code == Code::kConflict) {
      fmt::print(stderr,
                 "  stop that server first; or copy and verify its data while it runs: "
                 "daytwo db backup FOLDER\n");
    }
    return exit;
  }
  int exit = verify_records(path + "/ledger.db");
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

// The folder as whoever runs elsewhere must name it.
Result<std::string> absolute(World& world, const std::string& folder) {
  if (folder.starts_with('/')) return folder;
  TRY(const auto self, world.files.open_directory("/proc/self"));
  TRY(const std::string here, self->read_link("cwd"));
  return here + '/' + folder;
}

// Without a server: opens the store itself.
Result<std::string> back_up_offline(World& world, const std::string& path, const std::string& to) {
  store::Options options;
  options.path = path + "/store";
  options.retention_time = Duration{0};
  TRY(auto store, store::Store::open(options, {.files = world.files, .clock = world.clock}));
  TRY(const store::Report copied, back_up(world.files, *store, path, to));
  return fmt::format("{} is copied to {} and verified: {}", path, to,
                     counted(copied.block_samples, "sample", "samples"));
}

// Through the server that holds the data.
Result<std::string> back_up_by_server(World& world, const Arguments& arguments,
                                      const std::string& to) {
  Client client(world, arguments);
  client.set_timeout(kLongestBackup);
  TRY(const auto page,
      client.post_as<api::BackupPage>("/api/daytwo/v1/backup", api::BackupRequest{to}));
  return page.sentence;
}

int run_backup(World& world, const Arguments& arguments) {
  const std::string path = arguments.get("--storage.path");
  const auto to = absolute(world, arguments.positional.at(0));
  if (!to) return print_error(to.error());
  // A server was named and no folder, or one here holds the folder.
  const bool elsewhere = arguments.has("--server") && !arguments.has("--storage.path");
  const auto lock = elsewhere
                        ? Result<std::unique_ptr<env::FileLock>>(fail(Code::kConflict, "named"))
                        : take_data(world, path);
  if (!lock && lock.error().code != Code::kConflict) return print_error(lock.error());
  if (!lock && !elsewhere) {
    fmt::print(stderr, "{}: asking the server at {}\n", lock.error().text,
               arguments.get("--server"));
  }
  const auto done =
      lock ? back_up_offline(world, path, *to) : back_up_by_server(world, arguments, *to);
  if (!done) return print_error(done.error());
  fmt::print("{}\n", *done);
  return kGood;
}

Result<void> restore_beside_store(World& world, const std::string& from, const std::string& path,
                                  ledger::Database& database) {
  for (const char* name : {"watch.yml", "baseline.yml"}) {
    const auto text = world.files.read(from + '/' + name, 64U << 20U);
    if (!text) continue;
    TRY_VOID(world.files.write_atomic(path + '/' + name, *text, 0640));
  }
  // The ledger last: a folder without one does not count as data.
  return database.backup(path + "/ledger.db");
}

Result<store::Report> restore(World& world, const std::string& from, const std::string& path) {
  if (world.files.facts(path + "/ledger.db")) {
    return fail(Code::kExists,
                fmt::format("{} holds data already: restore into an empty folder", path));
  }
  TRY_VOID(holds_data(world, from, "backup: one is made by daytwo db backup FOLDER"));
  TRY_VOID(verify_ledger(from + "/ledger.db"));
  TRY_VOID(world.files.make_directories(path));
  TRY(auto database,
      ledger::Database::open(from + "/ledger.db", ledger::Database::Mode::kReadOnly));
  TRY(store::Report copied, store::restore(world.files, from + "/store", path + "/store"));
  if (const auto rest = restore_beside_store(world, from, path, *database); !rest) {
    // As before the try, so that the next one finds an empty folder.
    static_cast<void>(world.files.remove_tree(path + "/store"));
    static_cast<void>(world.files.remove(path + "/ledger.db"));
    return fail(rest.error());
  }
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
  std::vector<Option> options = {{"--storage.path", "FOLDER", "var",
                                  "the data; a server that holds it makes the copy", "Storage"}};
  for (Option& option : change_options()) options.push_back(std::move(option));
  return {{"db", "backup"},
          "FOLDER",
          1,
          1,
          "Copy store and ledger into a new folder and verify the copy, with the server running or "
          "not. With one running, FOLDER is on its host and written with its rights.",
          {"daytwo db backup /backup/daytwo-monday --storage.path=/var/lib/daytwo",
           "daytwo db backup /backup/daytwo-monday --server http://127.0.0.1:9420"},
          std::move(options),
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
