#include "app/attachment.h"

#include <utility>

namespace daytwo::app {
namespace {

constexpr Duration kCheckEvery = seconds(15);

}  // namespace

Result<std::unique_ptr<Attachment>> Attachment::start(const std::string& url,
                                                      Duration query_timeout,
                                                      const AttachmentParts& parts) {
  TRY_IN("--prometheus", remote::Options options, remote::parse_url(url));
  options.timeout = query_timeout;
  return std::unique_ptr<Attachment>(new Attachment(std::move(options), parts));
}

Attachment::Attachment(remote::Options options, const AttachmentParts& parts)
    : log_(parts.log),
      peer_(std::move(options), parts.http, parts.clock, parts.registry),
      source_(parts.own, peer_),
      checking_(parts.threads, "attached", kCheckEvery, [this] { check(); }) {}

void Attachment::check() {
  const auto identity = peer_.check();
  const std::string now = identity ? identity->version : identity.error().to_string();
  if (now == last_) return;
  last_ = now;
  if (identity) {
    log_.info("remote", "attached",
              {{"url", identity->base},
               {"flavour", remote::name_of(identity->flavour)},
               {"version", identity->version}});
  } else {
    log_.failed("remote", "the attached server does not answer", identity.error(),
                "everything that daytwo observes itself");
  }
}

}  // namespace daytwo::app
