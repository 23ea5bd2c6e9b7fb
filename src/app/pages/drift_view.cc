#include "app/pages/drift_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "facts/names.h"

namespace daytwo::app {
namespace {

// What differences were looked for with.
struct Compared {
  std::size_t services = 0;  // that declare what they listen on
  bool baseline = false;     // of every host seen
  std::string advice;        // the command that closes it
};

Compared compared_of(const facts::Snapshot& snapshot, const model::Catalog& catalog) {
  Compared out;
  out.services = static_cast<std::size_t>(
      std::count_if(catalog.all().begin(), catalog.all().end(),
                    [](const model::Service& service) { return !service.listens.empty(); }));
  const facts::RecordPtr source = snapshot.find("source", WorryKey("source/drift"));
  if (source == nullptr) return out;
  out.advice = facts::body_as<facts::Finding>(*source)->next_step;
  out.baseline = out.advice.empty();
  return out;
}

}  // namespace

api::DriftView drift_view(const facts::Snapshot& snapshot, const model::Catalog& catalog) {
  api::DriftView out;
  if (snapshot.open(facts::kind_name<facts::HostSeen>()).empty()) {
    out.sentence = "nothing can be compared yet: the first look at this host is under way";
    return out;
  }
  const Compared compared = compared_of(snapshot, catalog);
  const std::string services = counted(compared.services, "service", "services");
  const std::size_t open = snapshot.open("drift").size();
  if (open > 0) {
    out.sentence = counted(open, "difference", "differences") + " between declared and running";
    return out;
  }
  out.teach = compared.advice;
  if (compared.services == 0 && !compared.baseline) {
    out.sentence = "nothing is declared, so nothing that runs can differ from it";
    out.teach = "daytwo baseline learn, or `listens: [8080]` in a service's file";
  } else if (!compared.baseline) {
    out.sentence = fmt::format("no difference: {} {} as declared; no baseline says what else runs",
                               services, compared.services == 1 ? "listens" : "listen");
  } else if (compared.services == 0) {
    out.sentence = "no difference: what runs and listens is what the baseline says";
  } else {
    out.sentence = fmt::format(
        "no difference: {} {} as declared, and what runs is what the "
        "baseline says",
        services, compared.services == 1 ? "listens" : "listen");
  }
  return out;
}

}  // namespace daytwo::app
