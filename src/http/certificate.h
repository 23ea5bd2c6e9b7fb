// Reading X.509 certificates into plain values, by OpenSSL.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "env/http_client.h"

namespace daytwo::http {

// The first certificate of a PEM text. Errors: kInvalid.
[[nodiscard]] Result<env::Certificate> parse_certificate(std::string_view pem);

// True when the certificate speaks for `host` (a name, or an address as text), wildcards and all.
// [RFC 6125, as OpenSSL checks it]
[[nodiscard]] bool certificate_covers(std::string_view pem, const std::string& host);

// Why a verification failed, in OpenSSL's words: "certificate has expired".
[[nodiscard]] std::string verify_error_text(long result);

}  // namespace daytwo::http
