#include "orient/alerts.h"

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/service.h"
#include "model/severity.h"
#include "orient/detector.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

template <typename Pairs>
std::string value_of(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return value;
  }
  return {};
}

Claim claim_of(const Seen<facts::AlertSeen>& alert, const View& view) {
  const facts::AlertSeen& what = *alert.what;
  const std::string name = value_of(what.labels, "alertname");
  const std::string severity = value_of(what.labels, "severity");
  std::string said = value_of(what.annotations, "summary");
  if (said.empty()) said = value_of(what.annotations, "description");
  if (said.empty()) said = name.empty() ? "an alert without a name" : name;
  std::string service = value_of(what.labels, "service");
  if (service.empty()) {
    const model::Service* found = view.catalog.running(value_of(what.labels, "job"));
    if (found != nullptr) service = found->id.value;
  }
  std::string subject = !service.empty() ? service : value_of(what.labels, "instance");
  if (subject.empty()) subject = what.sender;
  Claim claim =
      make_claim(facts::FindingKind::kAlert, "alert/" + what.sender + "/" + what.fingerprint,
                 subject, name.empty() ? "an alert fires" : name,
                 fmt::format("{} says since {}: {}", what.sender, to_clock(what.starts), said),
                 fmt::format("firing, severity {}", severity.empty() ? "not stated" : severity));
  facts::Finding& finding = finding_of(claim);
  finding.service = std::move(service);
  finding.wake = model::wakes_by_custom(severity);
  finding.evidence.push_back({said, "", alert.record->id.value});
  finding.next_step = value_of(what.annotations, "runbook_url");
  if (!finding.next_step.empty()) finding.next_step = "runbook: " + finding.next_step;
  finding.option = "look at what " + what.sender + " saw";
  claim.record.inputs = {{"severity", severity}, {"opened by", what.generator_url}};
  claim.record.causes.push_back(alert.record->id);
  return claim;
}

}  // namespace

Judgement Alerts::judge(const View& view) {
  Judgement out;
  const auto alerts = seen<facts::AlertSeen>(view.snapshot);
  for (const auto& alert : alerts) {
    const bool ended = alert.what->ends.ms != 0 && alert.what->ends <= view.now;
    if (alert.what->firing && !ended) out.claims.push_back(claim_of(alert, view));
  }
  out.claims.push_back(
      alerts.empty()
          ? make_source_claim("alert", "no alert was received from another system",
                              "point Alertmanager's webhook or Prometheus's alerting at daytwo",
                              "none received")
          : make_source_claim("alert", "alerts are received", "", "received"));
  return out;
}

std::string Alerts::closing_sentence(const facts::Record& before) const {
  return "resolved: " + before.sentence;
}

}  // namespace daytwo::orient
