#include "remote/peer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/percent.h"
#include "base/text.h"
#include "wire/prometheus_api.h"

namespace daytwo::remote {
namespace {

constexpr Duration kIdentifyTimeout = seconds(5);
constexpr Duration kAskAgainAfter = seconds(5);
constexpr std::size_t kMaxIdentityBytes = 256U << 10U;
constexpr std::string_view kBuildInfo = "/api/v1/status/buildinfo";

// A user or a password as it stands in a URL. Errors: kInvalid.
Result<std::string> decode_secret(std::string_view text) {
  auto out = percent_decode(text);
  if (!out) return fail(Code::kInvalid, "a broken % escape before the @");
  return *std::move(out);
}

// Which program says `build`; nothing when it is none that we know. VictoriaMetrics signs every
// answer, and says nothing of itself (1.79) or poses as an old Prometheus without a Go version.
std::optional<Flavour> flavour_of(const wire::Build& build, const env::HttpResponse& response) {
  if (build.application.find("Mimir") != std::string::npos) return Flavour::kMimir;
  if (!response.header("x-server-hostname").empty()) return Flavour::kVictoriaMetrics;
  if (build.version.empty()) return std::nullopt;
  return build.go_version.empty() ? Flavour::kVictoriaMetrics : Flavour::kPrometheus;
}

}  // namespace

Result<Options> parse_url(std::string_view text) {
  Options out;
  const std::size_t colon = text.find("://");
  const std::string scheme = to_lower(text.substr(0, std::min(colon, text.size())));
  if (colon == std::string_view::npos || (scheme != "http" && scheme != "https")) {
    return fail(Code::kInvalid, "expected http://HOST:PORT or https://HOST:PORT");
  }
  std::string_view rest = text.substr(colon + 3);
  const std::size_t slash = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, slash);
  std::string_view path = rest.substr(slash);
  if (path.find_first_of("?#") != std::string_view::npos) {
    return fail(Code::kInvalid, "the URL of a server has no ? and no #");
  }
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view who = authority.substr(0, at);
    const std::size_t separator = std::min(who.find(':'), who.size());
    TRY(out.access.user, decode_secret(who.substr(0, separator)));
    TRY(out.access.password, decode_secret(who.substr(std::min(separator + 1, who.size()))));
    authority.remove_prefix(at + 1);
  }
  if (authority.empty() || authority.front() == ':') {
    return fail(Code::kInvalid, "the URL names no host");
  }
  while (path.ends_with('/')) path.remove_suffix(1);
  out.url = fmt::format("{}://{}{}", scheme, authority, path);
  return out;
}

std::string_view name_of(Flavour flavour) {
  switch (flavour) {
    case Flavour::kPrometheus:
      return "Prometheus";
    case Flavour::kMimir:
      return "Mimir";
    case Flavour::kVictoriaMetrics:
      return "VictoriaMetrics";
  }
  return "";
}

Peer::Peer(Options options, const PeerParts& parts)
    : options_(std::move(options)),
      client_(parts.http),
      files_(parts.files),
      clock_(parts.clock),
      up_(parts.registry.gauge("daytwo_remote_up",
                               "1 when the attached server answered last time.")),
      requests_(parts.registry.counter("daytwo_remote_requests_total",
                                       "Requests sent to the attached server.")),
      failures_(
          parts.registry.counter("daytwo_remote_failures_total",
                                 "Requests that the attached server did not answer, or with a "
                                 "status of 500 or above.")) {
  state_.since = clock_.wall();
}

Result<Identity> Peer::identify() {
  const std::lock_guard asking(asking_);
  {
    const std::lock_guard lock(mutex_);
    if (state_.identity) return *state_.identity;
  }
  if (refused_ && clock_.mono() - refused_at_ < kAskAgainAfter) return fail(Error(*refused_));
  auto identity = ask_identity();
  if (!identity) {
    refused_ = identity.error();
    refused_at_ = clock_.mono();
    note(&*refused_);
    return identity;
  }
  refused_.reset();
  const std::lock_guard lock(mutex_);
  state_.identity = *identity;
  return identity;
}

Result<Identity> Peer::ask_identity() {
  TRY(const auto plain, ask_below(options_.url));
  if (plain) return *plain;
  // Mimir serves it below its prefix; so does Cortex.
  TRY(const auto prefixed, ask_below(options_.url + "/prometheus"));
  if (prefixed) return *prefixed;
  return fail(Code::kInvalid, fmt::format("{} is no Prometheus, Mimir or VictoriaMetrics: it knows "
                                          "no {}",
                                          options_.url, kBuildInfo));
}

// Nothing when there is no such path below `base`.
Result<std::optional<Identity>> Peer::ask_below(const std::string& base) {
  Request request;
  request.path = kBuildInfo;
  request.max_body_bytes = kMaxIdentityBytes;
  request.timeout = std::min(options_.timeout, kIdentifyTimeout);
  TRY(const env::HttpResponse response, fetch(base, request));
  if (response.status == 401 || response.status == 403) {
    return fail(response.status == 401 ? Code::kUnauthenticated : Code::kDenied,
                fmt::format("{} refuses our credentials (HTTP {})", base, response.status));
  }
  if (response.status >= 500) {
    return fail(Code::kUnavailable, fmt::format("{} answers HTTP {}", base, response.status));
  }
  if (response.status == 404) return std::optional<Identity>();
  const auto build = wire::parse_build_info(response.body);
  const auto flavour = build ? flavour_of(*build, response) : std::nullopt;
  if (response.status != 200 || !flavour) {
    return fail(
        Code::kInvalid,
        fmt::format("{} is no Prometheus, Mimir or VictoriaMetrics: {} answers HTTP {}, and "
                    "not with build information",
                    base, kBuildInfo, response.status));
  }
  return Identity{*flavour, build->version.empty() ? "unknown" : build->version, base};
}

Result<Identity> Peer::check() {
  TRY(Identity identity, identify());
  TRY(const auto now, ask_below(identity.base));
  // Another version may have been installed meanwhile.
  if (now) identity = *now;
  const std::lock_guard lock(mutex_);
  state_.identity = identity;
  return identity;
}

Result<env::HttpResponse> Peer::send(const Request& request) {
  TRY(const Identity identity, identify());
  return fetch(identity.base, request);
}

Result<env::HttpResponse> Peer::fetch(const std::string& base, const Request& request) {
  env::HttpRequest out;
  out.method = request.method;
  out.url = base + request.path + (request.query.empty() ? "" : "?" + request.query);
  out.headers = request.headers;
  out.headers.emplace_back("User-Agent", "daytwo");
  if (!options_.tenant.empty()) out.headers.emplace_back("X-Scope-OrgID", options_.tenant);
  TRY_VOID(env::authorize(options_.access, files_, out));
  out.body = request.body;
  out.timeout = request.timeout.value_or(options_.timeout);
  out.max_body_bytes = request.max_body_bytes;
  requests_.add();
  auto answer = client_.fetch(out);
  if (!answer) {
    Error error = std::move(answer).error();
    if (!error.text.starts_with(base)) error.text = fmt::format("{}: {}", base, error.text);
    // A body above our bound is an answer: the server is well.
    const bool answered = error.code == Code::kLimit;
    if (!answered) failures_.add();
    note(answered ? nullptr : &error);
    return fail(std::move(error));
  }
  if (answer->status >= 500) {
    const Error error =
        make_error(Code::kUnavailable, fmt::format("{}: HTTP {}", base, answer->status));
    failures_.add();
    note(&error);
  } else {
    note(nullptr);
  }
  return answer;
}

void Peer::note(const Error* error) {
  const Timestamp now = clock_.wall();
  const std::lock_guard lock(mutex_);
  const bool up = error == nullptr;
  if (up != state_.up) state_.since = now;
  state_.up = up;
  up_.set(up ? 1 : 0);
  if (up) return;
  state_.last_error = error->to_string();
  state_.last_error_at = now;
}

PeerState Peer::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace daytwo::remote
