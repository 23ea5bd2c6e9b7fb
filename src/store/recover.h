// Opening a data directory: what is whole is used, what is broken is named and set aside.
// Thread rule: one thread, under the directory's lock.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/block.h"
#include "store/head.h"
#include "store/options.h"

namespace daytwo::store {

// Where things are below the store's path.
struct Layout {
  explicit Layout(const std::string& path)
      : root(path),
        log(path + "/wal"),
        blocks(path + "/blocks"),
        quarantine(path + "/quarantine"),
        metadata(path + "/metadata"),
        lock(path + "/LOCK") {}
  std::string root;
  std::string log;
  std::string blocks;
  std::string quarantine;
  std::string metadata;
  std::string lock;
};

// Metadata by family name.
using MetadataMap = std::map<std::string, series::Metadata>;

// Bytes of all texts of one entry.
[[nodiscard]] std::size_t text_bytes(const series::Metadata& metadata);

// What a directory held.
struct Recovered {
  std::vector<std::shared_ptr<const Block>> blocks;  // in order
  std::shared_ptr<Head> head;
  MetadataMap metadata;
  std::uint64_t next_block = 1;
  std::uint64_t next_segment = 1;
  std::uint64_t replayed_bytes = 0;
  std::uint64_t torn_bytes = 0;  // of an append that was never acknowledged
};

// Makes the directories, durable by name. Errors: kDenied, kUnavailable.
[[nodiscard]] Result<void> make_layout(env::Files& files, const Layout& layout);

// Reads everything below the layout, removes what was never finished or is no longer needed, moves
// broken blocks and copies broken segments to quarantine/. Errors: kConflict (a newer format), and
// what the file system says; damage is no error.
[[nodiscard]] Result<Recovered> recover(const Options& options, const World& world,
                                        const Layout& layout, Damages& damages);

// The metadata file: a header, then one metadata record with its CRC32C.
[[nodiscard]] std::string encode_metadata(const MetadataMap& metadata);
// Errors: kCorrupt, kConflict (a newer format).
[[nodiscard]] Result<MetadataMap> decode_metadata(std::string_view bytes);

}  // namespace daytwo::store
