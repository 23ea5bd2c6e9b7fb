// A running API over a real loopback socket, with services that answer from scripts.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/api.h"
#include "env/os/clock.h"
#include "env/os/crypto.h"
#include "env/os/files.h"
#include "env/os/log.h"
#include "env/os/threads.h"
#include "http/client.h"
#include "http/server.h"
#include "series/memory_source.h"

namespace daytwo::api {

// Remembers what it was asked to do, one line a call.
class ScriptedServices final : public WorryService,
                               public StakesService,
                               public CatalogService,
                               public HostService,
                               public AnswerService,
                               public DecisionService,
                               public PaperService,
                               public PagerService,
                               public LearnService,
                               public IntakeService,
                               public ScrapeService,
                               public ProcessService {
 public:
  std::vector<std::string> calls;
  Readiness start{true, "", 1};
  Timestamp now{1000};
  std::vector<facts::AlertSeen> seen_alerts;

  [[nodiscard]] Result<LoopPage> loop() override {
    LoopPage page;
    page.as_of = now;
    page.sentence = "three worries";
    return page;
  }
  [[nodiscard]] Result<WorriesPage> worries(bool include_closed) override {
    WorriesPage page;
    page.sentence = include_closed ? "all" : "open";
    return page;
  }
  [[nodiscard]] Result<WorryPage> worry(const std::string& id) override {
    if (id != "0123456789ab") return fail(Code::kNotFound, "there is no worry " + id);
    WorryPage page;
    page.worry.id = id;
    return page;
  }
  [[nodiscard]] Result<ReplayPage> replay(const std::string& id) override {
    if (id != "0123456789ab") return fail(Code::kNotFound, "there is no worry " + id);
    ReplayPage page;
    page.sentence = "replayed";
    return page;
  }
  [[nodiscard]] Result<WorryPage> add(const WorryDraft& draft, const std::string& by) override {
    calls.push_back("add " + draft.text + " by " + by);
    WorryPage page;
    page.written = draft.text;
    return page;
  }
  [[nodiscard]] Result<WorryPage> decide(const std::string& id, const DecideRequest& request,
                                         const std::string& by) override {
    calls.push_back("decide " + id + " " + request.reason + " by " + by);
    return worry(id);
  }
  [[nodiscard]] Result<StakesPage> stakes() override { return StakesPage{}; }
  [[nodiscard]] Result<StakesPage> state(const StakesRequest& request,
                                         const std::string&) override {
    calls.push_back("stake " + request.text);
    return StakesPage{};
  }
  [[nodiscard]] Result<ServicesPage> services() override { return ServicesPage{}; }
  [[nodiscard]] Result<ServicePage> service(const std::string& name) override {
    ServicePage page;
    page.service.name = name;
    return page;
  }
  [[nodiscard]] Result<ObjectivesPage> objectives() override { return ObjectivesPage{}; }
  [[nodiscard]] Result<GatePage> gate(const std::string& service) override {
    GatePage page;
    page.service = service;
    page.verdict = service == "spent" ? GateVerdict::kDeny : GateVerdict::kAllow;
    return page;
  }
  [[nodiscard]] Result<ServicesPage> watch(const WatchRequest& request,
                                           const std::string&) override {
    calls.push_back("watch " + request.url);
    return ServicesPage{};
  }
  [[nodiscard]] Result<HostPage> host() override { return HostPage{}; }
  [[nodiscard]] Result<HostPage> learn_baseline(const std::string&) override { return HostPage{}; }
  [[nodiscard]] Result<AcceptPage> accept_baseline(const AcceptRequest& request,
                                                   const std::string& by) override {
    calls.push_back("accept " + request.what.value_or("all") + " by " + by);
    return AcceptPage{};
  }
  [[nodiscard]] Result<CpuPage> cpu(const std::string& of) override {
    calls.push_back("cpu " + of);
    return CpuPage{};
  }
  [[nodiscard]] Result<WastePage> waste(const WasteQuestion& question) override {
    calls.push_back("waste " + to_string(question.idle) + " " + question.restore);
    return WastePage{};
  }
  [[nodiscard]] Result<MaskingPage> masking(Duration window) override {
    MaskingPage page;
    page.sentence = "masking in " + to_string(window);
    return page;
  }
  [[nodiscard]] Result<SurfacePage> surface() override { return SurfacePage{}; }
  [[nodiscard]] Result<NinesOverview> all_nines() override {
    calls.emplace_back("all nines");
    return NinesOverview{};
  }
  [[nodiscard]] Result<NinesPage> nines(const NinesRequest& request) override {
    calls.push_back("nines " + request.service);
    return NinesPage{};
  }
  [[nodiscard]] Result<RiskPage> risk(const std::vector<std::string>& with) override {
    std::string call = "risk";
    for (const std::string& id : with) call += " " + id;
    calls.push_back(call);
    return RiskPage{};
  }
  [[nodiscard]] Result<HistoryPage> history() override { return HistoryPage{}; }
  [[nodiscard]] Result<SecurityPage> security(const std::string&) override {
    return SecurityPage{};
  }
  [[nodiscard]] Result<PosturePage> posture(const std::string&) override { return PosturePage{}; }
  [[nodiscard]] Result<model::quantity::Evaluation> calc(const CalcRequest& request) override {
    calls.push_back("calc " + request.expression);
    return model::quantity::evaluate(request.expression);
  }
  [[nodiscard]] Result<PlanPage> plan(const PlanQuery& query) override {
    std::string call = "plan " + query.budget;
    for (const std::string& days : query.days) call += " " + days;
    calls.push_back(call);
    return PlanPage{};
  }
  [[nodiscard]] Result<PagesPage> pages() override { return PagesPage{}; }
  [[nodiscard]] Result<PagesPage> acknowledge(const std::string& id,
                                              const std::string& by) override {
    calls.push_back("ack " + id + " by " + by);
    return PagesPage{};
  }
  [[nodiscard]] Result<PagesPage> snooze(const std::string& id, Duration span,
                                         const std::string&) override {
    calls.push_back("snooze " + id + " " + to_string(span));
    return PagesPage{};
  }
  [[nodiscard]] Result<PagesPage> feedback(const std::string& id, Vote vote,
                                           const std::string&) override {
    calls.push_back("feedback " + id + " " +
                    std::string(json_names(vote)[static_cast<std::size_t>(vote)]));
    return PagesPage{};
  }
  [[nodiscard]] Result<PagesPage> test(const std::string& to, const std::string&) override {
    calls.push_back("test " + to);
    return PagesPage{};
  }
  [[nodiscard]] Result<LearnPage> learn() override { return LearnPage{}; }
  [[nodiscard]] Result<NoisePage> noise(Duration window) override {
    NoisePage page;
    page.sentence = "noise of " + to_string(window);
    return page;
  }
  [[nodiscard]] Result<TrainingPage> training(std::int64_t seed) override {
    TrainingPage page;
    page.seed = seed;
    return page;
  }
  [[nodiscard]] Result<TrainingResult> answer_training(const TrainingRequest& request,
                                                       const std::string& by) override {
    calls.push_back("train " + std::to_string(request.answers.size()) + " by " + by);
    return TrainingResult{};
  }
  [[nodiscard]] Result<void> alerts(std::vector<facts::AlertSeen> alerts) override {
    for (auto& alert : alerts) seen_alerts.push_back(std::move(alert));
    return {};
  }
  [[nodiscard]] Result<void> count(const std::string& name, double amount,
                                   const series::Labels& labels) override {
    calls.push_back("count " + name + " " + std::to_string(amount) + " " + labels.to_string());
    return {};
  }
  [[nodiscard]] Result<void> sightings(std::vector<facts::Record> records) override {
    calls.push_back("sightings " + std::to_string(records.size()));
    return {};
  }
  [[nodiscard]] Result<ImportReport> import(const std::string& kind, const std::string& text,
                                            const std::string&) override {
    calls.push_back("import " + kind + " " + text);
    return ImportReport{};
  }
  std::vector<ScrapeTarget> targets() override { return {}; }
  Readiness readiness() override { return start; }
  [[nodiscard]] Result<void> reload() override {
    calls.emplace_back("reload");
    return {};
  }
  void quit() override { calls.emplace_back("quit"); }
  [[nodiscard]] Result<BackupPage> backup(const std::string& folder) override {
    calls.push_back("backup " + folder);
    return BackupPage{};
  }
  std::vector<Flag> flags() override { return {{"web.listen-address", "127.0.0.1:9420"}}; }
  std::string configuration() override { return "global: {}\n"; }
  Timestamp started() override { return now; }
  std::string storage_retention() override { return "35d"; }
};

// The token of every World.
inline constexpr const char* kTestToken = "0123456789abcdef0123456789abcdef";

// Starts the API on a free port of 127.0.0.1.
class World {
 public:
  explicit World(ApiOptions options = {}) {
    directory_ = testing::TempDir() + "daytwo-api-" + std::to_string(entropy.number());
    EXPECT_TRUE(files.make_directories(directory_));
    auto opened = UsedLinks::open(files, directory_ + "/links", clock.wall());
    EXPECT_TRUE(opened);
    used_links = std::move(*opened);
    if (options.guard.token.empty()) options.guard.token = kTestToken;
    api = std::make_unique<Api>(
        std::move(options),
        ApiParts{{services, services, services, services, services, services, services, services,
                  services, services, services, services, samples, samples},
                 *used_links,
                 clock,
                 crypto,
                 log,
                 registry});
    http::ServerOptions server_options;
    server_options.listen = {{"127.0.0.1", 0}};
    server_options.workers = 2;
    auto started = http::Server::start(std::move(server_options), api->handler(), threads, clock,
                                       log, registry);
    EXPECT_TRUE(started) << started.error().to_string();
    server = std::move(*started);
  }
  ~World() {
    server.reset();
    EXPECT_TRUE(files.remove_tree(directory_));
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] std::string base() const {
    return "http://127.0.0.1:" + std::to_string(server->addresses().at(0).port);
  }
  env::HttpResponse send(const std::string& method, const std::string& path,
                         env::HttpHeaders headers = {}, std::string body = "") {
    env::HttpRequest request;
    request.method = method;
    request.url = base() + path;
    request.headers = std::move(headers);
    request.body = std::move(body);
    auto response = http::Client().fetch(request);
    EXPECT_TRUE(response) << response.error().to_string();
    return response.value_or(env::HttpResponse{});
  }
  env::HttpResponse get(const std::string& path, env::HttpHeaders headers = {}) {
    return send("GET", path, std::move(headers));
  }
  // A change with the token.
  env::HttpResponse change(const std::string& path, std::string body) {
    return send("POST", path, {{"Authorization", std::string("Bearer ") + kTestToken}},
                std::move(body));
  }
  [[nodiscard]] const std::string& directory() const { return directory_; }

  env::os::SystemClock clock;
  env::os::SystemThreads threads;
  env::os::SystemFiles files;
  env::os::SystemCrypto crypto;
  env::os::SystemEntropy entropy;
  env::os::StderrLog log{{.level = env::LogLevel::kError}, clock};
  Registry registry;
  ScriptedServices services;
  series::MemorySource samples;
  std::unique_ptr<UsedLinks> used_links;
  std::unique_ptr<Api> api;
  std::unique_ptr<http::Server> server;

 private:
  std::string directory_;
};

}  // namespace daytwo::api
