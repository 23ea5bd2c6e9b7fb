#include "app/pages/drift_view.h"

#include <gtest/gtest.h>

#include <string>

#include "app/pages/world_for_tests.h"

namespace daytwo::app {
namespace {

constexpr const char* kTwoServices =
    "service: search\nlistens: [8081]\n---\nservice: checkout\nlistens: [8080]\n---\n"
    "service: mail\n";

// What the drift detector says of itself.
facts::Finding source(std::string next_step) {
  facts::Finding out;
  out.kind = facts::FindingKind::kSource;
  out.title = "drift";
  out.next_step = std::move(next_step);
  return out;
}

struct DriftWorld : PageWorld {
  void scanned() { see("host/vm", facts::HostSeen{.host = "vm"}); }
  api::DriftView view() { return drift_view(journal.snapshot(), config->catalog); }
};

TEST(DriftView, BeforeTheFirstScanNothingIsKnown) {
  DriftWorld world;
  world.declare(kTwoServices);
  EXPECT_EQ(world.view().sentence,
            "nothing can be compared yet: the first look at this host is under way");
}

TEST(DriftView, WithNothingDeclaredItTeachesHowToDeclare) {
  DriftWorld world;
  world.scanned();
  world.find("source/drift", source("daytwo baseline learn"));
  EXPECT_EQ(world.view().sentence, "nothing is declared, so nothing that runs can differ from it");
  EXPECT_EQ(world.view().teach, "daytwo baseline learn, or `listens: [8080]` in a service's file");
}

TEST(DriftView, SaysHowMuchWasComparedWhenNothingDiffers) {
  DriftWorld world;
  world.scanned();
  world.declare(kTwoServices);
  world.find("source/drift", source("daytwo baseline learn"));
  EXPECT_EQ(world.view().sentence,
            "no difference: 2 services listen as declared; no baseline says what else runs");
  EXPECT_EQ(world.view().teach, "daytwo baseline learn");
  world.find("source/drift", source(""));
  EXPECT_EQ(
      world.view().sentence,
      "no difference: 2 services listen as declared, and what runs is what the baseline says");
  EXPECT_EQ(world.view().teach, "");
  world.declare("service: mail\n");
  EXPECT_EQ(world.view().sentence,
            "no difference: what runs and listens is what the baseline says");
}

TEST(DriftView, CountsDifferencesAndLeavesTeachingToThem) {
  DriftWorld world;
  world.scanned();
  world.declare(kTwoServices);
  world.find("source/drift", source("daytwo baseline learn"));
  facts::Finding finding;
  finding.kind = facts::FindingKind::kDrift;
  finding.title = "search declares tcp:*:8081 and nothing listens there";
  world.find("declared/search/tcp:*:8081", finding);
  EXPECT_EQ(world.view().sentence, "1 difference between declared and running");
  EXPECT_EQ(world.view().teach, "");
}

}  // namespace
}  // namespace daytwo::app
