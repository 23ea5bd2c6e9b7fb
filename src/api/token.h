// The token of a data directory: whoever can read the file may change things.
// Thread rule: called once, at start.
#pragma once

#include <string>

#include "base/result.h"
#include "env/entropy.h"
#include "env/files.h"

namespace daytwo::api {

// The token in `directory`/token, made (64 hex digits, mode 0600) when there is none. Errors:
// kDenied when others than the owner may read it; kCorrupt when it is no token; those of Files.
[[nodiscard]] Result<std::string> load_or_make_token(env::Files& files, env::Entropy& entropy,
                                                     const std::string& directory);

// The token as the command line reads it. Errors: kNotFound, kDenied: the text says what to do.
[[nodiscard]] Result<std::string> load_token(env::Files& files, const std::string& directory);

}  // namespace daytwo::api
