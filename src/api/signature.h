// Signatures: the name that a change made with the token is shown under ("ann@shop-1").
// The token proves the right to change things, not who holds it: a signature is a display name and
// opens nothing. It comes in the header Daytwo-As, percent-encoded UTF-8; a user with a password
// signs with the user's name, whatever the header says. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::api {

inline constexpr std::string_view kSignatureHeader = "daytwo-as";
// Longest name, in bytes.
inline constexpr std::size_t kMaxSignatureBytes = 64;

// The name in a header. `taken` are names that a password proves, which nobody else may use.
// Errors: kInvalid (empty, too long, no UTF-8, control or invisible characters), kDenied (one of
// `taken`, or "daytwo", in any case).
[[nodiscard]] Result<std::string> parse_signature(std::string_view header,
                                                  std::span<const std::string> taken);

// `name` made into one that parse_signature takes: what it would refuse is left out, the rest cut
// at the longest that fits. Empty when nothing is left.
[[nodiscard]] std::string fit_signature(std::string_view name);

}  // namespace daytwo::api
