#include "env/os/open_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

#include "env/os/errno.h"

namespace daytwo::env::os {
namespace {

class SystemAppendFile final : public AppendFile {
 public:
  SystemAppendFile(Descriptor file, std::string path, std::uint64_t size)
      : file_(std::move(file)), path_(std::move(path)), size_(size) {}

  Result<void> append(std::string_view bytes) override {
    TRY_VOID(write_all(file_.get(), path_, bytes));
    size_ += bytes.size();
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(file_.get()) != 0) return fail(errno_error("syncing", path_, errno));
    return {};
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  const Descriptor file_;
  const std::string path_;
  std::uint64_t size_;
};

class SystemReadFile final : public ReadFile {
 public:
  SystemReadFile(Descriptor file, std::string path, std::uint64_t size)
      : file_(std::move(file)), path_(std::move(path)), size_(size) {}
  SystemReadFile(const SystemReadFile&) = delete;
  SystemReadFile& operator=(const SystemReadFile&) = delete;
  ~SystemReadFile() override {
    if (mapped_ != nullptr) ::munmap(mapped_, size_);
  }

  [[nodiscard]] Result<std::string> read_at(std::uint64_t offset,
                                            std::size_t count) const override {
    std::string out(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
      const ssize_t got = ::pread(file_.get(), out.data() + filled, count - filled,
                                  static_cast<off_t>(offset + filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return fail(errno_error("reading", path_, errno));
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    out.resize(filled);
    return out;
  }

  Result<std::string_view> map() override {
    if (size_ == 0) return std::string_view();
    if (mapped_ == nullptr) {
      void* address = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file_.get(), 0);
      if (address == MAP_FAILED) return fail(errno_error("mapping", path_, errno));
      mapped_ = address;
    }
    return std::string_view(static_cast<const char*>(mapped_), size_);
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  const Descriptor file_;
  const std::string path_;
  const std::uint64_t size_;
  void* mapped_ = nullptr;
};

class SystemDirectory final : public Directory {
 public:
  SystemDirectory(Descriptor directory, std::string path)
      : directory_(std::move(directory)), path_(std::move(path)) {}

  [[nodiscard]] Result<std::string> read(const std::string& name, std::size_t max_bytes,
                                         bool cut) const override {
    TRY(Descriptor file, open_at(directory_.get(), name, O_RDONLY));
    return read_all(file.get(), name, max_bytes, cut);
  }

  [[nodiscard]] Result<std::string> read_link(const std::string& name) const override {
    std::array<char, PATH_MAX> buffer{};
    const ssize_t length =
        ::readlinkat(directory_.get(), name.c_str(), buffer.data(), buffer.size());
    if (length < 0) return fail(errno_error("reading link", path_ + '/' + name, errno));
    return std::string(buffer.data(), static_cast<std::size_t>(length));
  }

  [[nodiscard]] Result<FileFacts> facts(const std::string& name) const override {
    return facts_at(directory_.get(), name);
  }

  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& name) const override {
    TRY(Descriptor directory,
        open_at(directory_.get(), name.empty() ? "." : name, O_RDONLY | O_DIRECTORY));
    return list_directory(std::move(directory), name);
  }

 private:
  const Descriptor directory_;
  const std::string path_;
};

FileFacts::Kind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileFacts::Kind::kFile;
  if (S_ISDIR(mode)) return FileFacts::Kind::kDirectory;
  if (S_ISLNK(mode)) return FileFacts::Kind::kLink;
  if (S_ISSOCK(mode)) return FileFacts::Kind::kSocket;
  return FileFacts::Kind::kOther;
}

}  // namespace

Result<std::string> read_all(int descriptor, std::string_view path, std::size_t max_bytes,
                             bool cut) {
  std::string out;
  std::size_t filled = 0;
  // Files of /proc have no size: read until the end, growing.
  std::size_t room = 4096;
  while (true) {
    out.resize(std::min(filled + room, max_bytes + 1));
    const ssize_t got = ::read(descriptor, out.data() + filled, out.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(errno_error("reading", path, errno));
    filled += static_cast<std::size_t>(got);
    if (got == 0 || filled > max_bytes) break;
    if (filled == out.size()) room = std::min<std::size_t>(room * 2, 1U << 20U);
  }
  if (filled > max_bytes && !cut) {
    return fail(Code::kLimit, fmt::format("{} is larger than {} bytes", path, max_bytes));
  }
  out.resize(std::min(filled, max_bytes));
  return out;
}

Result<void> write_all(int descriptor, std::string_view path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(errno_error("writing", path, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::vector<std::string>> list_directory(Descriptor directory, std::string_view path) {
  const int copy = ::fcntl(directory.get(), F_DUPFD_CLOEXEC, 0);
  DIR* stream = copy < 0 ? nullptr : ::fdopendir(copy);
  if (stream == nullptr) {
    const Error error = errno_error("listing", path, errno);
    if (copy >= 0) ::close(copy);
    return fail(error);
  }
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(stream)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  const int problem = errno;
  ::closedir(stream);
  if (problem != 0) return fail(errno_error("listing", path, problem));
  return names;
}

Result<Descriptor> open_at(int at, const std::string& path, int flags, std::uint32_t mode) {
  while (true) {
    const int number = ::openat(at, path.c_str(), flags | O_CLOEXEC, mode);
    if (number >= 0) return Descriptor(number);
    if (errno != EINTR) return fail(errno_error("opening", path, errno));
  }
}

Result<FileFacts> facts_at(int at, const std::string& path) {
  struct stat raw{};
  if (::fstatat(at, path.c_str(), &raw, 0) != 0) {
    return fail(errno_error("looking at", path, errno));
  }
  FileFacts facts;
  facts.kind = kind_of(raw.st_mode);
  facts.device = raw.st_dev;
  facts.inode = raw.st_ino;
  facts.links = raw.st_nlink;
  facts.user_id = raw.st_uid;
  facts.mode = raw.st_mode & 07777U;
  facts.size_bytes = static_cast<std::uint64_t>(raw.st_size);
  facts.modified = {raw.st_mtim.tv_sec * 1000 + raw.st_mtim.tv_nsec / 1'000'000};
  return facts;
}

Result<std::unique_ptr<AppendFile>> make_append_file(Descriptor file, std::string path) {
  struct stat raw{};
  if (::fstat(file.get(), &raw) != 0) return fail(errno_error("looking at", path, errno));
  return std::make_unique<SystemAppendFile>(std::move(file), std::move(path),
                                            static_cast<std::uint64_t>(raw.st_size));
}

Result<std::unique_ptr<ReadFile>> make_read_file(Descriptor file, std::string path) {
  struct stat raw{};
  if (::fstat(file.get(), &raw) != 0) return fail(errno_error("looking at", path, errno));
  return std::make_unique<SystemReadFile>(std::move(file), std::move(path),
                                          static_cast<std::uint64_t>(raw.st_size));
}

std::unique_ptr<Directory> make_directory(Descriptor directory, std::string path) {
  return std::make_unique<SystemDirectory>(std::move(directory), std::move(path));
}

}  // namespace daytwo::env::os
