#include "act/send_webhook.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "model/json.h"

namespace daytwo::act {
namespace {

using Texts = std::map<std::string, std::string>;

// FNV-1a, 64 bit, over sorted labels, each name, 0xFF, value, 0xFF: Alertmanager's fingerprint.
std::string fingerprint(const Texts& labels) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&hash](std::string_view bytes) {
    for (const char c : bytes) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    hash = (hash ^ 0xFFU) * 1099511628211ULL;
  };
  for (const auto& [name, value] : labels) {
    add(name);
    add(value);
  }
  return fmt::format("{:016x}", hash);
}

Texts labels_of(const Notice& notice) {
  Texts out = {{"alertname", notice.kind}, {"worry", notice.page.worry.value}};
  if (!notice.service.empty()) out["service"] = notice.service;
  if (!notice.subject.empty()) out["subject"] = notice.subject;
  out["severity"] = notice.page.purpose == PagePurpose::kPage ? "page" : "info";
  return out;
}

Texts annotations_of(const Notice& notice) {
  Texts out = {{"summary", notice.title}, {"description", notice.sentence}};
  const auto add = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  add("verdict", notice.verdict);
  add("worth", notice.worth);
  add("owner", notice.owner);
  add("next_step", notice.next_step);
  add("waiting_against_waking", notice.shadow);
  add("ack_url", notice.ack_url);
  add("snooze_url", notice.snooze_url);
  add("useful_url", notice.useful_url);
  add("noise_url", notice.noise_url);
  add("not_mine_url", notice.not_mine_url);
  return out;
}

void write_alert(model::JsonWriter& json, const Notice& notice, const Texts& labels) {
  json.begin_object();
  json.key("status");
  json.string(notice.resolved ? "resolved" : "firing");
  json.key("labels");
  model::write_json(json, labels);
  json.key("annotations");
  model::write_json(json, annotations_of(notice));
  json.key("startsAt");
  json.string(to_rfc3339(notice.starts));
  json.key("endsAt");
  json.string(notice.resolved ? to_rfc3339(notice.ends) : "0001-01-01T00:00:00Z");
  json.key("generatorURL");
  json.string(notice.show_url);
  json.key("fingerprint");
  json.string(fingerprint(labels));
  json.end_object();
}

}  // namespace

std::string webhook_body(const Notice& notice, const std::string& external_url) {
  const Texts labels = labels_of(notice);
  std::string out;
  model::JsonWriter json(out);
  json.begin_object();
  const auto text = [&json](std::string_view name, std::string_view value) {
    json.key(name);
    json.string(value);
  };
  text("receiver", notice.page.to);
  text("status", notice.resolved ? "resolved" : "firing");
  json.key("alerts");
  json.begin_array();
  write_alert(json, notice, labels);
  json.end_array();
  text("notification_reason", notice.resolved ? "all alerts resolved" : "first notification");
  json.key("groupLabels");
  model::write_json(json, Texts{{"worry", notice.page.worry.value}});
  json.key("commonLabels");
  model::write_json(json, labels);
  json.key("commonAnnotations");
  model::write_json(json, annotations_of(notice));
  json.key("routeLabels");
  model::write_json(json, Texts{});
  text("externalURL", external_url);
  text("version", "4");
  text("groupKey", fmt::format("{{}}:{{worry=\"{}\"}}", notice.page.worry.value));
  json.key("truncatedAlerts");
  json.integer(0);
  json.end_object();
  return out;
}

env::HttpRequest webhook_request(const Notice& notice, const std::string& url,
                                 const std::string& external_url) {
  env::HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", "application/json"},
                     {"Idempotency-Key", notice.page.idempotency_key}};
  request.body = webhook_body(notice, external_url);
  request.timeout = seconds(10);
  return request;
}

Outcome webhook_outcome(const Result<env::HttpResponse>& response) {
  if (!response) {
    const bool hopeless = response.error().code == Code::kInvalid;
    return {hopeless ? Outcome::Kind::kFinal : Outcome::Kind::kTryAgain,
            response.error().to_string(),
            {}};
  }
  const int status = response->status;
  if (status >= 200 && status < 300) return {};
  Outcome out;
  out.error = fmt::format("answered {}", status);
  const bool again = status >= 500 || status == 408 || status == 425 || status == 429;
  out.kind = again ? Outcome::Kind::kTryAgain : Outcome::Kind::kFinal;
  const std::string asked = response->header("retry-after");
  int wait_s = 0;
  const auto read = std::from_chars(asked.data(), asked.data() + asked.size(), wait_s);
  if (again && read.ec == std::errc() && wait_s > 0) out.wait = seconds(std::min(wait_s, 60));
  return out;
}

}  // namespace daytwo::act
