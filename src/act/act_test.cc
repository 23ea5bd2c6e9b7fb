#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "act/outbox.h"
#include "act/pager.h"
#include "act/reply.h"
#include "act/send_mail.h"
#include "act/send_webhook.h"
#include "act/shadow.h"
#include "env/os/crypto.h"
#include "facts/memory_journal.h"
#include "facts/written.h"
#include "sim/clock.h"
#include "sim/log.h"
#include "sim/network.h"

namespace daytwo::act {
namespace {

using facts::Finding;
using facts::FindingKind;
using facts::Record;
using facts::State;

constexpr const char* kHook = "http://127.0.0.1:9000/hook";
constexpr const char* kOpsHook = "http://127.0.0.1:9001/ops";

PagerSettings shop() {
  model::Service checkout;
  checkout.id = ServiceId("checkout");
  checkout.owner = model::Owner{OwnerId("shop-dev"), "shop-oncall", {"k8s:shop"}};
  model::Service orphan;
  orphan.id = ServiceId("orphan");
  model::Service locked_out;
  locked_out.id = ServiceId("search");
  locked_out.owner = model::Owner{OwnerId("search-dev"), "search-oncall", {}};
  PagerSettings settings;
  settings.catalog = model::Catalog({checkout, orphan, locked_out});
  const auto person = [](std::string name, const char* url) {
    return model::Person{std::move(name), {{model::ContactMethod::kWebhook, url}}, {}, {}};
  };
  settings.people.by_name = {{"shop-oncall", person("shop-oncall", kHook)},
                             {"search-oncall", person("search-oncall", kHook)},
                             {"ops", person("ops", kOpsHook)}};
  settings.people.fallback = "ops";
  return settings;
}

env::HttpResponse answered(int status) {
  env::HttpResponse response;
  response.status = status;
  return response;
}

Record down(const std::string& service, bool wake, State state, Timestamp at) {
  Record record;
  record.ts = at;
  record.subject = "http://127.0.0.1:8080/";
  record.key = WorryKey("probe/" + service);
  record.state = state;
  record.sentence = "http://127.0.0.1:8080/ does not answer: connection refused";
  Finding finding;
  finding.kind = FindingKind::kProbe;
  finding.title = service + " is down";
  finding.service = service;
  finding.wake = wake;
  finding.next_step = "look at its log";
  record.body = finding;
  return record;
}

// A journal whose n-th append fails, as if the process had been killed there.
class DyingJournal final : public facts::Journal {
 public:
  explicit DyingJournal(facts::Journal& inner) : inner_(inner) {}
  void die_at(int append) { left_ = append; }

  [[nodiscard]] Result<std::vector<facts::RecordPtr>> append(std::vector<Record> records) override {
    if (left_ == 0) return fail(Code::kUnavailable, "killed");
    --left_;
    return inner_.append(std::move(records));
  }
  void subscribe(Subscriber subscriber) override { inner_.subscribe(std::move(subscriber)); }
  [[nodiscard]] facts::Snapshot snapshot() const override { return inner_.snapshot(); }
  [[nodiscard]] Result<facts::Past> history(const WorryKey& key, std::size_t limit) const override {
    return inner_.history(key, limit);
  }
  [[nodiscard]] Result<facts::Past> between(std::string_view kind, Timestamp from, Timestamp to,
                                            std::size_t limit) const override {
    return inner_.between(kind, from, to, limit);
  }

 private:
  facts::Journal& inner_;
  int left_ = -1;
};

class Acting : public ::testing::Test {
 protected:
  Acting() { http_.on(kHook, 200, "ok"); }

  void find(Record record) { ASSERT_TRUE(memory_.append({std::move(record)})); }
  // One turn of the room, as app runs it.
  void turn() {
    std::vector<Record> owed = Pager(settings_, crypto_).step(memory_.snapshot(), clock_.wall());
    if (!owed.empty()) {
      if (!journal_.append(std::move(owed))) return;
    }
    Outbox outbox({settings_.people, "", "http://127.0.0.1:9420",
                   [](const Page& page, std::string_view action) {
                     return "http://127.0.0.1:9420/" + std::string(action) + '/' + page.id;
                   }},
                  {journal_, clock_, http_, mail_, log_, metrics_});
    last_ = outbox.step();
  }
  [[nodiscard]] std::vector<Page> all() const { return pages(memory_.snapshot()); }

  PagerSettings settings_ = shop();
  env::os::SystemCrypto crypto_;
  facts::MemoryJournal memory_;
  DyingJournal journal_{memory_};
  sim::Clock clock_;
  sim::HttpScript http_;
  sim::MailScript mail_;
  sim::Log log_;
  Registry metrics_;
  Result<std::size_t> last_ = std::size_t{0};
};

TEST_F(Acting, AFindingThatMayWakePagesTheOwnerWithPowerOnce) {
  find(down("checkout", true, State::kOpen, clock_.wall()));
  for (int i = 0; i < 5; ++i) {
    turn();
    clock_.advance(seconds(10));
  }
  ASSERT_EQ(http_.requests().size(), 1U);
  EXPECT_EQ(http_.requests()[0].url, kHook);
  EXPECT_NE(http_.requests()[0].body.find("checkout is down"), std::string::npos);
  ASSERT_EQ(all().size(), 1U);
  EXPECT_EQ(all()[0].state, PageState::kSent);
  const auto routed = memory_.snapshot().find("routed", WorryKey("probe/checkout"));
  ASSERT_NE(routed, nullptr);
  EXPECT_NE(routed->sentence.find("has access to k8s:shop"), std::string::npos);
}

TEST_F(Acting, ATicketWakesNobodyButIsRouted) {
  find(down("checkout", false, State::kOpen, clock_.wall()));
  turn();
  EXPECT_TRUE(http_.requests().empty());
  const auto routed = memory_.snapshot().find("routed", WorryKey("probe/checkout"));
  ASSERT_NE(routed, nullptr);
  EXPECT_EQ(facts::body_as<facts::Deed>(*routed)->to, "shop-dev");
}

TEST_F(Acting, ATicketThatGrowsIntoAPageWakesOnce) {
  find(down("checkout", false, State::kOpen, clock_.wall()));
  turn();
  clock_.advance(minutes(2));
  find(down("checkout", true, State::kChanged, clock_.wall()));
  for (int i = 0; i < 3; ++i) {
    turn();
    clock_.advance(seconds(5));
  }
  ASSERT_EQ(http_.requests().size(), 1U);
  find(down("checkout", true, State::kClosed, clock_.wall()));
  turn();
  EXPECT_EQ(http_.requests().size(), 2U) << "whoever was told hears that it ended";
}

TEST_F(Acting, NobodyWithoutAccessIsToldFirst) {
  http_.on(kOpsHook, 200, "ok");
  find(down("search", true, State::kOpen, clock_.wall()));
  find(down("orphan", true, State::kOpen, clock_.wall()));
  find(down("", true, State::kOpen, clock_.wall()));
  turn();
  ASSERT_EQ(http_.requests().size(), 3U);
  for (const auto& request : http_.requests()) EXPECT_EQ(request.url, kOpsHook);
}

TEST_F(Acting, AnAckStopsTheEscalationAndWithoutOneTheFallbackIsTold) {
  http_.on(kOpsHook, 200, "ok");
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  clock_.advance(minutes(4));
  turn();
  EXPECT_EQ(http_.requests().size(), 1U);
  clock_.advance(minutes(1));
  turn();
  ASSERT_EQ(http_.requests().size(), 2U);
  EXPECT_EQ(http_.requests()[1].url, kOpsHook);
  clock_.advance(minutes(30));
  turn();
  EXPECT_EQ(http_.requests().size(), 2U) << "told once a step";

  facts::MemoryJournal quiet;
  ASSERT_TRUE(quiet.append({down("checkout", true, State::kOpen, clock_.wall())}));
  const Pager pager(settings_, crypto_);
  ASSERT_TRUE(quiet.append(pager.step(quiet.snapshot(), clock_.wall())));
  const std::string id = pages(quiet.snapshot())[0].id;
  ASSERT_TRUE(quiet.append(acknowledge(quiet.snapshot(), id, "ana", clock_.wall()).value()));
  clock_.advance(minutes(10));
  EXPECT_TRUE(pager.step(quiet.snapshot(), clock_.wall()).empty());
  EXPECT_EQ(pages(quiet.snapshot())[0].acked_by, "ana");
  EXPECT_EQ(pages(quiet.snapshot())[0].state, PageState::kCancelled);
  EXPECT_TRUE(acknowledge(quiet.snapshot(), id, "bo", clock_.wall()).value().empty());
}

TEST_F(Acting, WhenItEndsWhoeverWasToldHearsSoAndANewOccurrencePagesAnew) {
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  clock_.advance(seconds(30));
  find(down("checkout", true, State::kClosed, clock_.wall()));
  turn();
  ASSERT_EQ(http_.requests().size(), 2U);
  EXPECT_NE(http_.requests()[1].body.find("\"status\":\"resolved\""), std::string::npos);
  clock_.advance(seconds(30));
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  ASSERT_EQ(http_.requests().size(), 3U);
  std::set<std::string> keys;
  for (const auto& request : http_.requests()) keys.insert(request.headers.back().second);
  EXPECT_EQ(keys.size(), 3U) << "three messages, three keys";
}

TEST_F(Acting, AReceiverThatFailsIsTriedAgainUnderTheSameKeyUntilItAccepts) {
  for (int i = 0; i < 6; ++i) http_.next(kHook, answered(503));
  find(down("checkout", true, State::kOpen, clock_.wall()));
  std::vector<std::int64_t> tried_at_s;
  const Timestamp start = clock_.wall();
  for (int second = 0; second < 60; ++second) {
    const std::size_t before = http_.requests().size();
    turn();
    if (http_.requests().size() > before) tried_at_s.push_back((clock_.wall() - start).ms / 1000);
    clock_.advance(seconds(1));
  }
  EXPECT_EQ(tried_at_s, (std::vector<std::int64_t>{0, 1, 3, 7, 15, 30, 45}));
  std::set<std::string> keys;
  for (const auto& request : http_.requests()) keys.insert(request.headers.back().second);
  EXPECT_EQ(keys.size(), 1U);
  EXPECT_EQ(all()[0].state, PageState::kSent);
}

TEST_F(Acting, AFinalAnswerIsUndeliverableAndSaid) {
  http_.on(kHook, 404, "");
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  clock_.advance(minutes(1));
  turn();
  EXPECT_EQ(http_.requests().size(), 1U);
  EXPECT_EQ(all()[0].state, PageState::kUndeliverable);
  EXPECT_EQ(all()[0].error, "answered 404");
}

// For every n: the process dies at its n-th journal write and starts again. Nothing owed is lost;
// all sends of a page share one key.
TEST_F(Acting, KilledAtAnyWriteNoPageIsLostAndTheKeyStays) {
  bool survived = false;
  for (int n = 0; !survived; ++n) {
    facts::MemoryJournal memory;
    ASSERT_TRUE(memory.append({down("checkout", true, State::kOpen, clock_.wall())}));
    sim::HttpScript http;
    http.on(kHook, 200, "ok");
    const auto run = [&](facts::Journal& journal) {
      std::vector<Record> owed = Pager(settings_, crypto_).step(journal.snapshot(), clock_.wall());
      if (!owed.empty() && !journal.append(std::move(owed))) return false;
      Outbox outbox({settings_.people, "", "", [](const Page&, std::string_view) { return ""; }},
                    {journal, clock_, http, mail_, log_, metrics_});
      return outbox.step().has_value();
    };
    DyingJournal dying(memory);
    dying.die_at(n);
    survived = run(dying);
    const std::size_t sent_before = http.requests().size();
    for (int i = 0; i < 5; ++i) {
      clock_.advance(seconds(5));
      ASSERT_TRUE(run(memory));
    }
    ASSERT_GE(http.requests().size(), 1U) << "lost after dying at write " << n;
    ASSERT_LE(http.requests().size(), 2U);
    if (sent_before == 0) {
      EXPECT_EQ(http.requests().size(), 1U) << "killed before the first attempt: sent once";
    }
    std::set<std::string> keys;
    for (const auto& request : http.requests()) keys.insert(request.headers.back().second);
    EXPECT_EQ(keys.size(), 1U);
    EXPECT_EQ(pages(memory.snapshot())[0].state, PageState::kSent);
  }
}

TEST_F(Acting, ASnoozedPageComesBackWhileItBurnsAndABadVoteSuggestsAGoodOne) {
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  const std::string id = all()[0].id;
  const auto snoozed = snooze(memory_.snapshot(), id, minutes(2), "ana", clock_.wall());
  ASSERT_TRUE(memory_.append(snoozed.value()));
  clock_.advance(minutes(1));
  turn();
  EXPECT_EQ(http_.requests().size(), 1U);
  clock_.advance(minutes(1));
  turn();
  EXPECT_EQ(http_.requests().size(), 2U);
  EXPECT_FALSE(snooze(memory_.snapshot(), id, days(2), "ana", clock_.wall()));
  EXPECT_FALSE(snooze(memory_.snapshot(), "nosuch", minutes(1), "ana", clock_.wall()));
  const auto bad = feedback(memory_.snapshot(), id, "noisy", "ana", clock_.wall());
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().text.find("did you mean noise"), std::string::npos);
  ASSERT_TRUE(
      memory_.append(feedback(memory_.snapshot(), id, "useful", "ana", clock_.wall()).value()));
  EXPECT_EQ(all()[0].vote, "useful");
}

TEST_F(Acting, EveryPageSaysWhatWaitingWouldCostAndIsSentAllTheSame) {
  http_.on(kOpsHook, 200, "ok");
  find(down("checkout", true, State::kOpen, clock_.wall()));
  find(down("orphan", false, State::kOpen, clock_.wall()));
  turn();
  ASSERT_EQ(http_.requests().size(), 1U);
  const auto shadow = memory_.snapshot().find("shadow", WorryKey("probe/checkout"));
  ASSERT_NE(shadow, nullptr);
  EXPECT_TRUE(lacks_a_price(*shadow)) << "nobody said what it is worth: " << shadow->sentence;
  EXPECT_NE(http_.requests()[0].body.find("\"waiting_against_waking\":\"Waiting until "),
            std::string::npos);
  EXPECT_EQ(memory_.snapshot().find("shadow", WorryKey("probe/orphan")), nullptr) << "a ticket";
  clock_.advance(minutes(5));
  turn();
  ASSERT_EQ(http_.requests().size(), 2U);
  const auto second = memory_.snapshot().find("shadow", WorryKey("probe/checkout"));
  EXPECT_EQ(facts::body_as<facts::Deed>(*second)->to, "ops") << "each step with its own people";
}

TEST_F(Acting, WeighsAgainOnceTheLossIsKnown) {
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  Record verdict;
  verdict.ts = clock_.wall();
  verdict.key = WorryKey("probe/checkout");
  verdict.body = facts::Choice{};
  for (const char* name : {"loss_per_hour", "work_per_hour"}) {
    verdict.amounts.push_back({name, {chance::exactly(90), "USD", "an hour", {}, ""}});
  }
  find(verdict);
  turn();
  const auto shadow = memory_.snapshot().find("shadow", WorryKey("probe/checkout"));
  EXPECT_FALSE(lacks_a_price(*shadow)) << shadow->sentence;
  const RecordId weighed = shadow->id;
  turn();
  EXPECT_EQ(memory_.snapshot().find("shadow", WorryKey("probe/checkout"))->id, weighed);
  EXPECT_EQ(http_.requests().size(), 1U) << "no second page for a second thought";
}

TEST_F(Acting, NotMineBringsTheNextOneAtOnce) {
  http_.on(kOpsHook, 200, "ok");
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  ASSERT_TRUE(memory_.append(
      feedback(memory_.snapshot(), all()[0].id, "not_mine", "ana", clock_.wall()).value()));
  clock_.advance(seconds(5));
  turn();
  ASSERT_EQ(http_.requests().size(), 2U);
  EXPECT_EQ(http_.requests()[1].url, kOpsHook);
  EXPECT_EQ(memory_.snapshot().find("routed", WorryKey("probe/checkout"))->sentence,
            "shop-oncall cannot take it: paging ops too");
}

TEST_F(Acting, APageCarriesALinkForEachAnswerAndAnEndCarriesNone) {
  find(down("checkout", true, State::kOpen, clock_.wall()));
  turn();
  const std::string body = http_.requests()[0].body;
  const std::string id = all()[0].id;
  for (const char* action : {"ack", "snooze", "useful", "noise", "not_mine"}) {
    const std::string link =
        fmt::format("\"{0}_url\":\"http://127.0.0.1:9420/{0}/{1}\"", action, id);
    EXPECT_NE(body.find(link), std::string::npos) << action << " in " << body;
  }
  const Notice notice =
      make_notice(all()[0], memory_.snapshot(),
                  [](const Page&, std::string_view action) { return "/" + std::string(action); });
  const std::string mail = mail_of(notice, "d@x", "ana@x").text;
  for (const char* action : {"/ack", "/snooze", "/useful", "/noise", "/not_mine"}) {
    EXPECT_NE(mail.find(action), std::string::npos) << action << " in " << mail;
  }
  find(down("checkout", true, State::kClosed, clock_.wall()));
  turn();
  EXPECT_EQ(http_.requests()[1].body.find("/noise/"), std::string::npos);
}

TEST_F(Acting, ATestPageGoesToTheOneNamedAndAnUnknownNameListsTheKnown) {
  const Pager pager(settings_, crypto_);
  EXPECT_EQ(pager.test("shop-oncall", clock_.wall()).value().size(), 1U);
  const auto unknown = pager.test("nobody", clock_.wall());
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().text.find("ops, search-oncall and shop-oncall"), std::string::npos);
}

// {alertname=A, i=1} has fingerprint caaaffbd9ccf039f by Alertmanager's rule (documented value).
TEST(Webhook, CarriesKeysInOrderAndTheMailThreadsByOccurrence) {
  Notice notice;
  notice.page.id = "abc";
  notice.page.worry = WorryKey("probe/x");
  notice.page.to = "ops";
  notice.page.epoch = "7";
  notice.page.idempotency_key = "key";
  notice.title = "x is \"down\"";
  notice.kind = "probe";
  const std::string body = webhook_body(notice, "http://d2");
  EXPECT_LT(body.find("\"receiver\""), body.find("\"status\""));
  EXPECT_LT(body.find("\"alerts\""), body.find("\"groupLabels\""));
  EXPECT_NE(body.find("\"version\":\"4\""), std::string::npos);
  EXPECT_NE(body.find("x is \\\"down\\\""), std::string::npos);
  EXPECT_NE(body.find("\"endsAt\":\"0001-01-01T00:00:00Z\""), std::string::npos);
  const env::Mail mail = mail_of(notice, "daytwo@shop.example", "ops@shop.example");
  EXPECT_EQ(mail.headers[0].second, "<key@shop.example>");
  notice.page.idempotency_key = "other";
  EXPECT_EQ(mail_of(notice, "daytwo@shop.example", "o@x").headers[1], mail.headers[1]);
}

TEST(Webhook, RetryAfterIsHonouredUpToAMinute) {
  env::HttpResponse busy = answered(429);
  busy.headers = {{"retry-after", "30"}};
  EXPECT_EQ(webhook_outcome(busy).wait, seconds(30));
  busy.headers = {{"retry-after", "86400"}};
  EXPECT_EQ(webhook_outcome(busy).wait, seconds(60));
  busy.headers = {{"retry-after", "soon"}};
  EXPECT_EQ(webhook_outcome(busy).wait, Duration{});
  EXPECT_EQ(webhook_outcome(fail(Code::kInvalid, "bad URL")).kind, Outcome::Kind::kFinal);
  EXPECT_EQ(webhook_outcome(fail(Code::kTimeout, "late")).kind, Outcome::Kind::kTryAgain);
}

// A decision that should be looked at again goes to whoever took it, not to the owner of the
// service; and it is not taken back when the verdict has turned.
TEST_F(Acting, TellsTheOneWhoDecidedThatATripwireIsCrossed) {
  settings_.people.by_name["ann"] = {"ann", {{model::ContactMethod::kWebhook, kOpsHook}}, {}, {}};
  Record crossed = down("checkout", false, State::kOpen, clock_.wall());
  crossed.key = WorryKey("tripwire/written/cards");
  std::get<Finding>(crossed.body).kind = FindingKind::kTripwire;
  crossed.inputs = {{facts::kDecidedBy, "ann@laptop"}};
  find(crossed);
  http_.on(kOpsHook, 200, "ok");
  turn();
  ASSERT_EQ(all().size(), 1U);
  EXPECT_EQ(all()[0].to, "ann");
  EXPECT_EQ(all()[0].purpose, PagePurpose::kNotice);
  crossed.state = State::kClosed;
  find(crossed);
  turn();
  EXPECT_EQ(all().size(), 1U) << "no word that it ended";
  // Who decided is nobody that can be told: the owner hears it.
  Record other = crossed;
  other.key = WorryKey("tripwire/written/other");
  other.state = State::kOpen;
  other.inputs = {{facts::kDecidedBy, "daytwo"}};
  find(other);
  turn();
  ASSERT_EQ(all().size(), 2U);
  EXPECT_TRUE(all()[0].to == "shop-oncall" || all()[1].to == "shop-oncall");
}

}  // namespace
}  // namespace daytwo::act
