// Outgoing HTTP and mail, blocking, for worker threads. Implemented in http/ (libcurl); simulations
// answer from scripts. Thread rule: any thread; each call has its own deadline.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::env {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// One request, with the limits that its answer must keep.
struct HttpRequest {
  std::string method = "GET";
  std::string url;  // http:// or https://
  HttpHeaders headers;
  std::string body;
  Duration timeout = seconds(10);
  int max_redirects = 0;
  std::size_t max_body_bytes = 4U << 20U;  // kLimit above it
  std::string basic_user;
  std::string basic_password;
  std::string ca_file;     // empty = the system's
  std::string cert_file;   // our own certificate, PEM; empty = none
  std::string key_file;    // its key; empty = in cert_file
  bool verify_tls = true;  // false only by a person's written wish
};

// Where the time of a request went; each is the span of that phase alone, 0 when it did not happen.
struct HttpPhases {
  Duration resolve;
  Duration connect;
  Duration tls;
  Duration first_byte;
  Duration transfer;
  Duration total;
};

// The certificate that a server showed, leaf first.
struct Certificate {
  std::string subject;
  std::string issuer;
  Timestamp not_before;
  Timestamp not_after;
  std::vector<std::string> names;
};

// One answer, and what it took to get it.
struct HttpResponse {
  int status = 0;
  HttpHeaders headers;  // names in lower case
  std::string body;
  std::string final_url;
  int redirects = 0;
  HttpPhases phases;
  std::string remote_address;
  std::vector<Certificate> chain;  // https only

  // The first value of a header given in lower case, or empty.
  [[nodiscard]] std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return {};
  }
};

// Sends requests; blocks the calling thread until the answer or the deadline.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Any answer is a value, whatever its status. Errors: kUnavailable (refused, no route, name not
  // found, TLS failure: the text says which), kTimeout, kLimit (body), kInvalid (URL).
  [[nodiscard]] virtual Result<HttpResponse> fetch(const HttpRequest& request) = 0;
};

// One mail.
struct Mail {
  std::string from;
  std::vector<std::string> to;
  std::string subject;
  std::string text;
  std::string html;     // optional second part
  HttpHeaders headers;  // Message-Id, References, Auto-Submitted ...
};

// Where mail goes out.
struct MailServer {
  std::string url;  // smtp://host:25, smtps://host:465
  std::string user;
  std::string password;
  std::string ca_file;    // empty = the system's
  bool start_tls = true;  // required when true
  Duration timeout = seconds(10);
};

// Hands mail to a server by SMTP.
class MailClient {
 public:
  virtual ~MailClient() = default;
  // Returns when the server has accepted the mail (250). Errors: kUnavailable (4xx, network),
  // kInvalid (5xx: will not help to retry), kTimeout.
  [[nodiscard]] virtual Result<void> send(const MailServer& server, const Mail& mail) = 0;
};

}  // namespace daytwo::env
