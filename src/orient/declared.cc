#include "orient/declared.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "base/text.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/baseline.h"
#include "model/service.h"
#include "orient/detector.h"
#include "orient/holder.h"

namespace daytwo::orient {
namespace {

using Listeners = std::vector<Seen<facts::ListenerSeen>>;

std::string name_of(const facts::ListenerSeen& listener) {
  return model::BaselineListener{listener.protocol, listener.address, listener.port, "", ""}.name();
}

std::string name_of(const model::DeclaredListener& listener) {
  const std::string address = listener.address.empty() ? "*" : listener.address;
  return model::BaselineListener{listener.protocol, address, listener.port, "", ""}.name();
}

Claim claim_of(const model::Service& service, const std::string& what, const std::string& state,
               const std::string& sentence) {
  // The title names the listener too: two of them must not look the same.
  Claim claim = make_claim(facts::FindingKind::kDrift, "declared/" + service.id.value + "/" + what,
                           service.id.value, sentence, sentence, state);
  facts::Finding& finding = finding_of(claim);
  finding.service = service.id.value;
  finding.option = "make it as declared";
  finding.next_step = "correct `listens` in " + service.file + " or the service";
  claim.record.inputs = {{"declared in", service.file}};
  return claim;
}

bool is_at(const facts::ListenerSeen& listener, const model::DeclaredListener& declared) {
  return listener.protocol == declared.protocol && listener.port == declared.port;
}

// Too wide: declared for this host alone, reachable from elsewhere.
bool is_wider(const facts::ListenerSeen& listener, const model::DeclaredListener& declared) {
  return !declared.address.empty() &&
         model::reach_of(listener.address) > model::reach_of(declared.address);
}

void judge_declared(const model::Service& service, const Listeners& listeners,
                    std::vector<Claim>& out) {
  for (const model::DeclaredListener& declared : service.listens) {
    bool held = false;
    for (const auto& listener : listeners) {
      if (!is_at(*listener.what, declared)) continue;
      held = true;
      if (!is_wider(*listener.what, declared)) continue;
      out.push_back(claim_of(service, name_of(*listener.what), std::string(kOpenWider),
                             fmt::format("{} listens on {} and declares {}", service.id.value,
                                         name_of(*listener.what), name_of(declared))));
      out.back().record.causes.push_back(listener.record->id);
    }
    if (!held) {
      out.push_back(claim_of(service, name_of(declared), "declared, but nobody listens",
                             fmt::format("{} declares {} and nothing listens there",
                                         service.id.value, name_of(declared))));
    }
  }
}

void judge_observed(const model::Service& service, const Listeners& listeners,
                    const Processes& processes, const View& view, std::vector<Claim>& out) {
  for (const auto& listener : listeners) {
    const facts::ListenerSeen& what = *listener.what;
    if (model::is_client_socket(what.protocol, what.port)) continue;
    if (holding_service(what, processes, view.catalog) != &service) continue;
    const bool known =
        std::any_of(service.listens.begin(), service.listens.end(),
                    [&](const model::DeclaredListener& declared) { return is_at(what, declared); });
    if (known) continue;
    out.push_back(claim_of(
        service, name_of(what), "listens, but not declared",
        fmt::format("{} listens on {} and does not declare it", service.id.value, name_of(what))));
    out.back().record.causes.push_back(listener.record->id);
  }
}

}  // namespace

Judgement Declared::judge(const View& view) {
  Judgement out;
  const Listeners listeners = seen<facts::ListenerSeen>(view.snapshot);
  const Processes processes = seen<facts::ProcessSeen>(view.snapshot);
  std::size_t compared = 0;
  for (const model::Service& service : view.catalog.all()) {
    if (service.listens.empty()) continue;
    ++compared;
    judge_declared(service, listeners, out.claims);
    judge_observed(service, listeners, processes, view, out.claims);
  }
  if (seen<facts::HostSeen>(view.snapshot).empty()) {
    // No scan yet: nothing is known to be absent.
    out.claims.clear();
    out.unknown.emplace_back("declared/");
  }
  out.claims.push_back(compared == 0
                           ? make_source_claim("declared", "no service declares what it listens on",
                                               "services: [glob] with `listens: [8080]`",
                                               "nothing declared")
                           : make_source_claim("declared",
                                               counted(compared, "service", "services") +
                                                   " compared with what listens",
                                               "", fmt::format("{}", compared)));
  return out;
}

std::string Declared::closing_sentence(const facts::Record& before) const {
  return "as declared again: " + before.sentence;
}

}  // namespace daytwo::orient
