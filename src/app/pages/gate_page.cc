// /gate: may a deploy of a service go out?
#include <string>
#include <utility>
#include <vector>

#include "act/gate.h"
#include "api/view_gate.h"
#include "app/pages/catalog_pages.h"
#include "base/text.h"
#include "model/service.h"

namespace daytwo::app {

Result<api::GatePage> CatalogPages::gate(const std::string& name) {
  const auto config = context_.config();
  const model::Service* service = config->catalog.find(ServiceId(name));
  act::GateAnswer answer;
  if (service == nullptr) {
    answer = act::gate_of_unknown(name, nearest_word(name, names()));
  } else {
    std::vector<act::GateBudget> budgets;
    for (const api::ObjectiveRow& row : sources_.objectives()) {
      if (row.service == name) budgets.push_back({row.name, row.budget_left, row.sentence});
    }
    answer = act::gate_of(*service, budgets);
  }
  api::GatePage page;
  stamp(context_, page);
  page.service = name;
  page.verdict = static_cast<api::GateVerdict>(answer.verdict);
  page.sentence = std::move(answer.sentence);
  page.policy_owner = std::move(answer.policy_owner);
  for (act::GateReason& reason : answer.reasons) {
    page.reasons.push_back({static_cast<api::GateVerdict>(reason.verdict), std::move(reason.code),
                            std::move(reason.objective), std::move(reason.text)});
  }
  return page;
}

}  // namespace daytwo::app
