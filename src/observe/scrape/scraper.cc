#include "observe/scrape/scraper.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "wire/inflate.h"

namespace daytwo::observe {
namespace {

// OpenMetrics first: it says when it was cut.
constexpr std::string_view kAccept =
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
    "application/openmetrics-text;version=0.0.1;q=0.5,"
    "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

// The labels that every series of a target carries.
std::vector<series::Label> own_labels(const ScrapeTarget& target) {
  std::vector<series::Label> labels = {
      {"job", target.job},
      {"instance", target.instance.empty() ? instance_of(target.url) : target.instance}};
  for (const series::Label& label : target.labels) {
    std::erase_if(labels, [&](const series::Label& one) { return one.name == label.name; });
    labels.push_back(label);
  }
  return labels;
}

bool has(const std::vector<series::Label>& labels, std::string_view name) {
  return std::any_of(labels.begin(), labels.end(),
                     [&](const series::Label& label) { return label.name == name; });
}

// Joins what a program exposes with what is known of it.
void join(std::vector<series::Label>& exposed, const std::vector<series::Label>& own,
          bool honor_labels) {
  for (const series::Label& label : own) {
    const auto clash = std::find_if(exposed.begin(), exposed.end(),
                                    [&](const auto& one) { return one.name == label.name; });
    if (clash == exposed.end()) {
      exposed.push_back(label);
      continue;
    }
    if (honor_labels) continue;
    std::string name = "exported_" + label.name;
    while (has(exposed, name)) name.insert(0, "exported_");
    series::Label moved{std::move(name), std::move(clash->value)};
    clash->value = label.value;
    exposed.push_back(std::move(moved));
  }
}

[[nodiscard]] Result<void> check_lengths(const ScrapeTarget& target,
                                         const std::vector<series::Label>& labels) {
  for (const series::Label& label : labels) {
    const bool name =
        target.label_name_length_limit != 0 && label.name.size() > target.label_name_length_limit;
    const bool value = target.label_value_length_limit != 0 &&
                       label.value.size() > target.label_value_length_limit;
    if (name || value) {
      return fail(Code::kLimit, fmt::format("label {} is longer than allowed",
                                            to_utf8(label.name.substr(0, 64))));
    }
  }
  return {};
}

}  // namespace

std::string instance_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  std::string host = url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3);
  if (const std::size_t user = host.rfind('@'); user != std::string::npos) {
    host.erase(0, user + 1);
  }
  const std::size_t colon = host.rfind(':');
  const bool has_port = colon != std::string::npos && host.find(']', colon) == std::string::npos;
  if (!has_port) host += url.starts_with("https") ? ":443" : ":80";
  return host;
}

Scraper::Scraper(std::vector<ScrapeTarget> targets, env::HttpClient& http, const env::Files& files,
                 const env::Clock& clock)
    : targets_(std::move(targets)),
      http_(http),
      files_(files),
      clock_(clock),
      memory_(targets_.size()) {
  for (const ScrapeTarget& target : targets_) {
    schedule_.add(target.interval, hash64(target.job + '\n' + target.url));
  }
}

Result<wire::Exposition> Scraper::fetch(const ScrapeTarget& target) {
  env::HttpRequest request;
  request.url = target.url;
  request.timeout = target.timeout;
  request.max_redirects = target.max_redirects;
  request.max_body_bytes = target.body_size_limit;
  request.headers = {
      {"Accept", std::string(kAccept)},
      {"Accept-Encoding", "gzip"},
      {"X-Prometheus-Scrape-Timeout-Seconds", format_double(target.timeout.seconds())}};
  TRY_VOID(env::authorize(target.access, files_, request));
  TRY(env::HttpResponse response, http_.fetch(request));
  if (response.status != 200) {
    return fail(Code::kUnavailable, fmt::format("answered with status {}", response.status));
  }
  auto format = wire::exposition_format(response.header("content-type"));
  if (!format) format = target.fallback;
  if (!format) {
    return fail(Code::kInvalid,
                fmt::format("answered with Content-Type \"{}\", which is no metrics format",
                            to_utf8(response.header("content-type"))));
  }
  TRY(const std::string body, wire::inflate(response.body, target.body_size_limit));
  return wire::parse_exposition(body, *format, target.url,
                                {target.sample_limit, target.label_limit});
}

Result<void> Scraper::convert(const ScrapeTarget& target, wire::Exposition exposed, Timestamp now,
                              series::Batch& tracked, series::Batch& untracked) const {
  const std::vector<series::Label> own = own_labels(target);
  std::unordered_set<std::uint64_t> seen;
  for (wire::ExposedSample& sample : exposed.samples) {
    join(sample.labels, own, target.honor_labels);
    TRY_VOID(check_lengths(target, sample.labels));
    series::Labels labels(std::move(sample.labels));
    const bool timed = sample.at && target.honor_timestamps;
    // Of two lines with the same name the first counts, as in Prometheus.
    if (!timed && !seen.insert(labels.hash()).second) continue;
    const Timestamp at = timed ? *sample.at : now;
    series::Batch& batch = timed ? untracked : tracked;
    batch.series.push_back({std::move(labels), {{at, {sample.value, nullptr}}}});
  }
  tracked.metadata = std::move(exposed.metadata);
  return {};
}

void Scraper::append_own(const ScrapeTarget& target, const TargetState& state, std::size_t added,
                         series::Batch& batch) {
  const auto append = [&](const char* name, double value) {
    std::vector<series::Label> labels = own_labels(target);
    labels.push_back({std::string(series::kMetricName), name});
    batch.series.push_back({series::Labels(std::move(labels)), {{state.last, {value, nullptr}}}});
  };
  const auto samples = static_cast<double>(state.samples);
  append("up", state.health == TargetState::Health::kUp ? 1 : 0);
  append("scrape_duration_seconds", state.took.seconds());
  append("scrape_samples_scraped", samples);
  append("scrape_samples_post_metric_relabeling", samples);
  append("scrape_series_added", static_cast<double>(added));
}

Observation Scraper::run(std::size_t index, Timestamp now) {
  const ScrapeTarget& target = targets_.at(index);
  Memory& memory = memory_.at(index);
  const Duration began = clock_.mono();
  auto exposed = fetch(target);
  TargetState state;
  state.last = now;
  state.took = clock_.mono() - began;
  Observation out;
  series::Batch untracked;
  Result<void> converted;
  if (exposed) {
    state.samples = exposed->samples.size();
    converted = convert(target, *std::move(exposed), now, out.batch, untracked);
  } else {
    converted = fail(exposed.error());
  }
  state.health = converted ? TargetState::Health::kUp : TargetState::Health::kDown;
  if (!converted) {
    state.error = converted.error().to_string();
    state.samples = 0;
    out.batch = {};
    untracked = {};
  }
  const std::size_t added = memory.exposed.mark(out.batch, now) + untracked.series.size();
  std::move(untracked.series.begin(), untracked.series.end(), std::back_inserter(out.batch.series));
  series::Batch own;
  append_own(target, state, added, own);
  memory.own.mark(own, now);
  std::move(own.series.begin(), own.series.end(), std::back_inserter(out.batch.series));
  out.batch.partial = true;
  {
    const std::lock_guard lock(mutex_);
    memory.state = std::move(state);
  }
  schedule_.done(index);
  return out;
}

Observation Scraper::stop(Timestamp now) {
  Observation out;
  out.batch.partial = true;
  for (Memory& memory : memory_) {
    memory.exposed.end_all(out.batch, now);
    memory.own.end_all(out.batch, now);
  }
  return out;
}

TargetState Scraper::state(std::size_t index) const {
  const std::lock_guard lock(mutex_);
  return memory_.at(index).state;
}

}  // namespace daytwo::observe
