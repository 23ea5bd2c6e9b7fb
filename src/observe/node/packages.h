// The package inventory of one root: read again only when its database changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "env/files.h"
#include "observe/node/dpkg.h"

namespace daytwo::observe {

// Installed packages and owners of files. Thread rule: one thread at a time.
class Packages {
 public:
  // `root` is put before every path ("" = the host's own).
  Packages(const env::Files& files, std::string root) : files_(files), root_(std::move(root)) {}

  // Looks whether the database changed (size, time, inode) and reads it again if so. True when it
  // was read. Cost: two stat calls, or about 100 ms for a thousand packages after a change.
  bool refresh();

  // Rises with every reading: owners found before may have changed.
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  [[nodiscard]] const Release& release() const { return release_; }
  [[nodiscard]] const std::vector<DpkgPackage>& all() const { return status_.packages; }
  // The package that owns `path`, or empty.
  [[nodiscard]] std::string_view owner(std::string_view path) const { return owners_.find(path); }
  // The installed package of this name, or null.
  [[nodiscard]] const DpkgPackage* find(std::string_view name) const;
  [[nodiscard]] std::size_t broken_stanzas() const { return status_.broken; }
  // Why there are no packages, as a sentence; empty when the database was read whole.
  [[nodiscard]] const std::string& gap() const { return gap_; }

 private:
  struct Stamp {
    std::uint64_t inode = 0;
    std::uint64_t size_bytes = 0;
    std::int64_t modified_ms = 0;
    bool operator==(const Stamp&) const = default;
  };
  [[nodiscard]] Stamp stamp(const std::string& path) const;
  void read_status();
  void read_owners();

  const env::Files& files_;
  const std::string root_;
  bool read_once_ = false;
  Stamp status_stamp_;
  Stamp info_stamp_;
  Stamp directory_stamp_;
  std::uint64_t generation_ = 0;
  DpkgStatus status_;  // packages sorted by name
  FileOwners owners_;
  Release release_;
  std::string gap_;
};

}  // namespace daytwo::observe
