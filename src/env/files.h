// Files, as the world gives them. One seam: the real ones in env/os, a torn disk and recorded trees
// in tests. Paths are UTF-8 or raw bytes as the kernel has them. Errors: kNotFound (ENOENT, ESRCH:
// "gone"), kDenied (EACCES, EPERM), kUnavailable (ENOSPC, EDQUOT, EIO: text says which), kExists,
// kLimit (larger than the caller's bound), kInternal otherwise; the text names path and errno.
// Thread rule: Files from any thread; one open file from one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::env {

// What stat(2) says.
struct FileFacts {
  enum class Kind : std::uint8_t { kFile, kDirectory, kLink, kSocket, kOther };
  Kind kind = Kind::kOther;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 0;
  std::uint32_t user_id = 0;
  std::uint32_t mode = 0;  // permission bits
  std::uint64_t size_bytes = 0;
  Timestamp modified;
};

// What statvfs(2) says, in bytes.
struct SpaceFacts {
  std::uint64_t size_bytes = 0;
  std::uint64_t free_bytes = 0;       // to root
  std::uint64_t available_bytes = 0;  // to ordinary users
  std::uint64_t inodes = 0;
  std::uint64_t inodes_free = 0;
  bool read_only = false;
};

// A file that only grows. After a failed append or sync the content of the tail is unknown: the
// caller fails closed.
class AppendFile {
 public:
  virtual ~AppendFile() = default;
  // Adds all bytes or fails; a failure may have added some.
  [[nodiscard]] virtual Result<void> append(std::string_view bytes) = 0;
  // Makes everything appended so far survive a power cut (fdatasync).
  [[nodiscard]] virtual Result<void> sync() = 0;
  // Bytes in the file.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

// A file for reading at any offset.
class ReadFile {
 public:
  virtual ~ReadFile() = default;
  // Up to `count` bytes from `offset`; fewer only at the end.
  [[nodiscard]] virtual Result<std::string> read_at(std::uint64_t offset,
                                                    std::size_t count) const = 0;
  // The whole file as mapped memory, valid while this object lives; empty for an empty file.
  [[nodiscard]] virtual Result<std::string_view> map() = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

// An open directory: names below it are resolved in the directory that was opened, so a recycled
// pid cannot mix two processes.
class Directory {
 public:
  virtual ~Directory() = default;
  // Whole content of the file `name`. `max_bytes` bounds what is read: kLimit above it, or the
  // first bytes if `cut`.
  [[nodiscard]] virtual Result<std::string> read(const std::string& name, std::size_t max_bytes,
                                                 bool cut = false) const = 0;
  // Target of the symbolic link `name`.
  [[nodiscard]] virtual Result<std::string> read_link(const std::string& name) const = 0;
  // stat through the link `name` (for /proc/PID/exe: the image itself).
  [[nodiscard]] virtual Result<FileFacts> facts(const std::string& name) const = 0;
  // Names in the sub-directory `name` ("" = this one), unsorted, without . and ..
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& name) const = 0;
};

// Held while a process owns a data directory; released when destroyed.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

// The filesystem, as rooms see it.
class Files {
 public:
  virtual ~Files() = default;

  // Whole content; kLimit above `max_bytes`.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path,
                                                 std::size_t max_bytes) const = 0;
  // Replaces `path` so that a crash leaves the old or the new content: temporary file, fsync,
  // rename, fsync of the directory.
  [[nodiscard]] virtual Result<void> write_atomic(const std::string& path, std::string_view bytes,
                                                  std::uint32_t mode = 0644) = 0;
  // Opens for appending; creates when absent.
  [[nodiscard]] virtual Result<std::unique_ptr<AppendFile>> open_append(
      const std::string& path) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<ReadFile>> open_read(
      const std::string& path) const = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<Directory>> open_directory(
      const std::string& path) const = 0;
  // Names, unsorted, without . and ..
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& path) const = 0;
  [[nodiscard]] virtual Result<FileFacts> facts(const std::string& path) const = 0;
  [[nodiscard]] virtual Result<SpaceFacts> space(const std::string& path) const = 0;
  [[nodiscard]] virtual Result<void> make_directories(const std::string& path) = 0;
  [[nodiscard]] virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  // A file or an empty directory. Absent is fine.
  [[nodiscard]] virtual Result<void> remove(const std::string& path) = 0;
  // A directory with all below it, entry by entry: a crash leaves some of them. Absent is fine.
  [[nodiscard]] virtual Result<void> remove_tree(const std::string& path) = 0;
  [[nodiscard]] virtual Result<void> truncate(const std::string& path,
                                              std::uint64_t size_bytes) = 0;
  // Makes creations, renames and removals in this directory survive a power cut.
  [[nodiscard]] virtual Result<void> sync_directory(const std::string& path) = 0;
  // Exclusive, for this process, without waiting. Errors: kConflict when another process holds it
  // (text names its pid if known).
  [[nodiscard]] virtual Result<std::unique_ptr<FileLock>> lock(const std::string& path) = 0;
};

}  // namespace daytwo::env
