#include "model/software/advisory_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/software/advisory.h"
#include "model/software/hazard.h"
#include "model/software/version.h"

namespace daytwo::model {
namespace {

using enum RangeEdge;

Affected debian(std::string package, std::string fixed, std::string ecosystem = "Debian:12") {
  Affected out;
  out.ecosystem = std::move(ecosystem);
  out.package = std::move(package);
  out.ranges = {{RangeType::kEcosystem, {{kIntroduced, "0"}, {kFixed, std::move(fixed)}}}};
  return out;
}

OsvRecord record(std::string id, Affected affected) {
  OsvRecord out;
  out.id = std::move(id);
  out.affected = {std::move(affected)};
  return out;
}

AdvisoryIndex index_of(std::vector<OsvRecord> records, std::vector<KevEntry> kev = {},
                       std::vector<EpssScore> epss = {}) {
  AdvisoryFeeds feeds;
  feeds.osv = std::move(records);
  feeds.kev = std::move(kev);
  feeds.epss = std::move(epss);
  return AdvisoryIndex(std::move(feeds));
}

Evaluation evaluated(std::vector<RangeEvent> events, std::string_view version,
                     std::vector<std::string> versions = {}) {
  Affected affected;
  affected.ranges = {{RangeType::kSemver, std::move(events)}};
  affected.versions = std::move(versions);
  return evaluate(affected, VersionOrder::kSemver, version).value();
}

TEST(Evaluate, WalksTheCasesOfTheSchema) {
  const std::vector<RangeEvent> two = {
      {kIntroduced, "1.0.0"}, {kFixed, "1.0.2"}, {kIntroduced, "3.0.0"}, {kFixed, "3.2.5"}};
  EXPECT_FALSE(evaluated(two, "0.9.9").affected);
  EXPECT_TRUE(evaluated(two, "1.0.0").affected);
  EXPECT_FALSE(evaluated(two, "1.0.2").affected);
  EXPECT_TRUE(evaluated(two, "3.2.4").affected);
  EXPECT_EQ(evaluated(two, "3.2.4").fixed, "3.2.5");
  EXPECT_EQ(evaluated(two, "1.0.1").fixed, "1.0.2");
  EXPECT_FALSE(evaluated(two, "4.0.0").affected);
  EXPECT_TRUE(evaluated({{kIntroduced, "0"}, {kLastAffected, "2.0.0"}}, "2.0.0").affected);
  EXPECT_FALSE(evaluated({{kIntroduced, "0"}, {kLastAffected, "2.0.0"}}, "2.0.1").affected);
  EXPECT_TRUE(evaluated({{kIntroduced, "0"}}, "99.0.0").affected);
  EXPECT_TRUE(evaluated({}, "1.0.0", {"1.0"}).affected);
  EXPECT_FALSE(evaluated({{kIntroduced, "0"}, {kLimit, "2.0.0"}}, "2.0.0").affected);
}

TEST(Evaluate, KeepsTheListsOrderAtEqualVersions) {
  // Affected exactly at 1.0.0 in the first list, nowhere in the second.
  EXPECT_TRUE(evaluated({{kFixed, "1.0.0"}, {kIntroduced, "1.0.0"}}, "1.0.0").affected);
  EXPECT_FALSE(evaluated({{kIntroduced, "1.0.0"}, {kFixed, "1.0.0"}}, "1.0.0").affected);
}

TEST(Evaluate, SaysWhereRangesContradict) {
  // Inverted: fixed below introduced.
  EXPECT_TRUE(evaluated({{kIntroduced, "2.0.0"}, {kFixed, "1.0.0"}}, "2.5.0").ambiguous);
  EXPECT_FALSE(evaluated({{kIntroduced, "1.0.0"}, {kFixed, "2.0.0"}}, "1.5.0").ambiguous);
}

TEST(Evaluate, AnUnreadableVersionIsUnknown) {
  EXPECT_FALSE(evaluate(debian("a", "1"), VersionOrder::kDebian, "not a version").has_value());
  const auto index = index_of({record("DEBIAN-CVE-1", debian("a", "1.0"))});
  EXPECT_TRUE(index.match("Debian:12", "a", "no version!").unparsable);
}

TEST(AdvisoryIndex, MatchesBySourcePackageAndRelease) {
  const auto index =
      index_of({record("DEBIAN-CVE-2024-1", debian("openssl", "3.0.11-1")),
                record("DEBIAN-CVE-2024-2", debian("openssl", "1.1.1w", "Debian:11")),
                record("DEBIAN-CVE-2024-3", debian("curl", "9"))});
  const auto matched = index.match("Debian:12", "openssl", "3.0.9-1");
  ASSERT_EQ(matched.hits.size(), 1U);
  EXPECT_EQ(matched.hits[0].fixed, "3.0.11-1");
  EXPECT_TRUE(index.match("Debian:12", "openssl", "3.0.11-1~deb12u1").hits.size() == 1);
  EXPECT_TRUE(index.match("Debian:12", "openssl", "3.0.11-1").hits.empty());
  EXPECT_TRUE(index.match("npm", "openssl", "3.0.9-1").hits.empty());
}

TEST(AdvisoryIndex, AnEntryOfTheReleaseBeatsOneOfEveryRelease) {
  OsvRecord both = record("X-1", debian("curl", "99", "Debian"));
  both.affected.push_back(debian("curl", "7.88.1-10", "Debian:12"));
  const auto index = index_of({both});
  EXPECT_TRUE(index.match("Debian:12", "curl", "7.88.1-10").hits.empty());
  EXPECT_EQ(index.match("Debian:13", "curl", "7.88.1-10").hits.size(), 1U);
}

TEST(AdvisoryIndex, AliasesMergeUpstreamOnlyCarriesSignals) {
  OsvRecord go = record("GO-2024-1", debian("a", "2"));
  go.aliases = {"CVE-2024-9", "GHSA-x"};
  OsvRecord ghsa = record("GHSA-x", debian("a", "2"));
  OsvRecord deb = record("DEBIAN-CVE-2024-9", debian("a", "2"));
  deb.upstream = {"CVE-2024-9"};
  KevEntry kev;
  kev.cve = "CVE-2024-9";
  const auto index = index_of({go, ghsa, deb}, {kev}, {{"CVE-2024-9", .4, .9}});
  EXPECT_EQ(index.vulnerabilities(), 2U);
  const auto hits = index.match("Debian:12", "a", "1").hits;
  ASSERT_EQ(hits.size(), 2U);
  for (const Hit& hit : hits) {
    const Vulnerability& found = index.vulnerability(hit.vulnerability);
    EXPECT_EQ(found.name, "CVE-2024-9");
    EXPECT_EQ(found.epss, .4);
    EXPECT_TRUE(found.kev.has_value());
  }
}

TEST(AdvisoryIndex, TheLaterRecordOfAnIdCountsAndAWithdrawnOneDoesNot) {
  OsvRecord old = record("X-1", debian("a", "2"));
  OsvRecord fresh = record("X-1", debian("a", "1"));
  fresh.modified = Timestamp{10};
  OsvRecord gone = record("X-2", debian("a", "2"));
  gone.withdrawn = Timestamp{5};
  const auto index = index_of({fresh, old, gone});
  EXPECT_EQ(index.records(), 1U);
  EXPECT_TRUE(index.match("Debian:12", "a", "1.5").hits.empty());
}

// Upgrading past the fix closes; a version below it never does.
RC_GTEST_PROP(AdvisoryIndex, AHigherVersionIsNeverNewlyAffectedByAFix, ()) {
  const auto number = [] { return std::to_string(*rc::gen::inRange(0, 50)); };
  const std::string fixed = number() + "." + number();
  const std::string version = number() + "." + number();
  const auto index = index_of({record("X-1", debian("a", fixed))});
  const bool below = compare_debian(version, fixed).value() < 0;
  RC_ASSERT(index.match("Debian:12", "a", version).hits.empty() == !below);
}

TEST(Hazard, AgreesWithTheReferenceCase) {
  // EPSS 0.4 for 12 days without run-time factors.
  const double h = hazard_per_day(.4);
  EXPECT_NEAR(h, .01702752079, 1e-11);
  EXPECT_NEAR(1 - std::exp(-h * 12), .1848068904, 1e-10);
}

TEST(Hazard, RisesWithEveryRungAndWithKnownExploitation) {
  double before = 0;
  for (const Rung rung :
       {Rung::kInstalled, Rung::kUsed, Rung::kMapped, Rung::kListens, Rung::kReachable}) {
    const auto rate = events_per_year(.1, rung, false);
    EXPECT_GT(rate.p50, before);
    EXPECT_LE(rate.p05, rate.p50);
    EXPECT_LE(rate.p50, rate.p95);
    EXPECT_GT(events_per_year(.1, rung, true).p50, rate.p50);
    before = rate.p50;
    const auto chance = chance_in_a_year(rate);
    EXPECT_LT(chance.p95, 1);
    EXPECT_GT(chance.p05, 0);
  }
  // Never more than the whole world's hazard.
  EXPECT_LE(events_per_year(.99, Rung::kReachable, true).p95,
            hazard_per_day(.99) * kDaysPerYear * (1 + 1e-12));
}

}  // namespace
}  // namespace daytwo::model
