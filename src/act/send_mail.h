// Mail: one text part, threads by worry, the idempotency key as Message-Id.
#pragma once

#include "act/notice.h"
#include "act/outcome.h"
#include "env/http_client.h"

namespace daytwo::act {

// The mail. `from` gives the domain of the Message-Id. Pure.
[[nodiscard]] env::Mail mail_of(const Notice& notice, const std::string& from,
                                const std::string& to);

// What became of it: accepted; tried again on network trouble and 4xx; final on 5xx.
[[nodiscard]] Outcome mail_outcome(const Result<void>& sent);

}  // namespace daytwo::act
