#include "observe/importer/import.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "observe/importer/table.h"

namespace daytwo::observe {
namespace {

constexpr Timestamp kNow{1'795'305'600'000};  // 2026-11-22

TEST(Import, TakesTheExamplesOfItsHelp) {
  for (const ImportKind kind : {ImportKind::kIncidents, ImportKind::kDeploys, ImportKind::kItems}) {
    const ImportFormat format = import_format(kind);
    const auto got = import_rows(kind, format.example, "example.csv", kNow);
    ASSERT_TRUE(got.has_value()) << got.error().to_string();
    EXPECT_EQ(got->rows, 1U);
    EXPECT_TRUE(got->ignored.empty()) << format.example;
    for (const std::string& column : format.required) {
      EXPECT_NE(format.example.find(column), std::string::npos) << column;
    }
  }
}

TEST(Import, TakesIncidentsFromCsv) {
  const auto got =
      import_rows(ImportKind::kIncidents,
                  "\xEF\xBB\xBFService;Summary;Started At;resolved;priority;Labels\r\n"
                  "checkout;\"Down; hard\";2026-10-01 10:00;2026-10-01T12:30:00+00:00;1;x\r\n"
                  "search;Slow;2026-10-02;;;\r\n",
                  "incidents.csv", kNow);
  ASSERT_TRUE(got.has_value()) << got.error().to_string();
  ASSERT_EQ(got->records.size(), 2U);
  const auto* first = facts::body_as<facts::IncidentSeen>(got->records[0]);
  EXPECT_EQ(first->service, "checkout");
  EXPECT_EQ(first->title, "Down; hard");
  EXPECT_EQ(first->severity, "1");
  EXPECT_EQ((first->ended - first->began), minutes(150));
  EXPECT_EQ(got->records[0].ts, first->began);
  EXPECT_EQ(got->records[0].sentence, "checkout: Down; hard (lasted 2h 30m)");
  EXPECT_EQ(got->records[1].sentence, "search: Slow (still open)");
  EXPECT_EQ(got->ignored, std::vector<std::string>{"Labels"});
}

TEST(Import, TakesDeploysAndItemsFromJson) {
  const auto deploys = import_rows(
      ImportKind::kDeploys,
      "[{\"service\":\"shop\",\"at\":1795000000,\"commit\":\"abc\",\"author\":\"ann\"}]", "d.json",
      kNow);
  ASSERT_TRUE(deploys.has_value()) << deploys.error().to_string();
  EXPECT_EQ(deploys->records[0].sentence, "shop: deploy abc by ann");
  const auto items = import_rows(
      ImportKind::kItems, "{\"service\":\"shop\",\"title\":\"Shard it\",\"person_days\":2.5}\n",
      "i.jsonl", kNow);
  ASSERT_TRUE(items.has_value()) << items.error().to_string();
  EXPECT_EQ(facts::body_as<facts::ItemSeen>(items->records[0])->person_days, 2.5);
}

TEST(Import, NamesEveryBrokenLineAndTakesNothing) {
  const auto got = import_rows(ImportKind::kIncidents,
                               "service,title,began,ended\n"
                               "a,ok,2026-10-01,\n"
                               "b,bad,yesterday,\n"
                               "c,back,2026-10-02,2026-10-01\n"
                               ",none,2026-10-02,\n"
                               "e,future,2027-10-02,\n"
                               "f,\"many\",2026-10-02,,x,y\n",
                               "in.csv", kNow);
  ASSERT_FALSE(got.has_value());
  std::vector<int> lines;
  for (const Diagnostic& one : got.error().diagnostics) {
    lines.push_back(one.line);
    EXPECT_EQ(one.file, "in.csv");
    EXPECT_FALSE(one.source_line.empty());
    EXPECT_FALSE(one.expected.empty());
  }
  EXPECT_EQ(lines, (std::vector<int>{7, 5, 3, 4, 6}));
}

TEST(Import, SaysWhichColumnIsMissing) {
  const auto got =
      import_rows(ImportKind::kIncidents, "servce,title,began\na,b,2026-10-01\n", "in.csv", kNow);
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().diagnostics[0].text, "no column `service`");
  EXPECT_FALSE(import_rows(ImportKind::kItems, "", "in.csv", kNow).has_value());
}

TEST(Import, TellsItsProgress) {
  std::string text = "service,title\n";
  for (int i = 0; i < 2'500; ++i) text += "s,t" + std::to_string(i) + "\n";
  std::vector<std::size_t> steps;
  const auto got = import_rows(ImportKind::kItems, text, "b.csv", kNow,
                               [&](std::size_t done, std::size_t total) {
                                 EXPECT_EQ(total, 2'500U);
                                 steps.push_back(done);
                               });
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(steps, (std::vector<std::size_t>{0, 1000, 2000, 2500}));
}

TEST(Import, KnowsItsKinds) {
  EXPECT_EQ(*parse_import_kind("backlog"), ImportKind::kItems);
  EXPECT_NE(parse_import_kind("incident").error().text.find("did you mean incidents?"),
            std::string::npos);
}

TEST(PeopleTime, IsReadInUsualForms) {
  for (const char* text :
       {"2026-11-22T17:00:00Z", "2026-11-22 17:00", "2026-11-22 17:00:00",
        "2026-11-22T17:00:00.000", "2026-11-22T19:00:00+02:00", "1795366800", "1795366800000"}) {
    ASSERT_TRUE(parse_people_time(text).has_value()) << text;
    EXPECT_EQ(parse_people_time(text)->ms, 1'795'366'800'000) << text;
  }
  for (const char* text : {"", "now", "22/11/2026", "2026-13-01", "2026-11-22 25:00", "12"}) {
    EXPECT_FALSE(parse_people_time(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace daytwo::observe
