// The system's files.
#pragma once

#include "env/files.h"

namespace daytwo::env::os {

class SystemFiles final : public Files {
 public:
  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::size_t max_bytes) const override;
  [[nodiscard]] Result<void> write_atomic(const std::string& path, std::string_view bytes,
                                          std::uint32_t mode) override;
  [[nodiscard]] Result<std::unique_ptr<AppendFile>> open_append(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<ReadFile>> open_read(const std::string& path) const override;
  [[nodiscard]] Result<std::unique_ptr<Directory>> open_directory(
      const std::string& path) const override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& path) const override;
  [[nodiscard]] Result<FileFacts> facts(const std::string& path) const override;
  [[nodiscard]] Result<SpaceFacts> space(const std::string& path) const override;
  [[nodiscard]] Result<void> make_directories(const std::string& path) override;
  [[nodiscard]] Result<void> rename(const std::string& from, const std::string& to) override;
  [[nodiscard]] Result<void> remove(const std::string& path) override;
  [[nodiscard]] Result<void> remove_tree(const std::string& path) override;
  [[nodiscard]] Result<void> truncate(const std::string& path, std::uint64_t size_bytes) override;
  [[nodiscard]] Result<void> sync_directory(const std::string& path) override;
  [[nodiscard]] Result<std::unique_ptr<FileLock>> lock(const std::string& path) override;
};

}  // namespace daytwo::env::os
