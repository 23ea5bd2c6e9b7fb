#include "app/backup.h"

#include <fmt/format.h>

#include <utility>

#include "app/paths.h"
#include "ledger/database.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxListBytes = 64U << 20U;

// SQLite writes the copy and does not sync it.
Result<void> copy_ledger(env::Files& files, const std::string& from, const std::string& to) {
  TRY(auto database, ledger::Database::open(from, ledger::Database::Mode::kReadOnly));
  TRY_VOID(database->backup(to));
  TRY(const auto copied, files.open_append(to));
  return copied->sync();
}

// Whether a new folder `to` may be made. The store reads every folder among its blocks as one.
Result<void> check_place(const env::Files& files, const std::string& path, const std::string& to) {
  if (files.facts(to)) return fail(Code::kExists, fmt::format("{} is there already", to));
  std::string above = folder_of(to);
  TRY_IN("the folder above the backup", env::FileFacts facts, files.facts(above));
  if (facts.kind != env::FileFacts::Kind::kDirectory) {
    return fail(Code::kNotFound, fmt::format("{} is no folder", above));
  }
  TRY(const env::FileFacts store, files.facts(path + "/store"));
  while (true) {
    if (facts.device == store.device && facts.inode == store.inode) {
      return fail(Code::kInvalid, fmt::format("{} would lie inside the store", to));
    }
    const std::string next = folder_of(above);
    if (next == above) return {};
    above = next;
    TRY(facts, files.facts(above));
  }
}

}  // namespace

Result<void> verify_ledger(const std::string& file) {
  TRY(auto database, ledger::Database::open(file, ledger::Database::Mode::kReadOnly));
  auto good = database->verify();
  if (!good) return fail_in(file, std::move(good).error());
  return {};
}

Result<store::Report> back_up(env::Files& files, store::Store& store, const std::string& path,
                              const std::string& folder) {
  std::string to = folder;
  while (to.size() > 1 && to.ends_with('/')) to.pop_back();
  TRY_VOID(check_place(files, path, to));
  const std::string above = folder_of(to);
  TRY_VOID(files.make_directories(to));
  TRY_VOID(store.backup(to + "/store"));
  TRY_VOID(copy_ledger(files, path + "/ledger.db", to + "/ledger.db"));
  for (const char* name : {"/watch.yml", "/baseline.yml"}) {
    const auto text = files.read(path + name, kMaxListBytes);
    if (text) TRY_VOID(files.write_atomic(to + name, *text, 0640));
  }
  TRY_VOID(files.sync_directory(to));
  TRY_VOID(files.sync_directory(above));
  TRY_VOID(verify_ledger(to + "/ledger.db"));
  TRY(store::Report report, store::verify(files, to + "/store"));
  if (report.damages.empty()) return report;
  const store::Damage& first = report.damages.front();
  return fail(Code::kCorrupt,
              fmt::format("the copy does not read back: {}: {}", first.file, first.what));
}

}  // namespace daytwo::app
