#include "act/send_mail.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace daytwo::act {
namespace {

std::string domain_of(const std::string& address) {
  const std::size_t at = address.rfind('@');
  return at == std::string::npos ? "daytwo.invalid" : address.substr(at + 1);
}

}  // namespace

env::Mail mail_of(const Notice& notice, const std::string& from, const std::string& to) {
  const std::string domain = domain_of(from);
  // All mails about one occurrence hang below this id, so that they stand together.
  const std::string root =
      fmt::format("<{}@{}>", short_id(notice.page.worry.value + '\n' + notice.page.epoch), domain);
  env::Mail mail;
  mail.from = from;
  mail.to = {to};
  const std::string_view mark = notice.resolved                               ? "resolved: "
                                : notice.page.purpose == PagePurpose::kTest   ? "test: "
                                : notice.page.purpose == PagePurpose::kNotice ? "notice: "
                                                                              : "";
  mail.subject = fmt::format("[daytwo] {}{}", mark, notice.title);
  const auto paragraph = [&mail](std::string_view name, const std::string& text) {
    if (!text.empty()) mail.text += fmt::format("{}{}\n\n", name, text);
  };
  paragraph("", notice.sentence);
  paragraph("Verdict: ", notice.verdict);
  paragraph("If left alone: ", notice.worth);
  paragraph("Next step: ", notice.next_step);
  paragraph("Owner: ", notice.owner);
  paragraph("Waiting against waking (computed only): ", notice.shadow);
  paragraph("I have it: ", notice.ack_url);
  paragraph("Tell me again in an hour: ", notice.snooze_url);
  paragraph("Not mine, tell the next one: ", notice.not_mine_url);
  paragraph("It was useful: ", notice.useful_url);
  paragraph("It was noise: ", notice.noise_url);
  paragraph("Open: ", notice.show_url);
  mail.headers = {{"Message-Id", fmt::format("<{}@{}>", notice.page.idempotency_key, domain)},
                  {"References", root},
                  {"In-Reply-To", root},
                  {"Auto-Submitted", "auto-generated"}};
  return mail;
}

Outcome mail_outcome(const Result<void>& sent) {
  if (sent) return {};
  const bool hopeless = sent.error().code == Code::kInvalid;
  return {
      hopeless ? Outcome::Kind::kFinal : Outcome::Kind::kTryAgain, sent.error().to_string(), {}};
}

}  // namespace daytwo::act
