// What client, mail and sockets share of libcurl: handles that free themselves, errors as values,
// certificates in our words. No header of curl is included here.
// Thread rule: pure functions and handles of one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "env/http_client.h"

using CURL = void;

namespace daytwo::http {

// Frees an easy handle.
struct CurlFree {
  void operator()(CURL* handle) const;
};

// One transfer's handle.
using CurlHandle = std::unique_ptr<CURL, CurlFree>;

// A fresh handle: no signals, no cookies, http and https only unless the caller widens it.
[[nodiscard]] Result<CurlHandle> make_curl();

// The Error for a CURLcode other than OK. `detail` is curl's own sentence, `url` is named without
// its user and password. kTimeout, kInvalid (the URL), kLimit, else kUnavailable.
[[nodiscard]] Error curl_error(int code, std::string_view detail, std::string_view url);

// The chain that the peer showed in the last transfer; empty without TLS.
[[nodiscard]] std::vector<env::Certificate> certificate_chain(CURL* handle);

// The phases of the last transfer.
[[nodiscard]] env::HttpPhases phases_of(CURL* handle);

// The URL without "user:password@", for logs and errors.
[[nodiscard]] std::string without_password(std::string_view url);

}  // namespace daytwo::http
