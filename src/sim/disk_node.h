// What a torn disk is made of: files and directories that have two states each, the one processes
// see (live) and the one a power cut leaves (durable), and the unsynced steps between the two.
// Thread rule: the owner locks.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chance/seed.h"
#include "env/files.h"

namespace daytwo::sim {

// What the unsynced steps come to when the world ends.
enum class Crash : std::uint8_t {
  kKeep,     // kill -9: the page cache survives, every step counts
  kForget,   // power cut, worst case: no unsynced step counts
  kPrefix,   // power cut: of each file and directory the first few steps count, the last one torn
  kScatter,  // power cut with reordering: any subset of a file's writes; holes read as zeros
};

// The bytes of one file.
class DiskFile {
 public:
  [[nodiscard]] const std::string& live() const { return live_; }
  void append(std::string_view bytes);
  void truncate(std::uint64_t size_bytes);
  // Sets live and durable at once, as if it had been there for ever.
  void put(std::string_view bytes);
  // All steps so far become durable.
  void sync();
  // A failed fsync as Linux does it: the pages count as clean, yet never reached the disk.
  void lose_pending();
  void crash(Crash crash, chance::Stream& draws);

 private:
  struct Step {
    std::uint64_t offset = 0;
    std::string bytes;
    bool cuts = false;  // truncate to `offset`
  };
  void apply(const Step& step, std::size_t bytes);

  std::string live_;
  std::string durable_;
  std::vector<Step> pending_;
};

// A file, a link or a directory.
struct DiskNode {
  using Entries = std::map<std::string, std::shared_ptr<DiskNode>>;

  env::FileFacts::Kind kind = env::FileFacts::Kind::kFile;
  std::uint64_t inode = 0;
  std::uint32_t mode = 0644;
  Timestamp modified;
  DiskFile file;
  std::string target;  // of a link
  Entries entries;     // live, of a directory

  // Changes names in this directory as one step; null removes.
  void change(Entries names);
  // All changes of names so far become durable.
  void sync_entries();
  // As change() and durable at once.
  void put_entry(const std::string& name, std::shared_ptr<DiskNode> node);
  // Leaves what `crash` leaves, here and below.
  void crash(Crash crash, chance::Stream& draws);

 private:
  void apply(const Entries& names);

  Entries durable_;
  std::vector<Entries> pending_;
};

}  // namespace daytwo::sim
