#include "app/pages/worry_pages.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/world_for_tests.h"
#include "decide/decider.h"
#include "facts/fold.h"
#include "facts/written.h"

namespace daytwo::app {
namespace {

api::WorryDraft draft_of(std::string text, std::optional<std::string> evidence = std::nullopt,
                         bool dry_run = false) {
  api::WorryDraft draft;
  draft.text = std::move(text);
  draft.evidence = std::move(evidence);
  if (dry_run) draft.dry_run = true;
  return draft;
}

constexpr const char* kCostly = "90% a year that payments is down, 2h to 8h";

void state(PageWorld& world, const std::string& sentence) {
  auto stake = facts::stated_stake(sentence, "ann", world.clock.wall());
  ASSERT_TRUE(stake) << stake.error().to_string();
  ASSERT_TRUE(world.journal.append({std::move(*stake)}));
}

TEST(DryRun, GivesTheVerdictAndStoresNothing) {
  PageWorld world;
  state(world, "an hour of payments down costs $20k to $40k");
  state(world, "a person-day costs $600 to $1200");
  const RecordId before = world.journal.snapshot().newest();
  WorryPages pages(world.context());
  const auto page = pages.add(draft_of(kCostly, std::nullopt, true), "ann");
  ASSERT_TRUE(page) << page.error().to_string();
  EXPECT_NE(page->worry.verdict, model::Verdict::kUndecided);
  EXPECT_FALSE(page->worry.reason.empty());
  EXPECT_FALSE(page->how_computed.empty());
  ASSERT_TRUE(page->worry.worth);
  EXPECT_EQ(page->worry.worth->unit, "USD");
  EXPECT_FALSE(page->question);
  EXPECT_TRUE(page->worry.id.empty());
  EXPECT_EQ(world.journal.snapshot().newest(), before);
  EXPECT_EQ(world.woken, 0);
}

TEST(DryRun, NamesTheStakeThatIsMissing) {
  PageWorld world;
  WorryPages pages(world.context());
  const auto page =
      pages.add(draft_of("10% a year that payments is down, 1h to 3h", std::nullopt, true), "ann");
  ASSERT_TRUE(page) << page.error().to_string();
  EXPECT_NE(page->worry.verdict, model::Verdict::kUndecided);
  ASSERT_TRUE(page->question);
  EXPECT_NE(page->question->sentence.find('?'), std::string::npos);
  EXPECT_FALSE(page->question->placeholder.empty());
}

TEST(Evidence, IsAFoundWorryByItsId) {
  PageWorld world;
  facts::Finding finding;
  finding.kind = facts::FindingKind::kRunOut;
  finding.title = "/ fills up";
  finding.service = "payments";
  finding.truth_query = "free_bytes <= bool 0";
  finding.evidence = {{"seen", "", 1}, {"free bytes", "free_bytes", 0}};
  const facts::RecordPtr found = world.find("runout/vm/filesystem:/", finding);
  WorryPages pages(world.context());
  const std::string id = pages.worries(false)->worries.at(0).id;
  const auto page =
      pages.add(draft_of("30% a year that it is down, 2h to 8h", id.substr(0, 5)), "ann");
  ASSERT_TRUE(page) << page.error().to_string();
  EXPECT_EQ(page->worry.service, "payments");
  ASSERT_EQ(page->evidence.size(), 1U);
  EXPECT_EQ(page->evidence[0].kind, api::EvidenceKind::kFinding);
  EXPECT_EQ(page->evidence[0].query, "free_bytes");
  EXPECT_EQ(page->evidence[0].sentence, "runout " + id + ": / fills up");
  const facts::RecordPtr stored =
      world.journal.snapshot().find("written", WorryKey(page->worry.key));
  ASSERT_NE(stored, nullptr);
  EXPECT_EQ(stored->causes, std::vector<RecordId>{found->id});
  EXPECT_EQ(facts::body_as<facts::Finding>(*stored)->truth_query, "free_bytes <= bool 0");
}

TEST(Evidence, IsAServiceOrAQuery) {
  PageWorld world;
  world.declare("service: search\nowner: {team: web}\n");
  WorryPages pages(world.context());
  const auto service = pages.add(draft_of("30% a year that it is slow, 2h to 8h", "search"), "ann");
  ASSERT_TRUE(service) << service.error().to_string();
  EXPECT_EQ(service->evidence.at(0).kind, api::EvidenceKind::kService);
  EXPECT_EQ(service->worry.service, "search");
  world.sample({{"__name__", "up"}}, 1);
  for (const char* query : {"up", "up == 0", "rate(nothing_yet_total[5m])"}) {
    const auto bound = pages.add(draft_of("30% a year that it is down, 2h to 8h", query), "ann");
    ASSERT_TRUE(bound) << bound.error().to_string();
    EXPECT_EQ(bound->evidence.at(0).kind, api::EvidenceKind::kQuery) << query;
    EXPECT_EQ(bound->evidence.at(0).query, query);
  }
}

TEST(Evidence, ThatNothingIsCalledIsRefusedWithASuggestion) {
  PageWorld world;
  world.declare("service: payments\nowner: {team: web}\n");
  world.sample({{"__name__", "orders_total"}}, 1);
  WorryPages pages(world.context());
  const auto refused = [&](const char* evidence) {
    const auto page = pages.add(draft_of(kCostly, evidence, true), "ann");
    EXPECT_FALSE(page) << evidence;
    return page ? Error{} : page.error();
  };
  EXPECT_EQ(refused("paymnets").diagnostics.at(0).suggestion, "payments");
  EXPECT_EQ(refused("order_total").diagnostics.at(0).suggestion, "orders_total");
  EXPECT_EQ(refused("zzzz").diagnostics.at(0).suggestion, "");
  EXPECT_EQ(refused("zzzz").code, Code::kInvalid);
  EXPECT_NE(refused("sum((").to_string().find("parse error"), std::string::npos);
  EXPECT_TRUE(facts::worries(world.journal.snapshot(), true).empty());
}

// A verdict in the journal, as a turn of the loop writes it.
facts::Record judged(PageWorld& world, const PageContext& context) {
  const std::vector<std::string> services = {"payments"};
  auto worry = facts::written_worry({kCostly, "payments", "ann"}, services, std::nullopt,
                                    world.clock.wall());
  EXPECT_TRUE(worry);
  facts::Record verdict = decide::preview(*worry, decide::stakes_in(world.journal.snapshot()),
                                          context.seed, world.clock.wall())
                              .verdict;
  EXPECT_TRUE(world.journal.append({*std::move(worry)}));
  return verdict;
}

TEST(Replay, ComputesTheNewestVerdictAgainAndSaysWhatDiffers) {
  PageWorld world;
  state(world, "an hour of payments down costs $20k to $40k");
  const PageContext context = world.context();
  facts::Record verdict = judged(world, context);
  WorryPages pages(context);
  const std::string key = verdict.key.value;
  EXPECT_EQ(pages.replay(key).error().code, Code::kNotFound) << "it has no verdict yet";
  ASSERT_TRUE(world.journal.append({verdict}));
  const auto same = pages.replay(key);
  ASSERT_TRUE(same) << same.error().to_string();
  EXPECT_TRUE(same->same && same->replayed) << same->sentence;
  EXPECT_EQ(same->seed, verdict.seed.value);
  EXPECT_NE(same->sentence.find("same verdict, same bits"), std::string::npos);

  std::get<facts::Choice>(verdict.body).reason = "because";
  ASSERT_TRUE(world.journal.append({verdict}));
  const auto differs = pages.replay(key);
  ASSERT_TRUE(differs);
  EXPECT_TRUE(differs->replayed && !differs->same);
  EXPECT_EQ(differs->differences.size(), 1U);

  verdict.engine = "decide.verdict/0";
  ASSERT_TRUE(world.journal.append({verdict}));
  const auto refused = pages.replay(key);
  ASSERT_TRUE(refused);
  EXPECT_FALSE(refused->replayed || refused->same);
  EXPECT_NE(refused->sentence.find("decide.verdict/0"), std::string::npos) << refused->sentence;
}

}  // namespace
}  // namespace daytwo::app
