// Copies of a store, and proof that one is whole: `daytwo db backup|restore|verify`.
// Thread rule: any thread; nothing here writes to the store that is read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "env/files.h"
#include "store/damage.h"

namespace daytwo::store {

// What verify() read.
struct Report {
  std::size_t blocks = 0;
  std::uint64_t block_series = 0;
  std::uint64_t block_samples = 0;
  std::size_t log_segments = 0;
  std::size_t log_records = 0;
  std::uint64_t log_samples = 0;
  std::uint64_t torn_bytes = 0;  // at the end of the log: an append that was cut off
  std::size_t quarantined = 0;   // files set aside earlier
  std::vector<Damage> damages;   // empty: everything is whole
};

// Reads every byte of the store in `path` and checks every checksum, frame and record. Works beside
// a running server, whose last record may then show as torn. Errors: kNotFound (no store there) and
// what the file system says; damage is in the report.
[[nodiscard]] Result<Report> verify(const env::Files& files, const std::string& path);

// Copies blocks and metadata of the store in `from` into the new directory `to`, synced.
// Errors: kExists when `to` holds anything; after any other, `to` is removed as far as the file
// system lets it be. REQUIRES: nobody removes blocks meanwhile.
[[nodiscard]] Result<void> copy_store(env::Files& files, const std::string& from,
                                      const std::string& to);

// Makes a store in `to` from a backup in `from`, after verifying it. Errors: kExists when `to`
// holds a store, kCorrupt naming the first damage in the backup.
[[nodiscard]] Result<Report> restore(env::Files& files, const std::string& from,
                                     const std::string& to);

}  // namespace daytwo::store
