#include "observe/agent/agent.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "facts/sighting.h"
#include "observe/receive/node_report.h"
#include "wire/prometheus_api.h"
#include "wire/remote_write_encode.h"

namespace daytwo::observe {
namespace {

constexpr Duration kShortestWait = seconds(1);
constexpr Duration kLongestWait = seconds(60);
// Series in one remote write request, as Prometheus sends.
constexpr std::size_t kSeriesARequest = 2'000;
// Answers are short; a long one is not read.
constexpr std::size_t kMaxAnswer = 64U << 10U;

}  // namespace

Agent::Agent(AgentOptions options, env::HttpClient& http, Registry& own)
    : options_(std::move(options)),
      http_(http),
      lost_samples_metric_(own.counter("daytwo_agent_lost_samples_total",
                                       "Samples given up because the server was away.")),
      lost_records_metric_(own.counter("daytwo_agent_lost_records_total",
                                       "Sightings given up because the server was away.")),
      failures_(own.counter("daytwo_agent_send_failures_total", "Sendings that failed.")) {}

void Agent::lose_samples(std::size_t count) {
  lost_samples_ += count;
  lost_samples_metric_.add(static_cast<double>(count));
}

void Agent::lose_records(std::size_t count) {
  if (count == 0) return;
  lost_records_ += count;
  lost_records_metric_.add(static_cast<double>(count));
  must_repeat_ = true;
}

void Agent::drop_batch() {
  waiting_samples_ -= batches_.front().series.size();
  batches_.pop_front();
}

void Agent::add(Observation observation) {
  if (!observation.batch.series.empty()) {
    waiting_samples_ += observation.batch.series.size();
    batches_.push_back(std::move(observation.batch));
  }
  while (waiting_samples_ > options_.max_samples && batches_.size() > 1) {
    lose_samples(batches_.front().series.size());
    drop_batch();
  }
  std::move(observation.records.begin(), observation.records.end(), std::back_inserter(records_));
  if (records_.size() > options_.max_records) {
    const std::size_t over = records_.size() - options_.max_records;
    records_.erase(records_.begin(), records_.begin() + static_cast<std::ptrdiff_t>(over));
    lose_records(over);
  }
}

bool Agent::take_must_repeat() { return std::exchange(must_repeat_, false); }

Result<void> Agent::post(const std::string& path, std::string body, env::HttpHeaders headers) {
  env::HttpRequest request;
  request.method = "POST";
  request.url = options_.server + path;
  request.headers = std::move(headers);
  request.body = std::move(body);
  request.timeout = options_.timeout;
  request.max_body_bytes = kMaxAnswer;
  request.ca_file = options_.ca_file;
  if (!options_.token.empty()) {
    request.headers.emplace_back("Authorization", "Bearer " + options_.token);
  }
  TRY(const env::HttpResponse response, http_.fetch(request));
  if (response.status >= 200 && response.status < 300) return {};
  std::string said = wire::error_sentence(response.body);
  if (said.empty()) said = split(trim(response.body), '\n')[0];
  const std::string text =
      fmt::format("{}{} answered {}{}", options_.server, path, response.status,
                  said.empty() ? "" : ": " + to_utf8(std::string_view(said).substr(0, 200)));
  switch (response.status) {
    case 400:
      return fail(Code::kInvalid, text);
    case 401:
      return fail(Code::kUnauthenticated, text);
    case 403:
      return fail(Code::kDenied, text);
    case 409:
      return fail(Code::kConflict, text);
    case 413:
      return fail(Code::kLimit, text);
    default:
      return fail(Code::kUnavailable, text);
  }
}

Result<void> Agent::send_samples() {
  while (!batches_.empty()) {
    series::Batch request;
    std::size_t taken = 0;
    for (const series::Batch& batch : batches_) {
      if (taken > 0 && request.series.size() + batch.series.size() > kSeriesARequest) break;
      request.series.insert(request.series.end(), batch.series.begin(), batch.series.end());
      request.metadata.insert(request.metadata.end(), batch.metadata.begin(), batch.metadata.end());
      ++taken;
    }
    const std::size_t count = request.series.size();
    const auto sent =
        post("/api/v1/write", wire::encode_remote_write(request),
             {{"Content-Type", std::string(wire::kRemoteWriteType)},
              {"Content-Encoding", std::string(wire::kRemoteWriteEncoding)},
              {"X-Prometheus-Remote-Write-Version", std::string(wire::kRemoteWriteVersion)}});
    // What is invalid now will be invalid the next time.
    const bool hopeless =
        !sent && (sent.error().code == Code::kInvalid || sent.error().code == Code::kLimit);
    if (hopeless) lose_samples(count);
    if (sent) sent_ += count;
    if (sent || hopeless) {
      for (std::size_t i = 0; i < taken; ++i) drop_batch();
    }
    if (!sent) return fail(sent.error());
  }
  return {};
}

void Agent::say_losses(Timestamp now) {
  const std::uint64_t lost = lost_samples_ + lost_records_;
  if (lost == said_losses_) return;
  said_losses_ = lost;
  facts::Record record;
  record.ts = now;
  record.subject = "what the agent sent";
  record.key = WorryKey(fmt::format("coverage/{}/what the agent sent", options_.host));
  record.state = facts::State::kChanged;
  record.engine = kNodeEngine;
  record.sentence = fmt::format("{} and {} of {} were lost while the server was away",
                                counted(lost_samples_, "sample", "samples"),
                                counted(lost_records_, "sighting", "sightings"), options_.host);
  record.coverage = record.sentence;
  const auto sent = static_cast<std::int64_t>(sent_);
  record.body = facts::Sighting{
      facts::CoverageSeen{record.subject, sent, sent + static_cast<std::int64_t>(lost),
                          "look at the network between agent and server"}};
  records_.push_back(std::move(record));
}

Result<void> Agent::send_records(Timestamp now) {
  say_losses(now);
  while (!records_.empty()) {
    const std::size_t count = std::min(records_.size(), kMaxReportRecords);
    const auto end = records_.begin() + static_cast<std::ptrdiff_t>(count);
    const std::vector<facts::Record> report(records_.begin(), end);
    const auto sent = post(std::string(kReportPath), to_report(report),
                           {{"Content-Type", std::string(kReportType)}});
    const bool hopeless =
        !sent && (sent.error().code == Code::kInvalid || sent.error().code == Code::kLimit);
    if (sent || hopeless) records_.erase(records_.begin(), end);
    if (hopeless) lose_records(count);
    if (!sent) return fail(sent.error());
    sent_ += count;
  }
  return {};
}

Result<void> Agent::send(Timestamp now) {
  const auto records = send_records(now);
  refused_ = !records && records.error().code == Code::kConflict;
  const auto samples = refused_ ? Result<void>() : send_samples();
  if (samples && records) {
    wait_ = {};
    next_send_ = now + options_.send_interval;
    return {};
  }
  failures_.add();
  wait_ = std::clamp(wait_ * 2, kShortestWait, kLongestWait);
  next_send_ = now + wait_;
  return records ? samples : records;
}

}  // namespace daytwo::observe
