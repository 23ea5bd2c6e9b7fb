#include "app/attachment.h"

#include <utility>

#include "app/http_access_file.h"

namespace daytwo::app {
namespace {

constexpr Duration kCheckEvery = seconds(15);

}  // namespace

Result<std::unique_ptr<Attachment>> Attachment::start(const Settings& settings,
                                                      const AttachmentParts& parts) {
  TRY_IN("--prometheus", remote::Options options, remote::parse_url(settings.prometheus_url));
  if (!settings.prometheus_access_file.empty()) {
    if (!options.access.user.empty()) {
      return fail(Code::kInvalid,
                  "a user stands in the URL of --prometheus and a file in "
                  "--prometheus.http.config.file: state one of them");
    }
    TRY_IN("--prometheus.http.config.file", options.access,
           load_http_access(parts.files, settings.prometheus_access_file));
  }
  options.tenant = settings.prometheus_tenant;
  options.timeout = settings.query_timeout;
  return std::unique_ptr<Attachment>(new Attachment(std::move(options), parts));
}

Attachment::Attachment(remote::Options options, const AttachmentParts& parts)
    : log_(parts.log),
      peer_(std::move(options), {parts.http, parts.files, parts.clock, parts.registry}),
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
