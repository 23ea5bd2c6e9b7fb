#include "store/block_removal.h"

#include <string>

#include "base/result.h"
#include "env/files.h"
#include "store/manifest.h"

namespace daytwo::store {

Result<void> remove_block(env::Files& files, const std::string& directory,
                          const std::string& name) {
  const std::string temporary = directory + '/' + std::string(kTemporaryPrefix) + name;
  TRY_VOID(files.remove_tree(temporary));
  if (!files.facts(directory + '/' + name)) return {};
  TRY_VOID(files.rename(directory + '/' + name, temporary));
  TRY_VOID(files.sync_directory(directory));
  return files.remove_tree(temporary);
}

}  // namespace daytwo::store
