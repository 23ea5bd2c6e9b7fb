// Outgoing mail over SMTP, by libcurl, blocking.
// Thread rule: any thread; each call has its own connection.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "env/clock.h"
#include "env/http_client.h"

namespace daytwo::http {

// The real MailClient. The clock is borrowed, for the Date header.
class Mailer final : public env::MailClient {
 public:
  explicit Mailer(env::Clock& clock) : clock_(clock) {}
  // As env::MailClient::send. kInvalid also for addresses or headers with line breaks.
  [[nodiscard]] Result<void> send(const env::MailServer& server, const env::Mail& mail) override;

 private:
  env::Clock& clock_;
};

// A header value as ASCII: unchanged, or as encoded words [RFC 2047].
[[nodiscard]] std::string encoded_words(std::string_view text);

}  // namespace daytwo::http
