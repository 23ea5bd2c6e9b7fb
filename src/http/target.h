// Request targets and form bodies: percent-decoding, path, parameters.
// [RFC 3986 section 2.1 and 3.4; WHATWG URL, application/x-www-form-urlencoded]
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace daytwo::http {

// A target cut into its decoded path and its raw query.
struct Target {
  std::string path;
  std::string query;
};

// Parameters in the order sent; a name may stand more than once (match[]).
class Params {
 public:
  void add(std::string name, std::string value) {
    all_.emplace_back(std::move(name), std::move(value));
  }
  // The first value of `name`; nothing if it is not there.
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
  // The first value of `name`, or empty.
  [[nodiscard]] std::string get(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> get_all(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return all_; }

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

// "%41+b" -> "A+b", or "A b" when `plus_is_space`. Errors: kInvalid for a broken escape or for a
// NUL byte, which no path or parameter of ours holds.
[[nodiscard]] Result<std::string> decode_text(std::string_view text, bool plus_is_space);

// Cuts an origin-form target ("/a%20b?c=d"). The path keeps a decoded "/" of "%2F" as "%2F", so
// that it cannot make a new segment. Errors: kInvalid: no leading "/", broken escapes, not UTF-8, a
// segment "." or "..".
[[nodiscard]] Result<Target> parse_target(std::string_view target);

// Reads "a=1&b=2&a=3" and appends to `params`. Errors: kInvalid for broken escapes, not UTF-8, or
// more than 1,000 parameters.
[[nodiscard]] Result<void> parse_params(std::string_view text, Params& params);

// True when a path pattern such as "/label/{name}/values" fits; the parts in braces go to `values`
// in order, decoded. A part fits one segment that is not empty.
[[nodiscard]] bool match_path(std::string_view pattern, std::string_view path,
                              std::vector<std::string>& values);

}  // namespace daytwo::http
