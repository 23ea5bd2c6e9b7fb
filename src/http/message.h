// What the server gives to a handler and takes back: plain values, no Boost.
// Thread rule: plain values; a Handler is called from many workers at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "env/http_client.h"

namespace daytwo::http {

// Who sent a request and how it came in.
struct Peer {
  std::string address;        // "127.0.0.1", "::1", without port
  std::string local_address;  // the address of ours that it reached
  std::uint16_t local_port = 0;
  bool loopback = false;  // both ends are loopback addresses
  bool tls = false;
};

// One request, complete with its body.
struct Request {
  std::string method;        // "GET", upper case as sent
  std::string target;        // as sent: "/api/v1/query?query=up"
  std::string path;          // percent-decoded, "/api/v1/query"
  std::string query;         // after the first '?', still encoded
  env::HttpHeaders headers;  // names in lower case, in the order sent
  std::string body;
  Peer peer;

  // The first value of a header given in lower case, or empty.
  [[nodiscard]] std::string_view header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return {};
  }
  // How often a header given in lower case was sent.
  [[nodiscard]] std::size_t count(std::string_view name) const {
    std::size_t found = 0;
    for (const auto& [key, value] : headers) found += key == name ? 1U : 0U;
    return found;
  }
};

// One answer. The server adds Date, Content-Length, Connection, and gzip where it is accepted.
struct Response {
  int status = 200;
  env::HttpHeaders headers;  // names as they go out
  std::string body;

  // Replaces or adds a header; names compare without case.
  void set(std::string_view name, std::string value);
  // The first value of a header, names compare without case; empty if absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

// An answer with a body of one content type.
[[nodiscard]] Response make_response(int status, std::string_view content_type, std::string body);

// Answers requests. Called on worker threads, many at once; may block, but not for ever.
class Handler {
 public:
  virtual ~Handler() = default;
  [[nodiscard]] virtual Response handle(const Request& request) = 0;
  // Largest body that this method and path may carry; a larger one is answered 413 unread.
  [[nodiscard]] virtual std::size_t body_limit(std::string_view method,
                                               std::string_view path) const = 0;
  // True for what may hold a worker for minutes (a query): one worker is always kept free of it.
  [[nodiscard]] virtual bool is_bulk(std::string_view method, std::string_view path) const {
    static_cast<void>(method);
    static_cast<void>(path);
    return false;
  }
};

}  // namespace daytwo::http
