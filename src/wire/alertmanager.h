// Alerts as others send them: Alertmanager's API v2 (POST /api/v2/alerts) and its webhook,
// version 4. [prometheus/alertmanager: api/v2/openapi.yaml; docs: configuration, webhook_config]
// Readers skip what they do not know and live without what is missing.
// Thread rule: pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::wire {

// One alert, from either sender.
struct Alert {
  std::map<std::string, std::string> labels;  // not empty; no empty values
  std::map<std::string, std::string> annotations;
  Timestamp starts;
  Timestamp ends;  // 0 = not known
  bool firing = true;
  std::string generator_url;
};

// What a POST to the API v2 holds: the valid ones, and a sentence for each of the others.
struct PostedAlerts {
  std::vector<Alert> alerts;
  std::vector<std::string> rejected;
};

// A webhook message.
struct WebhookMessage {
  std::string receiver;
  std::string group_key;
  std::string external_url;
  std::vector<Alert> alerts;
};

// An alert without an end is over after this long without news, as Alertmanager's resolve_timeout.
inline constexpr Duration kResolveTimeout = minutes(5);

// Reads a JSON list of alerts. Without startsAt an alert starts at its endsAt, else now; without
// endsAt it ends at now + kResolveTimeout. Errors: kInvalid when the whole is no list.
[[nodiscard]] Result<PostedAlerts> parse_posted_alerts(std::string_view text, Timestamp now);

// Reads a webhook's body. Alerts without labels are left out. Errors: kInvalid.
[[nodiscard]] Result<WebhookMessage> parse_webhook(std::string_view text);

// 16 hex digits of FNV-1a-64 over the sorted labels, each name, 0xFF, value, 0xFF: the identity
// that Alertmanager prints.
[[nodiscard]] std::string fingerprint(const std::map<std::string, std::string>& labels);

}  // namespace daytwo::wire
