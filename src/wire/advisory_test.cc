#include "wire/advisory.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::wire {
namespace {

const std::string kRecord =
    R"({"schema_version":"1.7.3","id":"GO-1","modified":"2026-01-02T03:04:05Z",)"
    R"("published":"2025-12-24T00:00:00Z",)"
    R"("aliases":["CVE-1"],"upstream":["CVE-2"],"related":["CVE-3"],"summary":"s",)"
    R"("severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"}],)"
    R"("affected":[{"package":{"ecosystem":"Go","name":"example.org/x"},)"
    R"("severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"}],)"
    R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.6.0"}]},)"
    R"({"type":"GIT","events":[{"introduced":"abc"},{"last_affected":"def"}]}],)"
    R"("versions":["1.0","1.1"]}]})";

TEST(Osv, ReadsARecordWhole) {
  const OsvFeed feed = parse_osv(kRecord);
  ASSERT_EQ(feed.records.size(), 1U);
  const OsvRecord& record = feed.records[0];
  EXPECT_EQ(record.id, "GO-1");
  EXPECT_EQ(to_rfc3339(record.modified), "2026-01-02T03:04:05Z");
  EXPECT_EQ(to_rfc3339(record.published), "2025-12-24T00:00:00Z");
  EXPECT_EQ(record.withdrawn, Timestamp{});
  EXPECT_EQ(record.aliases, std::vector<std::string>{"CVE-1"});
  EXPECT_EQ(record.upstream, std::vector<std::string>{"CVE-2"});
  EXPECT_EQ(record.related, std::vector<std::string>{"CVE-3"});
  EXPECT_EQ(record.cvss, std::vector<std::string>{"CVSS:3.1/AV:N"});
  ASSERT_EQ(record.affected.size(), 1U);
  EXPECT_EQ(record.affected[0].package, "example.org/x");
  ASSERT_EQ(record.affected[0].ranges.size(), 2U);
  EXPECT_EQ(record.affected[0].ranges[0].type, OsvRange::Type::kSemver);
  EXPECT_EQ(record.affected[0].ranges[0].events[1].edge, OsvEvent::Edge::kFixed);
  EXPECT_EQ(record.affected[0].ranges[0].events[1].version, "1.6.0");
  EXPECT_EQ(record.affected[0].ranges[1].events[1].edge, OsvEvent::Edge::kLastAffected);
  EXPECT_EQ(record.affected[0].versions.size(), 2U);
  EXPECT_EQ(feed.newest, record.modified);
}

TEST(Osv, ReadsLinesArraysAndPrettyDocuments) {
  EXPECT_EQ(parse_osv(kRecord + "\n\n" + kRecord + "\r\n").records.size(), 2U);
  EXPECT_EQ(parse_osv("[" + kRecord + ",\n" + kRecord + "]").records.size(), 2U);
  EXPECT_EQ(parse_osv("{\n  \"id\": \"X-1\"\n}\n").records.size(), 1U);
  EXPECT_EQ(parse_osv("").records.size(), 0U);
}

TEST(Osv, ABadRecordCostsItselfAndIsNamed) {
  const OsvFeed feed =
      parse_osv(kRecord +
                "\n{\"id\":\"X-2\",\"affected\":[{\"ranges\":[{\"type\":\"SEMVER\",\"events\":"
                "[{\"introduced\":\"0\",\"fixed\":\"1\"}]}]}]}\n"
                "{\"no\":\"id\"}\n{\"cut\":\n[1]\n" +
                kRecord + "\n");
  EXPECT_EQ(feed.records.size(), 2U);
  EXPECT_EQ(feed.skipped.count, 4U);
  EXPECT_EQ(feed.skipped.first, "line 2, X-2: an event without exactly one version");
}

TEST(Osv, BoundsDepthStringsAndRows) {
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  EXPECT_EQ(parse_osv("{\"id\":\"a\",\"x\":" + deep + "}\n").records.size(), 0U);
  EXPECT_EQ(
      parse_osv("{\"id\":\"" + std::string(kMaxAdvisoryString + 1, 'x') + "\"}\n").records.size(),
      0U);
  std::string many = "{\"id\":\"a\",\"aliases\":[\"x\"";
  for (std::size_t i = 0; i < kMaxAdvisoryRows; ++i) many += ",\"x\"";
  const OsvFeed feed = parse_osv(many + "]}\n");
  EXPECT_EQ(feed.records.size(), 0U);
  EXPECT_EQ(feed.skipped.first, "line 1, a: more than 100,000 rows");
}

TEST(Kev, ReadsTheCatalogue) {
  const auto feed = parse_kev(
      R"({"title":"t","dateReleased":"2025-08-25T17:04:19.9796Z","vulnerabilities":[)"
      R"({"cveID":"CVE-2025-48384","vulnerabilityName":"Git Link","dateAdded":"2025-08-25",)"
      R"("dueDate":"2025-09-15","knownRansomwareCampaignUse":"Known"},{"cveID":"nonsense"}]})");
  ASSERT_TRUE(feed.has_value());
  ASSERT_EQ(feed->entries.size(), 1U);
  EXPECT_TRUE(feed->entries[0].ransomware);
  EXPECT_EQ(to_rfc3339(feed->entries[0].due), "2025-09-15T00:00:00Z");
  EXPECT_EQ(feed->skipped.count, 1U);
  EXPECT_EQ(to_rfc3339(feed->released), "2025-08-25T17:04:19.979Z");
  EXPECT_FALSE(parse_kev("{}").has_value());
  EXPECT_FALSE(parse_kev("[1").has_value());
}

TEST(Epss, ReadsScoresAndTheirDate) {
  const auto feed = parse_epss(
      "#model_version:v2026.03.01,score_date:2026-08-16T00:00:00Z\r\ncve,epss,percentile\r\n"
      "CVE-1999-0001,0.03351,0.87650\r\nCVE-1;1.5;0\nCVE-2,x,0\nnot,0,0\nCVE-3,1e-05,0\n");
  ASSERT_TRUE(feed.has_value());
  ASSERT_EQ(feed->scores.size(), 2U);
  EXPECT_DOUBLE_EQ(feed->scores[0].probability, .03351);
  EXPECT_DOUBLE_EQ(feed->scores[1].probability, 1e-5);
  EXPECT_EQ(feed->skipped.count, 3U);
  EXPECT_EQ(feed->model, "v2026.03.01");
  EXPECT_EQ(to_rfc3339(feed->dated), "2026-08-16T00:00:00Z");
  EXPECT_EQ(parse_epss("cve;epss;percentile\nCVE-1;0.5;0.9\n")->scores.size(), 1U);
  EXPECT_FALSE(parse_epss("a,b,c\n").has_value());
  EXPECT_FALSE(parse_epss("").has_value());
}

}  // namespace
}  // namespace daytwo::wire
