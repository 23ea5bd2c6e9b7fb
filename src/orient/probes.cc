#include "orient/probes.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/amount.h"
#include "model/service.h"
#include "orient/detector.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

// Let's Encrypt renews at 30 days before the end; what is left then was missed by a renewal.
constexpr Duration kCertificateTicket = days(21);
constexpr Duration kCertificatePage = days(3);

std::string query_of(const std::string& url) {
  return fmt::format("probe_success{{instance=\"{}\"}}", url);
}

Claim claim_down(const Seen<facts::ProbeSeen>& probe, const model::Service* service,
                 Timestamp now) {
  const std::string& url = probe.what->url;
  const std::string name = service == nullptr ? url : service->id.value;
  Claim claim = make_claim(
      facts::FindingKind::kProbe, "probe/" + url + "/up", name, name + " does not answer",
      fmt::format("{} does not answer since {} ({}): {}", url, to_clock(probe.record->ts),
                  span_words((now - probe.record->ts).seconds()), probe.what->reason),
      "down: " + probe.what->reason);
  facts::Finding& finding = finding_of(claim);
  if (service != nullptr) finding.service = service->id.value;
  finding.symptom = true;
  finding.wake = true;
  finding.option = "bring it back";
  finding.next_step = "look at the service's unit and its last change";
  finding.evidence.push_back({probe.what->reason, query_of(url), probe.record->id.value});
  finding.truth_query = query_of(url);
  finding.horizon = hours(1);
  claim.record.causes.push_back(probe.record->id);
  add_amount(claim, "chance", chance::exactly(1), model::kProbability, model::kNow);
  add_amount(claim, "hours_lost_per_day", chance::exactly(24), model::kHoursLost, model::kADay);
  return claim;
}

Claim claim_certificate(const Seen<facts::ProbeSeen>& probe, const model::Service* service,
                        Timestamp now) {
  const Duration left = probe.what->certificate_expires - now;
  const bool wake = left <= kCertificatePage;
  const std::string& url = probe.what->url;
  Claim claim = make_claim(
      facts::FindingKind::kRunOut, "probe/" + url + "/certificate", url,
      left.ms <= 0 ? "the certificate has ended" : "the certificate ends soon",
      fmt::format("the certificate of {} ends {}", url, to_clock(probe.what->certificate_expires)),
      wake ? "page" : "ticket");
  facts::Finding& finding = finding_of(claim);
  if (service != nullptr) finding.service = service->id.value;
  finding.wake = wake;
  finding.symptom = left.ms <= 0;
  finding.option = "renew the certificate";
  finding.next_step = "renew it, and see why the renewal did not run by itself";
  finding.evidence.push_back({"certificate as served", "", probe.record->id.value});
  claim.record.causes.push_back(probe.record->id);
  add_amount(claim, "days_to_runout", chance::exactly(std::max(left.days(), 0.0)),
             model::kDaysToRunOut, model::kNow);
  return claim;
}

}  // namespace

Judgement Probes::judge(const View& view) {
  Judgement out;
  const auto probes = seen<facts::ProbeSeen>(view.snapshot);
  for (const auto& probe : probes) {
    const model::Service* service = view.catalog.probed(probe.what->url);
    if (!probe.what->up) out.claims.push_back(claim_down(probe, service, view.now));
    const Timestamp expires = probe.what->certificate_expires;
    if (expires.ms != 0 && expires - view.now < kCertificateTicket) {
      out.claims.push_back(claim_certificate(probe, service, view.now));
    }
  }
  out.claims.push_back(probes.empty()
                           ? make_source_claim("probe", "no URL is watched from outside",
                                               "daytwo watch URL", "nothing watched")
                           : make_source_claim("probe",
                                               counted(probes.size(), "URL", "URLs") + " watched",
                                               "", fmt::format("{}", probes.size())));
  return out;
}

std::string Probes::closing_sentence(const facts::Record& before) const {
  if (before.key.value.ends_with("/certificate")) return "the certificate was renewed";
  return before.subject + " answers again";
}

}  // namespace daytwo::orient
