// Routing: who gets a worry, and can they act? The owner of the service, if it has access; else the
// fallback.
#pragma once

#include <string>
#include <vector>

#include "facts/record.h"
#include "model/people.h"
#include "model/service.h"

namespace daytwo::act {

// Where a worry goes. `person` is null when nobody can be told.
struct Route {
  std::string owner;  // the team that owns it; empty = unowned
  const model::Person* person = nullptr;
  bool has_power = false;          // the owner's access is declared
  std::string sentence;            // "shop-dev owns checkout and has access to k8s:shop"
  std::vector<std::string> trace;  // every candidate and why it was taken or dropped
};

// Routes one finding [acting.md 4]: the service's owner through `page`, dropped when it cannot be
// told or has no access declared; then the fallback. Nobody without access is told first while
// somebody with access can be.
[[nodiscard]] Route route(const facts::Finding& finding, const model::Catalog& catalog,
                          const model::People& people);

}  // namespace daytwo::act
