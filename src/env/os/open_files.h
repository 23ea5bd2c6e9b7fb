// Open files and directories of the system, behind the interfaces of env/files.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "env/files.h"
#include "env/os/descriptor.h"

namespace daytwo::env::os {

// Reads a whole descriptor. Errors: kLimit above max_bytes unless `cut`.
[[nodiscard]] Result<std::string> read_all(int descriptor, std::string_view path,
                                           std::size_t max_bytes, bool cut);

// Writes all bytes. Errors as files.h says.
[[nodiscard]] Result<void> write_all(int descriptor, std::string_view path, std::string_view bytes);

// Names in an open directory; takes the descriptor over.
[[nodiscard]] Result<std::vector<std::string>> list_directory(Descriptor directory,
                                                              std::string_view path);

// Opens `path` below the open directory `at` (AT_FDCWD: the working directory), always
// close-on-exec.
[[nodiscard]] Result<Descriptor> open_at(int at, const std::string& path, int flags,
                                         std::uint32_t mode = 0);

// stat(2) of `path` below `at`, through links.
[[nodiscard]] Result<FileFacts> facts_at(int at, const std::string& path);

// Wraps open descriptors.
[[nodiscard]] Result<std::unique_ptr<AppendFile>> make_append_file(Descriptor file,
                                                                   std::string path);
[[nodiscard]] Result<std::unique_ptr<ReadFile>> make_read_file(Descriptor file, std::string path);
[[nodiscard]] std::unique_ptr<Directory> make_directory(Descriptor directory, std::string path);

}  // namespace daytwo::env::os
