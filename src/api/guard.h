// Who may do what. Safe by default: a browser page of another site, a DNS name that was pointed at
// this host, and a stranger on the network get nothing.
//   1. Host (each route): a loopback name, a listen address, the external URL's host, or the very
//      address that was connected to. A rebound name is none of these.
//   2. Origin (each route): absent, or the same host and port as Host, or the external URL's.
//   3. With users configured: each route but the public ones and signed links asks for a password
//      or the token. Without: reading and ingest are open on loopback only.
//   4. Changes ask for the token or a user's password, on loopback too.
// Thread rule: admit from many workers at once.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "base/result.h"
#include "env/crypto.h"
#include "http/message.h"

namespace daytwo::api {

// A user of --web.config.file.
struct User {
  std::string name;
  std::string hash;  // bcrypt or Argon2id
};

// What the guard knows.
struct GuardOptions {
  std::vector<std::string> hosts;  // besides loopback: listen addresses, lower case
  std::string external_url;        // "https://daytwo.example/x", or empty
  std::string token;               // of the data directory; not empty
  std::vector<User> users;
};

// Decides. `crypto` outlives it.
class Guard {
 public:
  Guard(GuardOptions options, const env::Crypto& crypto);

  // Rules 1 and 2. Errors: kInvalid (no Host, or several), kDenied.
  [[nodiscard]] Result<void> check_origin(const http::Request& request) const;
  // Rules 3 and 4, and whose name a change is shown under. Errors: kUnauthenticated (asks for
  // credentials), kDenied; kInvalid for a name that cannot be shown.
  [[nodiscard]] Result<Caller> admit(const http::Request& request, Access access);
  // Whether the console page sent to this client may carry the token: it asked over loopback, by
  // itself and not through a proxy, or it has authenticated.
  [[nodiscard]] bool may_carry_token(const http::Request& request);

  [[nodiscard]] bool has_users() const { return !options_.users.empty(); }
  [[nodiscard]] const std::string& token() const { return options_.token; }

 private:
  // Fills `caller` when the request carries good credentials; false when it carries bad ones.
  [[nodiscard]] bool authenticate(const http::Request& request, Caller& caller);
  // The name that stands under a change made with the token: signature.h.
  [[nodiscard]] Result<void> sign(const http::Request& request, Caller& caller) const;
  [[nodiscard]] bool is_password(const User& user, std::string_view password);
  [[nodiscard]] bool is_known_host(const http::Request& request, const std::string& host) const;

  // Constant after construction.
  const GuardOptions options_;
  const env::Crypto& crypto_;
  std::string external_host_;    // lower case, without port
  std::string external_origin_;  // "https://daytwo.example:8443"
  // Guarded by mutex_. Hashing a password costs 50 ms by design: what was right is remembered as a
  // keyed digest, by user.
  std::mutex mutex_;
  std::map<std::string, std::string> verified_;
};

// The credentials of an "Authorization: Basic" header; false when it is none.
[[nodiscard]] bool parse_basic(std::string_view header, std::string& user, std::string& password);

}  // namespace daytwo::api
