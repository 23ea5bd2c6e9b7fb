#include "app/declarations.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/recorded_tree.h"

namespace daytwo::app {
namespace {

constexpr Timestamp kNow{1'700'000'000'000};
constexpr const char* kAdvisory =
    "{\"id\":\"X-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":"
    "{\"ecosystem\":\"Debian:12\",\"name\":\"a\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"}]}]}]}\n";

Settings settings_for(const std::string& file) {
  Settings settings;
  settings.config_file = file;
  settings.storage_path = "/data";
  return settings;
}

TEST(GatherConfig, TakesTheFileTheWatchListAndTheFlagsTogether) {
  sim::RecordedTree tree;
  tree.put("/c/daytwo.yml", "watch: ['https://a/']\nadvisories: ['*.json']\n");
  tree.put("/c/one.json", kAdvisory);
  tree.put("/data/watch.yml", "- {url: 'https://b/'}\n");
  Settings settings = settings_for("/c/daytwo.yml");
  settings.watch = {"https://c/"};
  settings.advisories = {"/feeds"};
  const auto config = gather_config(tree, settings);
  ASSERT_TRUE(config) << config.error().to_string();
  ASSERT_EQ(config->watches.size(), 3U);
  EXPECT_EQ(config->watches[0].url, "https://a/");
  EXPECT_EQ(config->watches[1].url, "https://b/");
  EXPECT_EQ(config->watches[2].url, "https://c/");
  EXPECT_EQ(config->advisories, (std::vector<std::string>{"/c/one.json", "/feeds"}));
  EXPECT_EQ(config->baseline, "/data/baseline.yml");
}

TEST(GatherConfig, LooksForThePasswordOfMailBesideItsFile) {
  sim::RecordedTree tree;
  tree.put("/c/daytwo.yml",
           "notify: {mail: {server: 'smtp://a', from: 'd@a', password_file: secret}}\n");
  tree.put("/c/secret", "geheim\n");
  const auto config = gather_config(tree, settings_for("/c/daytwo.yml"));
  ASSERT_TRUE(config) << config.error().to_string();
  EXPECT_EQ(read_mail_password(tree, *config).value_or("none"), "geheim");
}

TEST(GatherConfig, NamesEveryPatternThatNothingFitsWithItsPlace) {
  sim::RecordedTree tree;
  tree.put("/c/daytwo.yml", "services: ['s/*.yml', 'one.yml']\nworries: ['w/*.yml']\n");
  const auto config = gather_config(tree, settings_for("/c/daytwo.yml"));
  ASSERT_FALSE(config);
  ASSERT_EQ(config.error().diagnostics.size(), 3U);
  EXPECT_TRUE(config.error().diagnostics[0].to_string().starts_with(
      "/c/daytwo.yml:1:12: no file fits '/c/s/*.yml'"));
  EXPECT_EQ(config.error().diagnostics[1].column, 23);
  EXPECT_EQ(config.error().diagnostics[2].line, 2);
}

TEST(ReadDeclarations, NameTheBrokenAdvisoryFileAndKeepTheOthers) {
  sim::RecordedTree tree;
  tree.put("/c/daytwo.yml", "advisories: ['good.json', 'feeds', 'late/*.json']\n");
  tree.put("/c/good.json", kAdvisory);
  tree.put("/c/feeds/cut.json", "{\"id\": \"X-2\", ");
  tree.put("/c/feeds/whole.json", kAdvisory);
  const auto config = gather_config(tree, settings_for("/c/daytwo.yml"));
  ASSERT_TRUE(config) << config.error().to_string();
  const auto read = read_declarations(tree, *config, {}, kNow);
  ASSERT_TRUE(read) << read.error().to_string();
  ASSERT_EQ(read->declared.advisory_problems.size(), 2U);
  EXPECT_TRUE(read->declared.advisory_problems[0].starts_with("/c/feeds/cut.json: no advisory"));
  EXPECT_NE(read->declared.advisory_problems[0].find("line 1"), std::string::npos);
  EXPECT_TRUE(read->declared.advisory_problems[1].starts_with("/c/late/*.json: "));
  EXPECT_EQ(read->declared.advisories->records(), 1U);  // the same id twice is one advisory
  EXPECT_EQ(read->sightings.size(), 2U);
}

TEST(ReadDeclarations, EndTheStartOnABrokenBaselineAndNotOnAnAbsentOne) {
  sim::RecordedTree tree;
  const auto config = gather_config(tree, settings_for(""));
  ASSERT_TRUE(config) << config.error().to_string();
  const auto none = read_declarations(tree, *config, {}, kNow);
  ASSERT_TRUE(none) << none.error().to_string();
  EXPECT_TRUE(none->declared.baselines.empty());
  tree.put("/data/baseline.yml", "hostt: x\n");
  const auto broken = read_declarations(tree, *config, {}, kNow);
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().to_string().find("/data/baseline.yml:1:1: unknown key 'hostt'"),
            std::string::npos);
  tree.deny("/data/baseline.yml");
  const auto denied = read_declarations(tree, *config, {}, kNow);
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().code, Code::kDenied);
}

}  // namespace
}  // namespace daytwo::app
