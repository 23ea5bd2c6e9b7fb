#include "observe/sighting_table.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "observe/observation.h"

namespace daytwo::observe {
namespace {

facts::Sighting package(const std::string& version) {
  return {facts::PackageSeen{"Debian:12", "openssl", version, "amd64", "openssl", version}};
}

class Sightings : public ::testing::Test {
 protected:
  // The states of the records that one look at the package gives.
  std::vector<facts::State> look(const std::string& version) {
    table_.begin(now_);
    if (!version.empty()) table_.see("package/h/openssl", "openssl", package(version), "installed");
    table_.close_unseen<facts::PackageSeen>();
    now_ = now_ + seconds(10);
    std::vector<facts::State> states;
    for (const facts::Record& record : table_.take()) states.push_back(record.state);
    return states;
  }
  SightingTable table_{kNodeEngine};
  Timestamp now_{1'795'000'000'000};
};

using States = std::vector<facts::State>;

TEST_F(Sightings, AreWrittenOnChangeOnly) {
  EXPECT_EQ(look("1"), States{facts::State::kOpen});
  EXPECT_EQ(look("1"), States{});
  EXPECT_EQ(look("2"), States{facts::State::kChanged});
  EXPECT_EQ(look(""), States{facts::State::kClosed});
  EXPECT_EQ(look(""), States{});
  EXPECT_EQ(look("2"), States{facts::State::kOpen});
}

TEST_F(Sightings, AreNotRepeatedAfterARestart) {
  table_.begin(now_);
  table_.see("package/h/openssl", "openssl", package("1"), "installed");
  std::vector<facts::RecordPtr> journal;
  for (facts::Record& record : table_.take()) {
    journal.push_back(std::make_shared<facts::Record>(std::move(record)));
  }
  SightingTable later(kNodeEngine);
  later.restore(journal, "h");
  later.begin(now_ + hours(1));
  later.see("package/h/openssl", "openssl", package("1"), "installed");
  EXPECT_TRUE(later.take().empty());
  SightingTable other(kNodeEngine);
  other.restore(journal, "other-host");
  EXPECT_EQ(other.size(), 0U);
}

TEST_F(Sightings, OfAThingThatFlapsAreBoundedAnHour) {
  std::size_t written = 0;
  for (int i = 0; i < 100; ++i) written += look(std::to_string(i)).size();
  EXPECT_EQ(written, static_cast<std::size_t>(kMaxChangesAnHour));
  EXPECT_GT(table_.held_back(), 0U);
  now_ = now_ + hours(1);
  EXPECT_EQ(look("99"), States{facts::State::kChanged});  // the truth arrives with the next hour
}

TEST_F(Sightings, OfMeasurementsAreNoNews) {
  const auto limit = [&](std::int64_t used, std::int64_t kills) {
    return facts::Sighting{facts::LimitSeen{"/a", "a", 100, used, 0, 0, kills, 0, 1}};
  };
  EXPECT_EQ(identity_of(limit(1, 0)), identity_of(limit(2, 0)));
  EXPECT_NE(identity_of(limit(1, 0)), identity_of(limit(1, 1)));
}

}  // namespace
}  // namespace daytwo::observe
