// Webhook: Alertmanager's webhook format, version 4 [acting.md 9.1], so that receivers made for it
// work unchanged.
#pragma once

#include "act/notice.h"
#include "act/outcome.h"
#include "env/http_client.h"

namespace daytwo::act {

// The request; header Idempotency-Key carries the page's key. Pure.
[[nodiscard]] env::HttpRequest webhook_request(const Notice& notice, const std::string& url,
                                               const std::string& external_url);

// The JSON body of that request.
[[nodiscard]] std::string webhook_body(const Notice& notice, const std::string& external_url);

// What became of it: 2xx delivered; 408, 425, 429 and 5xx are tried again (Retry-After honoured up
// to 60 s); other answers are final.
[[nodiscard]] Outcome webhook_outcome(const Result<env::HttpResponse>& response);

}  // namespace daytwo::act
