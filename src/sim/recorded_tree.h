// A tree of files as a test or benchmark recorded it: contents, links, sizes, and what may not be
// looked at. Reading only; it stands for /proc, /sys and /var/lib/dpkg of some host.
// Thread rule: set up before use, then any thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "env/files.h"

namespace daytwo::sim {

// Files that only tests can change. What was not put is absent.
class RecordedTree final : public env::Files {
 public:
  // Content of `path`; directories above it come by themselves.
  void put(const std::string& path, std::string bytes);
  void put_link(const std::string& path, std::string target);
  // What space() answers for a mount point.
  void put_space(const std::string& path, env::SpaceFacts facts) { spaces_[path] = facts; }
  // The size that stat says, where it is not that of the content (/proc/PID/fd).
  void put_size(const std::string& path, std::uint64_t size_bytes) { sizes_[path] = size_bytes; }
  // Looking at `path` or below is refused, as the kernel refuses ordinary users.
  void deny(const std::string& path) { denied_.insert(path); }
  // Forgets `path` and all below it.
  void drop(const std::string& path);

  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::size_t max_bytes) const override;
  [[nodiscard]] Result<std::unique_ptr<env::Directory>> open_directory(
      const std::string& path) const override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& path) const override;
  [[nodiscard]] Result<env::FileFacts> facts(const std::string& path) const override;
  [[nodiscard]] Result<env::SpaceFacts> space(const std::string& path) const override;

  // A record cannot be changed by who reads it: all of these fail with kDenied.
  [[nodiscard]] Result<void> write_atomic(const std::string&, std::string_view,
                                          std::uint32_t) override;
  [[nodiscard]] Result<std::unique_ptr<env::AppendFile>> open_append(const std::string&) override;
  [[nodiscard]] Result<std::unique_ptr<env::ReadFile>> open_read(const std::string&) const override;
  [[nodiscard]] Result<void> make_directories(const std::string&) override;
  [[nodiscard]] Result<void> rename(const std::string&, const std::string&) override;
  [[nodiscard]] Result<void> remove(const std::string&) override;
  [[nodiscard]] Result<void> remove_tree(const std::string&) override;
  [[nodiscard]] Result<void> truncate(const std::string&, std::uint64_t) override;
  [[nodiscard]] Result<void> sync_directory(const std::string&) override;
  [[nodiscard]] Result<std::unique_ptr<env::FileLock>> lock(const std::string&) override;

  // Used by open directories.
  [[nodiscard]] Result<std::string> read_bounded(const std::string& path, std::size_t max_bytes,
                                                 bool cut) const;
  [[nodiscard]] Result<std::string> read_link(const std::string& path) const;

 private:
  [[nodiscard]] bool is_denied(const std::string& path) const;
  [[nodiscard]] bool is_directory(const std::string& path) const;

  std::map<std::string, std::string> files_;
  std::map<std::string, std::string> links_;
  std::map<std::string, std::set<std::string>> directories_;  // names below
  std::map<std::string, env::SpaceFacts> spaces_;
  std::map<std::string, std::uint64_t> sizes_;
  std::map<std::string, std::int64_t> versions_;  // of a file's content, as its time
  std::set<std::string> denied_;
};

// A host of `processes` processes, much like a Debian server: one service each with the same
// libraries, ten listeners, a dpkg database of `packages` packages. For benchmarks and tests of
// size.
[[nodiscard]] RecordedTree make_recorded_host(int processes, int packages);

}  // namespace daytwo::sim
