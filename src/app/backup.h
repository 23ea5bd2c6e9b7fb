// A copy of all data: the ledger, the store, and the two files kept beside them.
// Thread rule: one backup at a time; the store and the ledger may be written meanwhile.
#pragma once

#include <string>

#include "base/result.h"
#include "env/files.h"
#include "store/backup.h"
#include "store/store.h"

namespace daytwo::app {

// Copies the data in `path`, whose store is open as `store`, into the new `folder`; then reads
// every byte of the copy. The ledger is copied after the store: what it says of samples is at most
// newer than they are. Everything is synced before this returns.
// Errors: kExists when it is there, kNotFound when the folder above it is not, kInvalid for a
// folder inside the store, kCorrupt when the copy does not read back; what was written stays, to be
// looked at.
[[nodiscard]] Result<store::Report> back_up(env::Files& files, store::Store& store,
                                            const std::string& path, const std::string& folder);

// SQLite's own check of the ledger file. Errors: kCorrupt, those of opening it.
[[nodiscard]] Result<void> verify_ledger(const std::string& file);

}  // namespace daytwo::app
