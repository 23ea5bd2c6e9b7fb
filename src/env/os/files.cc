#include "env/os/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <utility>

#include "base/text.h"
#include "env/os/errno.h"
#include "env/os/open_files.h"

namespace daytwo::env::os {
namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

class SystemFileLock final : public FileLock {
 public:
  explicit SystemFileLock(Descriptor file) : file_(std::move(file)) {}

 private:
  const Descriptor file_;  // the lock goes with the last descriptor
};

}  // namespace

Result<std::string> SystemFiles::read(const std::string& path, std::size_t max_bytes) const {
  TRY(Descriptor file, open_at(AT_FDCWD, path, O_RDONLY));
  return read_all(file.get(), path, max_bytes, false);
}

Result<void> SystemFiles::write_atomic(const std::string& path, std::string_view bytes,
                                       std::uint32_t mode) {
  const std::string temporary = path + ".new";
  {
    TRY(Descriptor file, open_at(AT_FDCWD, temporary, O_WRONLY | O_CREAT | O_TRUNC, mode));
    TRY_VOID(write_all(file.get(), temporary, bytes));
    if (::fsync(file.get()) != 0) return fail(errno_error("syncing", temporary, errno));
  }
  TRY_VOID(rename(temporary, path));
  return sync_directory(parent_of(path));
}

Result<std::unique_ptr<AppendFile>> SystemFiles::open_append(const std::string& path) {
  TRY(Descriptor file, open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0640));
  return make_append_file(std::move(file), path);
}

Result<std::unique_ptr<ReadFile>> SystemFiles::open_read(const std::string& path) const {
  TRY(Descriptor file, open_at(AT_FDCWD, path, O_RDONLY));
  return make_read_file(std::move(file), path);
}

Result<std::unique_ptr<Directory>> SystemFiles::open_directory(const std::string& path) const {
  TRY(Descriptor directory, open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
  return make_directory(std::move(directory), path);
}

Result<std::vector<std::string>> SystemFiles::list(const std::string& path) const {
  TRY(Descriptor directory, open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
  return list_directory(std::move(directory), path);
}

Result<FileFacts> SystemFiles::facts(const std::string& path) const {
  return facts_at(AT_FDCWD, path);
}

Result<SpaceFacts> SystemFiles::space(const std::string& path) const {
  struct statvfs raw{};
  if (::statvfs(path.c_str(), &raw) != 0) {
    return fail(errno_error("measuring the space of", path, errno));
  }
  SpaceFacts facts;
  facts.size_bytes = raw.f_blocks * raw.f_frsize;
  facts.free_bytes = raw.f_bfree * raw.f_frsize;
  facts.available_bytes = raw.f_bavail * raw.f_frsize;
  facts.inodes = raw.f_files;
  facts.inodes_free = raw.f_ffree;
  facts.read_only = (raw.f_flag & ST_RDONLY) != 0;
  return facts;
}

Result<void> SystemFiles::make_directories(const std::string& path) {
  for (std::size_t at = 1; at <= path.size(); ++at) {
    if (at != path.size() && path[at] != '/') continue;
    const std::string part = path.substr(0, at);
    if (::mkdir(part.c_str(), 0750) != 0 && errno != EEXIST) {
      return fail(errno_error("making directory", part, errno));
    }
  }
  TRY(const FileFacts made, facts(path));
  if (made.kind != FileFacts::Kind::kDirectory) {
    return fail(Code::kExists, fmt::format("{} is there and is no directory", path));
  }
  return {};
}

Result<void> SystemFiles::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) {
    return fail(errno_error("renaming to", to, errno));
  }
  return {};
}

Result<void> SystemFiles::remove(const std::string& path) {
  if (::remove(path.c_str()) != 0 && errno != ENOENT) {
    return fail(errno_error("removing", path, errno));
  }
  return {};
}

Result<void> SystemFiles::remove_tree(const std::string& path) {
  struct stat raw{};
  if (::lstat(path.c_str(), &raw) != 0) {
    if (errno == ENOENT) return {};
    return fail(errno_error("looking at", path, errno));
  }
  if (S_ISDIR(raw.st_mode)) {
    TRY(const std::vector<std::string> names, list(path));
    for (const std::string& name : names) TRY_VOID(remove_tree(fmt::format("{}/{}", path, name)));
  }
  return remove(path);
}

Result<void> SystemFiles::truncate(const std::string& path, std::uint64_t size_bytes) {
  TRY(Descriptor file, open_at(AT_FDCWD, path, O_WRONLY));
  if (::ftruncate(file.get(), static_cast<off_t>(size_bytes)) != 0) {
    return fail(errno_error("truncating", path, errno));
  }
  if (::fsync(file.get()) != 0) return fail(errno_error("syncing", path, errno));
  return {};
}

Result<void> SystemFiles::sync_directory(const std::string& path) {
  TRY(Descriptor directory, open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
  if (::fsync(directory.get()) != 0) return fail(errno_error("syncing", path, errno));
  return {};
}

Result<std::unique_ptr<FileLock>> SystemFiles::lock(const std::string& path) {
  TRY(Descriptor file, open_at(AT_FDCWD, path, O_RDWR | O_CREAT, 0640));
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return fail(errno_error("locking", path, errno));
    const Result<std::string> holder = read_all(file.get(), path, 64, true);
    const std::string pid = holder ? std::string(trim(*holder)) : std::string();
    return fail(Code::kConflict, fmt::format("{} is held by another process{}", path,
                                             pid.empty() ? std::string() : " (pid " + pid + ')'));
  }
  const std::string pid = std::to_string(::getpid()) + '\n';
  if (::ftruncate(file.get(), 0) != 0) return fail(errno_error("writing", path, errno));
  TRY_VOID(write_all(file.get(), path, pid));
  return std::make_unique<SystemFileLock>(std::move(file));
}

}  // namespace daytwo::env::os
