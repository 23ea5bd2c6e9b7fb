#include "api/guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "api/signature.h"
#include "base/check.h"
#include "base/text.h"
#include "http/address.h"

namespace daytwo::api {
namespace {

// "scheme://host[:port]" of a URL, lower case, without a default port; empty when it is none.
std::string origin_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t end = url.find_first_of("/?#", scheme + 3);
  std::string origin = to_lower(url.substr(0, end));
  for (const auto& [prefix, port] : {std::pair("http://", ":80"), std::pair("https://", ":443")}) {
    if (origin.starts_with(prefix) && origin.ends_with(port)) {
      origin.resize(origin.size() - std::string_view(port).size());
    }
  }
  return origin;
}

std::string_view after_scheme(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  return scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

bool came_through_proxy(const http::Request& request) {
  return request.count("x-forwarded-for") > 0 || request.count("forwarded") > 0 ||
         request.count("x-real-ip") > 0 || request.count("via") > 0;
}

bool only_reads(const http::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

}  // namespace

Guard::Guard(GuardOptions options, const env::Crypto& crypto)
    : options_(std::move(options)), crypto_(crypto) {
  CHECK(!options_.token.empty(), "an empty token would admit everybody");
  if (options_.external_url.empty()) return;
  external_origin_ = origin_of(options_.external_url);
  if (const auto host = http::parse_host_header(after_scheme(external_origin_))) {
    external_host_ = host->host;
  }
}

bool Guard::is_known_host(const http::Request& request, const std::string& host) const {
  // An address as text cannot be rebound: the browser connected to it and to nothing else.
  if (host == request.peer.local_address) return true;
  if (request.peer.loopback && http::is_loopback_host(host)) return true;
  if (!external_host_.empty() && host == external_host_) return true;
  return std::find(options_.hosts.begin(), options_.hosts.end(), host) != options_.hosts.end();
}

Result<void> Guard::check_origin(const http::Request& request) const {
  if (request.count("host") != 1) {
    return fail(Code::kInvalid, "the request names no host, or several");
  }
  const std::string_view host_header = request.header("host");
  TRY(const http::ListenAddress host, http::parse_host_header(host_header));
  if (!is_known_host(request, host.host)) {
    return fail(Code::kDenied,
                fmt::format("this server does not go by the name '{}': if it should, start it with "
                            "--web.external-url",
                            host.host));
  }
  if (request.count("origin") > 0) {
    const std::string origin = origin_of(request.header("origin"));
    // Compared without scheme: behind a TLS proxy ours is http, and theirs is not.
    const std::string own = origin_of(fmt::format("http://{}", host_header));
    const bool same = after_scheme(origin) == after_scheme(own) && !origin.empty();
    if (!same && (external_origin_.empty() || origin != external_origin_)) {
      return fail(Code::kDenied, "a page of another site may not call this server");
    }
  } else if (request.header("sec-fetch-site") == "cross-site" && !only_reads(request)) {
    return fail(Code::kDenied, "a page of another site may not call this server");
  }
  return {};
}

bool parse_basic(std::string_view header, std::string& user, std::string& password) {
  if (to_lower(header.substr(0, 6)) != "basic ") return false;
  std::string decoded;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : trim(header.substr(6))) {
    if (c == '=') break;
    const int value = base64_value(c);
    if (value < 0) return false;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      decoded +=
          static_cast<char>(static_cast<unsigned char>(bits >> static_cast<unsigned>(count)));
    }
  }
  const std::size_t colon = decoded.find(':');
  if (colon == std::string::npos) return false;
  user = decoded.substr(0, colon);
  password = decoded.substr(colon + 1);
  return true;
}

bool Guard::is_password(const User& user, std::string_view password) {
  const std::string digest = crypto_.hmac_sha256(options_.token, password);
  {
    const std::scoped_lock lock(mutex_);
    const auto known = verified_.find(user.name);
    if (known != verified_.end() && env::equal_in_constant_time(known->second, digest)) return true;
  }
  if (!crypto_.verify_password(password, user.hash)) return false;
  const std::scoped_lock lock(mutex_);
  verified_[user.name] = digest;
  return true;
}

bool Guard::authenticate(const http::Request& request, Caller& caller) {
  const std::string_view header = request.header("authorization");
  std::string_view token = request.header("x-daytwo-token");
  if (to_lower(header.substr(0, 7)) == "bearer ") token = trim(header.substr(7));
  if (!token.empty()) {
    caller.authenticated = env::equal_in_constant_time(token, options_.token);
    return caller.authenticated;
  }
  std::string name;
  std::string password;
  if (header.empty()) return true;
  if (!parse_basic(header, name, password)) return false;
  const auto user = std::find_if(options_.users.begin(), options_.users.end(),
                                 [&name](const User& one) { return one.name == name; });
  if (user == options_.users.end()) {
    // As long as for a known name, so that names cannot be told by time.
    if (has_users()) {
      static_cast<void>(crypto_.verify_password(password, options_.users.front().hash));
    }
    return false;
  }
  if (!is_password(*user, password)) return false;
  caller = {name, true, true};
  return true;
}

Result<void> Guard::sign(const http::Request& request, Caller& caller) const {
  const std::size_t signatures = request.count(kSignatureHeader);
  if (caller.by_password || signatures == 0) return {};
  if (signatures > 1) return fail(Code::kInvalid, "the request is signed by several names");
  std::vector<std::string> taken;
  for (const User& user : options_.users) taken.push_back(user.name);
  TRY(caller.name, parse_signature(request.header(kSignatureHeader), taken));
  return {};
}

Result<Caller> Guard::admit(const http::Request& request, Access access) {
  Caller caller;
  if (access == Access::kPublic || access == Access::kLink) return caller;
  if (!authenticate(request, caller)) {
    return fail(Code::kUnauthenticated, "wrong token or password");
  }
  if (caller.authenticated && access == Access::kChange) TRY_VOID(sign(request, caller));
  if (caller.authenticated) return caller;
  if (has_users()) return fail(Code::kUnauthenticated, "this server asks for a user and password");
  if (access == Access::kChange) {
    return fail(Code::kUnauthenticated,
                "a change needs the token that stands in the file 'token' of the data directory");
  }
  if (!request.peer.loopback) {
    return fail(Code::kDenied, "without --web.config.file only this host may read and write here");
  }
  return caller;
}

bool Guard::may_carry_token(const http::Request& request) {
  Caller caller;
  if (!authenticate(request, caller)) return false;
  if (caller.authenticated) return true;
  return !has_users() && request.peer.loopback && !came_through_proxy(request);
}

}  // namespace daytwo::api
