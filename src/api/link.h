// Links that act: a page's mail or message carries them, so that a person without a login can
// acknowledge. Signed, single use, 24 hours; GET shows, POST acts (mail scanners follow links).
//   token = base64url(subject \x1f action \x1f person \x1f expiry ms \x1f nonce) "."
//   base64url(HMAC)
// Thread rule: any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "env/crypto.h"
#include "env/entropy.h"
#include "env/files.h"

namespace daytwo::api {

// What a link does.
struct Link {
  std::string subject;  // the page's id
  std::string action;   // ack, snooze, useful, noise, not_mine
  std::string person;   // who it was sent to
  Timestamp expires;
  std::string nonce;  // hex; tells two links for the same thing apart
};

// A link is good for this long.
inline constexpr Duration kLinkLife = hours(24);

// Makes and checks links.
class LinkSigner {
 public:
  // `key` is derived from the data directory's token: a new token ends all links.
  LinkSigner(std::string_view key, const env::Crypto& crypto);

  // The token of a link that is good until now + kLinkLife. REQUIRES: no field holds 0x1F.
  [[nodiscard]] std::string sign(std::string subject, std::string action, std::string person,
                                 Timestamp now, env::Entropy& entropy) const;
  // Errors: kInvalid (no link of ours, or changed); kDenied (too old).
  [[nodiscard]] Result<Link> open(std::string_view token, Timestamp now) const;

 private:
  const std::string key_;
  const env::Crypto& crypto_;
};

// The links that were used, in an append-only file of the data directory, so that single use
// survives a restart. Lines: "NONCE EXPIRY_MS\n"; a torn last line is dropped when read.
class UsedLinks {
 public:
  // Reads the file; forgets what has expired. Errors: those of Files.
  [[nodiscard]] static Result<std::unique_ptr<UsedLinks>> open(env::Files& files,
                                                               const std::string& path,
                                                               Timestamp now);
  // Marks the link as used, durably, before its action runs. Errors: kConflict (used before), those
  // of Files.
  [[nodiscard]] Result<void> use(const Link& link);
  [[nodiscard]] bool is_used(const Link& link);

 private:
  explicit UsedLinks(std::map<std::string, Timestamp> used) : used_(std::move(used)) {}

  // Guarded by mutex_.
  std::mutex mutex_;
  std::map<std::string, Timestamp> used_;
  std::unique_ptr<env::AppendFile> file_;
};

}  // namespace daytwo::api
