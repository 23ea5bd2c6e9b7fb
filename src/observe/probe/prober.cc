#include "observe/probe/prober.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace daytwo::observe {
namespace {

// A probe that flaps every turn for an hour is written down whole: each change is somebody's
// outage.
constexpr int kMaxProbeChanges = 1000;

// A pattern that is found anywhere in a body.
[[nodiscard]] Result<series::Pattern> anywhere(const std::string& text) {
  return series::Pattern::make(fmt::format(".*(?:{}).*", text));  // a dot matches newlines too
}

[[nodiscard]] tl::unexpected<Error> bad_url(const std::string& url, std::string text,
                                            std::string expected) {
  Diagnostic one;
  one.file = "url";
  one.line = 1;
  one.column = 1;
  one.text = std::move(text);
  one.source_line = to_utf8(url);
  one.expected = std::move(expected);
  return fail(Diagnostics{std::move(one)});
}

// "host", "host:port", "[::1]:port" into its parts; port 0 when none is given.
bool split_host(std::string_view text, std::string& host, std::uint16_t& port) {
  std::string_view digits;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    host = text.substr(1, end - 1);
    digits = text.substr(end + 1);
    if (!digits.empty() && digits.front() != ':') return false;
    if (!digits.empty()) digits.remove_prefix(1);
  } else {
    const std::size_t colon = text.rfind(':');
    host = text.substr(0, colon);
    if (colon != std::string_view::npos) digits = text.substr(colon + 1);
  }
  port = 0;
  if (!digits.empty()) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size() || port == 0) return false;
  }
  return !host.empty() && host.find_first_of(" \t\r\n/?#@\"<>\\") == std::string::npos;
}

bool is_accepted(const ProbeTarget& target, int status) {
  if (target.statuses.empty()) return status >= 200 && status < 300;
  return std::find(target.statuses.begin(), target.statuses.end(), status) != target.statuses.end();
}

std::string accepted_words(const ProbeTarget& target) {
  if (target.statuses.empty()) return "200 to 299";
  std::vector<std::string> words;
  for (const int status : target.statuses) words.push_back(std::to_string(status));
  return join_words(words);
}

}  // namespace

Timestamp earliest_expiry(std::span<const env::Certificate> chain) {
  Timestamp earliest;
  for (const env::Certificate& one : chain) {
    if (earliest == Timestamp{} || one.not_after < earliest) earliest = one.not_after;
  }
  return earliest;
}

Result<ProbeTarget> make_probe(const std::string& url) {
  ProbeTarget target;
  target.url = url;
  const std::size_t scheme_end = url.find("://");
  const std::string scheme = to_lower(url.substr(0, std::min(scheme_end, url.size())));
  constexpr const char* kExpected =
      "https://host/path, http://host/path, tcp://host:port, tls://host:port or dns://name";
  if (scheme_end == std::string::npos) {
    return bad_url(url, "this is no URL", fmt::format("{}; perhaps https://{}", kExpected, url));
  }
  std::string_view rest = std::string_view(url).substr(scheme_end + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos) {
    return bad_url(url, "a URL with user and password would show them everywhere",
                   "the URL alone; put credentials into a file of the configuration");
  }
  if (!split_host(authority, target.host, target.port)) {
    return bad_url(url, "no host, or a port that is none", kExpected);
  }
  if (scheme == "http" || scheme == "https") {
    target.kind = ProbeTarget::Kind::kHttp;
    if (target.port == 0) target.port = scheme == "https" ? 443 : 80;
    return target;
  }
  if (authority.size() != rest.size() && rest != fmt::format("{}/", authority)) {
    return bad_url(url, fmt::format("{} takes no path", scheme), kExpected);
  }
  if (scheme == "dns") {
    target.kind = ProbeTarget::Kind::kDns;
    return target;
  }
  if (scheme != "tcp" && scheme != "tls") {
    return bad_url(url, fmt::format("unknown scheme {}", to_utf8(scheme)), kExpected);
  }
  target.kind = scheme == "tcp" ? ProbeTarget::Kind::kTcp : ProbeTarget::Kind::kTls;
  if (target.port == 0) return bad_url(url, fmt::format("{} wants a port", scheme), kExpected);
  return target;
}

Prober::Prober(std::vector<ProbeTarget> targets, env::HttpClient& http, env::Sockets& sockets,
               const env::Clock& clock)
    : targets_(std::move(targets)),
      http_(http),
      sockets_(sockets),
      clock_(clock),
      sightings_(kProbeEngine, kMaxProbeChanges),
      last_(targets_.size()) {
  for (const ProbeTarget& target : targets_) schedule_.add(target.interval, hash64(target.url));
}

void Prober::restore(std::span<const facts::RecordPtr> records) {
  const std::lock_guard lock(mutex_);
  sightings_.restore(records, "");
}

ProbeResult Prober::look(const ProbeTarget& target, Timestamp now) {
  const Duration began = clock_.mono();
  ProbeResult result;
  switch (target.kind) {
    case ProbeTarget::Kind::kHttp:
      result = look_http(target, now);
      break;
    case ProbeTarget::Kind::kTcp:
    case ProbeTarget::Kind::kTls:
      result = look_connect(target, now);
      break;
    case ProbeTarget::Kind::kDns:
      result = look_name(target);
      break;
  }
  result.took = clock_.mono() - began;
  if (result.up) {
    result.reason = fmt::format("{} in {} ms", result.reason, result.took.ms);
  } else {
    result.reason = to_utf8(result.reason);
  }
  return result;
}

ProbeResult Prober::look_http(const ProbeTarget& target, Timestamp now) {
  env::HttpRequest request;
  request.method = target.method;
  request.url = target.url;
  request.headers = target.headers;
  request.timeout = target.timeout;
  request.max_redirects = target.max_redirects;
  request.ca_file = target.ca_file;
  request.verify_tls = target.verify_tls;
  const auto response = http_.fetch(request);
  ProbeResult result;
  if (!response) {
    const bool late = response.error().code == Code::kTimeout;
    result.reason =
        late ? fmt::format("no answer within {}", to_words(target.timeout)) : response.error().text;
    if (!late && target.url.starts_with("https")) explain_tls(target, now, result);
    return result;
  }
  result.status = response->status;
  result.redirects = response->redirects;
  result.body_bytes = response->body.size();
  result.phases = response->phases;
  result.address = response->remote_address;
  result.chain = response->chain;
  judge_answer(target, *response, result);
  return result;
}

void Prober::judge_answer(const ProbeTarget& target, const env::HttpResponse& response,
                          ProbeResult& result) const {
  if (!is_accepted(target, response.status)) {
    result.reason = fmt::format("status {}, expected {}", response.status, accepted_words(target));
    return;
  }
  for (const bool wanted : {true, false}) {
    const std::string& text = wanted ? target.body_match : target.body_refuse;
    if (text.empty()) continue;
    const auto pattern = anywhere(text);
    if (!pattern) {
      result.reason = pattern.error().text;
      return;
    }
    if (pattern->matches(response.body) != wanted) {
      result.body_refused = true;
      result.reason =
          fmt::format("the body {} {}", wanted ? "does not contain" : "contains", to_utf8(text));
      return;
    }
  }
  result.up = true;
  result.reason = std::to_string(response.status);
}

// A handshake that failed shows no chain: ask for it without trusting it, to say what is wrong.
void Prober::explain_tls(const ProbeTarget& target, Timestamp now, ProbeResult& result) {
  const auto connected = sockets_.connect(target.host, target.port, true, false, target.timeout);
  if (!connected || connected->chain.empty()) return;
  result.chain = connected->chain;
  result.address = connected->address;
  const Timestamp ends = earliest_expiry(result.chain);
  if (ends < now) {
    result.reason = fmt::format("the certificate expired {} ago", to_words(now - ends));
  }
}

ProbeResult Prober::look_connect(const ProbeTarget& target, Timestamp now) {
  const bool tls = target.kind == ProbeTarget::Kind::kTls;
  const auto connected =
      sockets_.connect(target.host, target.port, tls, tls && target.verify_tls, target.timeout);
  ProbeResult result;
  if (!connected) {
    const bool late = connected.error().code == Code::kTimeout;
    result.reason = late ? fmt::format("no connection within {}", to_words(target.timeout))
                         : connected.error().text;
    if (tls && !late) explain_tls(target, now, result);
    return result;
  }
  result.up = true;
  result.reason = tls ? "handshake" : "connected";
  result.address = connected->address;
  result.chain = connected->chain;
  result.phases.resolve = connected->resolve;
  result.phases.connect = connected->connect;
  result.phases.tls = connected->tls;
  return result;
}

ProbeResult Prober::look_name(const ProbeTarget& target) {
  const Duration began = clock_.mono();
  const auto addresses = sockets_.resolve(target.host, target.timeout);
  ProbeResult result;
  result.phases.resolve = clock_.mono() - began;
  if (!addresses) {
    result.reason = addresses.error().text;
    return result;
  }
  result.up = !addresses->empty();
  result.reason = result.up ? join_words(*addresses) : "the name has no address";
  if (result.up) result.address = addresses->front();
  return result;
}

Observation Prober::run(std::size_t index, Timestamp now) {
  const ProbeTarget& target = targets_.at(index);
  ProbeResult result = look(target, now);
  Observation out;
  out.batch = probe_series(target, result, now);
  facts::ProbeSeen seen{target.url, result.up, result.reason, result.status,
                        earliest_expiry(result.chain)};
  {
    const std::lock_guard lock(mutex_);
    sightings_.begin(now);
    sightings_.see(
        "probe/" + target.url, target.service.empty() ? target.url : target.service, {seen},
        fmt::format("{} is {}: {}", target.url, result.up ? "up" : "down", result.reason));
    out.records = sightings_.take();
    last_.at(index) = std::move(result);
  }
  schedule_.done(index);
  return out;
}

std::optional<ProbeResult> Prober::last(std::size_t index) const {
  const std::lock_guard lock(mutex_);
  return last_.at(index);
}

series::Batch probe_series(const ProbeTarget& target, const ProbeResult& result, Timestamp at) {
  std::vector<series::Label> common = {{"job", "watch"}, {"instance", target.url}};
  if (!target.service.empty()) common.push_back({"service", target.service});
  common.insert(common.end(), target.labels.begin(), target.labels.end());
  MetricWriter out(std::move(common));
  out.begin(at);
  out.gauge("probe_success", result.up ? 1 : 0);
  out.gauge("probe_duration_seconds", result.took.seconds());
  if (target.kind != ProbeTarget::Kind::kHttp) {
    out.gauge("probe_dns_lookup_time_seconds", result.phases.resolve.seconds());
  } else {
    out.gauge("probe_http_status_code", result.status);
    out.gauge("probe_http_redirects", result.redirects);
    out.gauge("probe_http_ssl", result.chain.empty() ? 0 : 1);
    out.gauge("probe_http_uncompressed_body_length", static_cast<double>(result.body_bytes));
    out.gauge("probe_failed_due_to_regex", result.body_refused ? 1 : 0);
    out.gauge("probe_dns_lookup_time_seconds", result.phases.resolve.seconds());
    const std::pair<const char*, Duration> phases[] = {{"resolve", result.phases.resolve},
                                                       {"connect", result.phases.connect},
                                                       {"tls", result.phases.tls},
                                                       {"processing", result.phases.first_byte},
                                                       {"transfer", result.phases.transfer}};
    for (const auto& [name, span] : phases) {
      out.gauge("probe_http_duration_seconds", span.seconds(), {{"phase", name}});
    }
  }
  if (!result.chain.empty()) {
    out.gauge("probe_ssl_earliest_cert_expiry",
              static_cast<double>(earliest_expiry(result.chain).ms) / 1000);
    const env::Certificate& leaf = result.chain.front();
    out.gauge("probe_ssl_last_chain_info", 1, {{"subject", leaf.subject}, {"issuer", leaf.issuer}});
  }
  return out.take();
}

}  // namespace daytwo::observe
