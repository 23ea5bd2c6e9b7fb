// Redaction: command lines leave the host without their secrets.
#pragma once

#include <span>
#include <string>

namespace daytwo::observe {

// Longest command line that is kept, in bytes; longer ones are cut and end in an ellipsis.
inline constexpr std::size_t kMaxCommandBytes = 512;

// The arguments joined by blanks, as UTF-8, control characters as U+FFFD, with secrets replaced by
// "***": the value of an argument whose name holds password, passwd, pwd, token, secret, key,
// credential, auth, cookie or session (`--name=value`, `name=value`, `--name value`, `-p value` is
// not guessed), and user and password of URLs. *broken counts bytes that were not UTF-8.
[[nodiscard]] std::string redacted_command(std::span<const std::string> arguments,
                                           std::size_t* broken = nullptr);

}  // namespace daytwo::observe
