#include "wire/alertmanager.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace daytwo::wire {
namespace {

namespace json = boost::json;

// Go's zero time stands for "not set".
constexpr std::string_view kGoZero = "0001-01-01T00:00:00Z";

Result<json::value> parse(std::string_view text) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 16;  // the messages are 4 deep
  json::value value = json::parse(text, error, {}, options);
  if (error) return fail(Code::kInvalid, fmt::format("the body is no JSON: {}", error.message()));
  return value;
}

const json::value* find(const json::object& object, std::string_view name) {
  return object.if_contains(name);
}

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = find(object, name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

// A map of texts without empty values. Errors: kInvalid when a value is no text.
Result<std::map<std::string, std::string>> texts_of(const json::object& object,
                                                    std::string_view name) {
  std::map<std::string, std::string> out;
  const json::value* value = find(object, name);
  if (value == nullptr || value->is_null()) return out;
  const json::object* map = value->if_object();
  if (map == nullptr) return fail(Code::kInvalid, fmt::format("{} is no map of texts", name));
  for (const auto& [key, held] : *map) {
    const json::string* text = held.if_string();
    if (text == nullptr || key.empty()) {
      return fail(Code::kInvalid, fmt::format("{} holds something that is no text", name));
    }
    if (!text->empty()) out.emplace(key, std::string(text->data(), text->size()));
  }
  return out;
}

// The time under `name`; nothing when absent or Go's zero.
Result<std::optional<Timestamp>> time_of(const json::object& object, std::string_view name) {
  const std::string text = text_of(object, name);
  if (text.empty() || text == kGoZero) return std::optional<Timestamp>();
  TRY_IN(std::string(name), const Timestamp at, parse_rfc3339(text));
  return std::optional<Timestamp>(at);
}

Result<Alert> parse_alert(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return fail(Code::kInvalid, "an alert is an object");
  Alert alert;
  TRY(alert.labels, texts_of(*object, "labels"));
  if (alert.labels.empty()) return fail(Code::kInvalid, "an alert has at least one label");
  TRY(alert.annotations, texts_of(*object, "annotations"));
  TRY(const std::optional<Timestamp> starts, time_of(*object, "startsAt"));
  TRY(const std::optional<Timestamp> ends, time_of(*object, "endsAt"));
  alert.starts = starts.value_or(Timestamp{});
  alert.ends = ends.value_or(Timestamp{});
  alert.generator_url = text_of(*object, "generatorURL");
  alert.firing = text_of(*object, "status") != "resolved";
  return alert;
}

}  // namespace

Result<PostedAlerts> parse_posted_alerts(std::string_view text, Timestamp now) {
  TRY(const json::value body, parse(text));
  const json::array* list = body.if_array();
  if (list == nullptr) return fail(Code::kInvalid, "the body is no list of alerts");
  PostedAlerts out;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto alert = parse_alert((*list)[i]);
    if (!alert) {
      out.rejected.push_back(fmt::format("alert {}: {}", i, alert.error().to_string()));
      continue;
    }
    if (alert->starts.ms == 0) alert->starts = alert->ends.ms != 0 ? alert->ends : now;
    if (alert->ends.ms == 0) alert->ends = now + kResolveTimeout;
    if (alert->starts > alert->ends) {
      out.rejected.push_back(fmt::format("alert {}: it starts after its end", i));
      continue;
    }
    alert->firing = alert->ends > now;
    out.alerts.push_back(std::move(*alert));
  }
  return out;
}

Result<WebhookMessage> parse_webhook(std::string_view text) {
  TRY(const json::value body, parse(text));
  const json::object* object = body.if_object();
  const json::value* list = object == nullptr ? nullptr : find(*object, "alerts");
  if (list == nullptr || !list->is_array()) {
    return fail(Code::kInvalid, "this is no Alertmanager webhook: it has no list 'alerts'");
  }
  WebhookMessage message;
  message.receiver = text_of(*object, "receiver");
  message.group_key = text_of(*object, "groupKey");
  message.external_url = text_of(*object, "externalURL");
  for (const json::value& value : list->get_array()) {
    auto alert = parse_alert(value);
    if (alert) message.alerts.push_back(std::move(*alert));
  }
  return message;
}

std::string fingerprint(const std::map<std::string, std::string>& labels) {
  // FNV-1a, 64 bit: draft-eastlake-fnv, offset basis and prime of section 5.
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  const auto add = [&hash](std::string_view bytes) {
    for (const char c : bytes) {
      hash ^= static_cast<unsigned char>(c);
      hash *= 0x100000001b3ULL;
    }
    hash ^= 0xFFU;
    hash *= 0x100000001b3ULL;
  };
  for (const auto& [name, value] : labels) {
    add(name);
    add(value);
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace daytwo::wire
