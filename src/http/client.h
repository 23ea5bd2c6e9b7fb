// Outgoing HTTP over libcurl, blocking: a fresh connection for each request, so that its phases and
// certificates are this request's own.
// Thread rule: any thread; each call has its own handle.
#pragma once

#include "base/result.h"
#include "env/http_client.h"

namespace daytwo::http {

// The real HttpClient. Proxies of the environment are honoured, but never for loopback.
class Client final : public env::HttpClient {
 public:
  // As env::HttpClient::fetch. kNotFound when the host's name does not resolve.
  [[nodiscard]] Result<env::HttpResponse> fetch(const env::HttpRequest& request) override;
};

}  // namespace daytwo::http
