#include "act/route.h"

#include <fmt/format.h>

#include "base/text.h"

namespace daytwo::act {
namespace {

void take_fallback(Route& out, const model::People& people) {
  out.person = people.find(people.fallback);
  out.trace.push_back(out.person != nullptr
                          ? fmt::format("{} is told as the fallback", people.fallback)
                          : "no fallback is set: notify: {fallback: NAME}");
}

// The owner, when it can be told and can change the thing.
bool take_owner(Route& out, const model::Owner& owner, const std::string& service,
                const model::People& people) {
  out.owner = owner.team.value;
  const model::Person* person = people.find(owner.page.empty() ? owner.team.value : owner.page);
  if (person == nullptr) {
    out.trace.push_back(fmt::format("{} owns {} but cannot be told: no entry '{}' under people",
                                    out.owner, service,
                                    owner.page.empty() ? owner.team.value : owner.page));
    return false;
  }
  const std::vector<std::string>& access = owner.access.empty() ? person->access : owner.access;
  if (access.empty()) {
    out.trace.push_back(fmt::format("{} owns {} but no access is declared: it is not told first",
                                    out.owner, service));
    return false;
  }
  out.person = person;
  out.has_power = true;
  out.sentence =
      fmt::format("{} owns {} and has access to {}", out.owner, service, join_words(access));
  out.trace.push_back(out.sentence);
  return true;
}

}  // namespace

Route route(const facts::Finding& finding, const model::Catalog& catalog,
            const model::People& people) {
  Route out;
  const model::Service* service =
      finding.service.empty() ? nullptr : catalog.find(ServiceId(finding.service));
  if (service == nullptr) {
    out.trace.push_back(finding.service.empty()
                            ? "the worry is tied to no service"
                            : fmt::format("the catalog has no service {}", finding.service));
  } else if (!service->owner) {
    out.trace.push_back(fmt::format("{} has no owner in the catalog", finding.service));
  } else if (take_owner(out, *service->owner, finding.service, people)) {
    return out;
  }
  take_fallback(out, people);
  const std::string whose = out.owner.empty() ? "nobody owns it" : out.owner + " owns it";
  out.sentence = out.person != nullptr ? fmt::format("{}; {} is told", whose, out.person->name)
                                       : fmt::format("{}; nobody can be told", whose);
  return out;
}

}  // namespace daytwo::act
