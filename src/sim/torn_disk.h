// A disk in memory that tears: it forgets what was not synced, fails at a chosen step, writes half,
// fills up. Model: POSIX at its worst. Bytes are durable after sync() of their file, names after
// sync_directory() of their directory, and nothing earlier [Pillai et al. 2014, "All file systems
// are not created equal"]. It also serves as a fake tree (/proc, /etc) for readers: put().
// Thread rule: any thread; one open file from one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "chance/seed.h"
#include "env/files.h"
#include "sim/disk_node.h"

namespace daytwo::sim {

// How the chosen step fails.
enum class Fault : std::uint8_t {
  kError,     // EIO, nothing done; a failed sync loses its pages as Linux does
  kShort,     // EIO after half of the bytes
  kNoSpace,   // ENOSPC after half of the bytes, and again for every step that needs space,
              // until give_space()
  kPowerCut,  // half done, then everything fails until restart()
};

class TornDisk : public env::Files {
 public:
  TornDisk();

  // The world.
  // Steps that change something, so far: append, sync, create, rename, remove, truncate, ...
  [[nodiscard]] std::size_t steps() const;
  // The `step`-th step from the beginning (steps() counts from 0) fails with `fault`.
  void fail_at(std::size_t step, Fault fault);
  // Bytes that may be stored in all; more is kNoSpace.
  void set_capacity(std::uint64_t bytes);
  // Ends kNoSpace.
  void give_space();
  // The machine stops and starts again: all locks and open files are gone, planned faults too.
  void restart(Crash crash, chance::Seed seed = {1});
  // Durable content at `path`, directories included, outside of the count of steps.
  void put(const std::string& path, std::string_view bytes);
  void put_link(const std::string& path, const std::string& target);
  // Flips one bit of a stored byte, live and durable. REQUIRES: the file is that long.
  void damage(const std::string& path, std::uint64_t offset, unsigned bit = 0);
  // Paths of all files below `path`, sorted.
  [[nodiscard]] std::vector<std::string> files_below(const std::string& path) const;

  // env::Files.
  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::size_t max_bytes) const override;
  [[nodiscard]] Result<void> write_atomic(const std::string& path, std::string_view bytes,
                                          std::uint32_t mode) override;
  [[nodiscard]] Result<std::unique_ptr<env::AppendFile>> open_append(
      const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<env::ReadFile>> open_read(
      const std::string& path) const override;
  [[nodiscard]] Result<std::unique_ptr<env::Directory>> open_directory(
      const std::string& path) const override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& path) const override;
  [[nodiscard]] Result<env::FileFacts> facts(const std::string& path) const override;
  [[nodiscard]] Result<env::SpaceFacts> space(const std::string& path) const override;
  [[nodiscard]] Result<void> make_directories(const std::string& path) override;
  [[nodiscard]] Result<void> rename(const std::string& from, const std::string& to) override;
  [[nodiscard]] Result<void> remove(const std::string& path) override;
  [[nodiscard]] Result<void> remove_tree(const std::string& path) override;
  [[nodiscard]] Result<void> truncate(const std::string& path, std::uint64_t size_bytes) override;
  [[nodiscard]] Result<void> sync_directory(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<env::FileLock>> lock(const std::string& path) override;

 private:
  class Appender;
  class Reader;
  class OpenDirectory;
  class Lock;
  using Node = std::shared_ptr<DiskNode>;
  struct Outcome {  // of one step
    bool whole = true;
    bool half = false;
    Error error;
  };

  // All below: mutex_ is held.
  [[nodiscard]] Result<Node> find(const std::string& path) const;
  [[nodiscard]] Result<Node> find_directory(const std::string& path) const;
  [[nodiscard]] Node new_node(env::FileFacts::Kind kind);
  [[nodiscard]] Node make_durable_directory(const std::string& path);
  [[nodiscard]] Outcome step(const std::string& path, bool grows);
  [[nodiscard]] Result<void> check_power(const std::string& path) const;
  [[nodiscard]] Result<void> append_to(const Node& node, const std::string& path,
                                       std::string_view bytes);
  [[nodiscard]] Result<void> sync_file(const Node& node, const std::string& path);
  [[nodiscard]] Result<Node> create(const std::string& path);
  [[nodiscard]] Result<void> rename_entry(const std::string& from, const std::string& to);
  [[nodiscard]] Result<void> remove_entry(const std::string& path);
  // As on a real disk: entry by entry, each a step of its own.
  [[nodiscard]] Result<void> remove_below(const std::string& path);
  [[nodiscard]] static env::FileFacts facts_of(const DiskNode& node);
  [[nodiscard]] static std::uint64_t bytes_below(const DiskNode& node);

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  Node root_;
  std::uint64_t next_inode_ = 2;
  std::uint64_t life_ = 1;  // counts restarts; open files of an earlier life are dead
  std::size_t steps_ = 0;
  std::size_t fail_step_ = SIZE_MAX;
  Fault fault_ = Fault::kError;
  bool powered_ = true;
  bool full_ = false;
  std::uint64_t used_ = 0;
  std::uint64_t capacity_ = UINT64_MAX;
  std::set<std::string> locks_;
};

}  // namespace daytwo::sim
