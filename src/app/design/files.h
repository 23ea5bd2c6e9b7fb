// The files of a design: those given, and those below the folders given, told apart by what stands
// in them.
// Thread rule: as env::Files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "env/files.h"
#include "model/service.h"

namespace daytwo::app::design {

// Files that declare services, and what was passed over.
struct Gathered {
  std::vector<model::CatalogFile> services;
  std::vector<std::string> skipped;  // "risks/shop.yml: declares no service"
};

// At most so many files are read.
inline constexpr std::size_t kMostFiles = 10'000;

// Reads `paths`. Of folders, every *.yml and *.yaml below them, in the order of their names; hidden
// ones are left out. Errors: kNotFound, kDenied for a path; kLimit for more than kMostFiles;
// kInvalid with every place where YAML breaks.
[[nodiscard]] Result<Gathered> gather(const env::Files& files,
                                      const std::vector<std::string>& paths);

}  // namespace daytwo::app::design
