// The embedded console: files with entity tags, the index with path prefix and, for those who may
// change things, the token.
// Thread rule: immutable after construction.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace daytwo::api {

// Serves what web/ built.
class Console {
 public:
  // `prefix` is the path under which the console is reached, "/" or "/daytwo/".
  Console(const std::string& prefix, const std::string& token);

  // The file at `path`, or the index for a page of the console ("/worries/1f..."). 404 for others.
  [[nodiscard]] http::Response serve(const http::Request& request, std::string_view path,
                                     bool with_token) const;

 private:
  // An index, compressed again after its placeholders were filled.
  struct Index {
    std::string gzip;
    std::string etag;
  };
  [[nodiscard]] static Index make_index(const std::string& prefix, const std::string& token);

  Index open_;        // without token
  Index with_token_;  // for loopback and authenticated clients
};

}  // namespace daytwo::api
