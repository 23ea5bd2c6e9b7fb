// GET /surface: what would an attacker find in the first minutes?
#include "app/pages/answer_pages.h"
#include "base/hash.h"
#include "facts/names.h"
#include "orient/attacker.h"
#include "orient/exposure.h"

namespace daytwo::app {
namespace {

api::DoorwayRow to_row(const orient::Doorway& doorway) {
  api::DoorwayRow row;
  row.host = doorway.host;
  row.listener = doorway.listener;
  row.reach = static_cast<api::ReachView>(doorway.reach);
  row.holder = doorway.holder;
  row.package = doorway.package;
  row.service = doorway.service;
  row.owner = doorway.owner;
  row.undeclared = doorway.undeclared;
  row.wrong = doorway.complaints;
  row.exposures = doorway.exposures;
  row.evidence = doorway.evidence;
  for (const WorryKey& key : doorway.worries) row.worries.push_back(short_id(key.value));
  return row;
}

}  // namespace

Result<api::SurfacePage> AnswerPages::surface() {
  api::SurfacePage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  if (snapshot.open(facts::kind_name<facts::HostSeen>()).empty()) {
    page.sentence = "no host has been looked at yet: the first look takes ten seconds";
    page.teach = "wait, or run `daytwo agent` on the host";
    return page;
  }
  const std::shared_ptr<const model::AdvisoryIndex> advisories = sources_.advisories();
  std::vector<orient::Exposure> exposures;
  if (advisories != nullptr) exposures = orient::find_exposures(snapshot, *advisories).found;
  const orient::FirstMinutes found =
      orient::first_minutes(snapshot, context_.config()->catalog, exposures);
  page.sentence = found.sentence;
  for (const orient::Doorway& doorway : found.rows) page.rows.push_back(to_row(doorway));
  if (const auto node = context_.node()) page.coverage = node->coverage;
  if (advisories == nullptr) {
    page.coverage.emplace_back("no advisory file is configured: no package is held against one");
    page.teach = "advisories: [FOLDER] in daytwo.yml";
  }
  return page;
}

}  // namespace daytwo::app
