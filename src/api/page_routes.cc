#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "api/own_routes.h"
#include "api/view_answers.h"
#include "api/view_backup.h"
#include "api/view_calc.h"
#include "api/view_gate.h"
#include "api/view_history.h"
#include "api/view_host.h"
#include "api/view_learn.h"
#include "api/view_masking.h"
#include "api/view_noise.h"
#include "api/view_pager.h"
#include "api/view_plan.h"
#include "api/view_risk.h"
#include "api/view_security.h"
#include "api/view_service.h"
#include "api/view_stakes.h"
#include "api/view_waste.h"
#include "api/view_worry.h"
#include "base/text.h"
#include "base/time.h"

namespace daytwo::api {
namespace {

std::string own(std::string_view path) { return "/api/daytwo/v1" + std::string(path); }

void add_worries(RouteTable& table, WorryService& worries) {
  table.page<LoopPage>(own("/loop"), "The Loop: what was seen, the worries, the one question",
                       [&worries](const Context&) { return worries.loop(); });
  Route& list = table.page<WorriesPage>(
      own("/worries"), "All worries", [&worries](const Context& context) -> Result<WorriesPage> {
        const std::string state = context.params.find("state").value_or("open");
        if (state != "open" && state != "all") {
          return fail(Code::kInvalid, fmt::format("state is 'open' or 'all', not '{}'", state));
        }
        return worries.worries(state == "all");
      });
  list.parameters.push_back({"state", "open (default) or all", false});
  table.page<WorryPage>(
      own("/worries/{id}"), "One worry with its evidence and thread",
      [&worries](const Context& context) { return worries.worry(context.path[0]); });
  table.page<ReplayPage>(
      own("/worries/{id}/replay"), "Its computed verdict, computed again and held against itself",
      [&worries](const Context& context) { return worries.replay(context.path[0]); });
  table.change<WorryDraft, WorryPage>(own("/worries"), "Add a worry in one sentence",
                                      [&worries](const Context& context, const WorryDraft& draft) {
                                        return worries.add(draft, context.caller.name);
                                      });
  table.ask<WorryDraft, WorryPage>(
      own("/worries/preview"), "What a sentence is understood as, and its verdict; stores nothing",
      [&worries](const Context& context, WorryDraft draft) {
        draft.dry_run = true;
        return worries.add(draft, context.caller.name);
      });
  table.change<DecideRequest, WorryPage>(
      own("/worries/{id}/decide"), "Decide: do, find out first, or leave",
      [&worries](const Context& context, const DecideRequest& request) {
        return worries.decide(context.path[0], request, context.caller.name);
      });
}

void add_stakes(RouteTable& table, StakesService& stakes) {
  table.page<StakesPage>(own("/stakes"), "What things are worth, as people stated it",
                         [&stakes](const Context&) { return stakes.stakes(); });
  table.change<StakesRequest, StakesPage>(
      own("/stakes"), "State what something is worth",
      [&stakes](const Context& context, const StakesRequest& request) {
        return stakes.state(request, context.caller.name);
      });
  table.ask<StakesRequest, StakesPage>(own("/stakes/preview"),
                                       "What a stake is understood as; stores nothing",
                                       [&stakes](const Context& context, StakesRequest request) {
                                         request.dry_run = true;
                                         return stakes.state(request, context.caller.name);
                                       });
}

// 403 is the gate's own answer, not an error: a script need not read the body.
void add_gate(RouteTable& table, CatalogService& catalog) {
  Route route;
  route.method = "GET";
  route.path = own("/gate");
  route.summary = "May a deploy of a service go out? 200 allow or warn, 403 deny";
  route.parameters = {{"service", "whose error budgets and policy decide", true},
                      {"status", "200: answers 200 whatever the verdict", false}};
  route.answer = table.schema().add<GatePage>();
  route.handler = [&catalog](const Context& context) {
    const std::string service = context.params.find("service").value_or("");
    const std::string status = context.params.find("status").value_or("");
    if (service.empty()) {
      return reply_error(make_error(Code::kInvalid, "no service: expected ?service=NAME"));
    }
    if (!status.empty() && status != "200") {
      return reply_error(
          make_error(Code::kInvalid, fmt::format("status is 200 or left out, not '{}'", status)));
    }
    const auto page = catalog.gate(service);
    if (!page) return reply_error(page.error());
    const bool denied = page->verdict == GateVerdict::kDeny && status.empty();
    return reply_text(denied ? 403 : 200, model::to_json(*page));
  };
  table.add(std::move(route));
}

void add_catalog(RouteTable& table, CatalogService& catalog, HostService& host) {
  table.page<ServicesPage>(own("/services"), "All services",
                           [&catalog](const Context&) { return catalog.services(); });
  table.page<ServicePage>(
      own("/services/{name}"), "One service: probes, objectives, flows, what runs it",
      [&catalog](const Context& context) { return catalog.service(context.path[0]); });
  table.page<ObjectivesPage>(own("/objectives"), "All objectives and their budgets",
                             [&catalog](const Context&) { return catalog.objectives(); });
  add_gate(table, catalog);
  table.change<WatchRequest, ServicesPage>(
      own("/watch"), "Probe a URL from now on",
      [&catalog](const Context& context, const WatchRequest& request) {
        return catalog.watch(request, context.caller.name);
      });
  table.page<HostPage>(own("/host"), "What runs on this host",
                       [&host](const Context&) { return host.host(); });
  table.act<HostPage>(
      own("/baseline/learn"), "Take what runs now as what should run",
      [&host](const Context& context) { return host.learn_baseline(context.caller.name); });
  table.change<AcceptRequest, AcceptPage>(
      own("/baseline/accept"), "Take a difference from the baseline, or all, as what should be",
      [&host](const Context& context, const AcceptRequest& request) {
        return host.accept_baseline(request, context.caller.name);
      });
  table.ask<AcceptRequest, AcceptPage>(own("/baseline/accept/preview"),
                                       "Which differences would be accepted; writes nothing",
                                       [&host](const Context& context, AcceptRequest request) {
                                         request.dry_run = true;
                                         return host.accept_baseline(request, context.caller.name);
                                       });
}

// The span of the parameter `since`, at most ten years; `usual` when it is left out.
Result<Duration> since_of(const Context& context, std::string_view usual) {
  TRY(const Duration span,
      parse_duration(context.params.find("since").value_or(std::string(usual))));
  if (span.ms <= 0 || span > days(3660)) {
    return fail(Code::kInvalid, "since is a span such as 30d, at most ten years");
  }
  return span;
}

void add_masking(RouteTable& table, AnswerService& answers) {
  Route& masking = table.page<MaskingPage>(
      own("/masking"), "Restarts, kills and idle copies that cover for a faulty application",
      [&answers](const Context& context) -> Result<MaskingPage> {
        TRY(const Duration window, since_of(context, "7d"));
        return answers.masking(window);
      });
  masking.parameters.push_back({"since", "how far back, such as 30d; 7d when left out", false});
}

void add_noise(RouteTable& table, LearnService& learn) {
  Route& noise = table.page<NoisePage>(
      own("/noise"), "Which alerts are noise: usefulness of each rule, and the attention it took",
      [&learn](const Context& context) -> Result<NoisePage> {
        TRY(const Duration window, since_of(context, "30d"));
        return learn.noise(window);
      });
  noise.parameters.push_back({"since", "how far back, such as 90d; 30d when left out", false});
}

void add_answers(RouteTable& table, AnswerService& answers) {
  Route& cpu = table.page<CpuPage>(own("/cpu"), "Busy processors: is that a problem?",
                                   [&answers](const Context& context) {
                                     return answers.cpu(context.params.find("of").value_or(""));
                                   });
  cpu.parameters.push_back({"of", "a service or a host; every host when left out", false});
  Route& waste = table.page<WastePage>(
      own("/waste"), "What can be cleaned up, what it saves, and the chance that it is needed",
      [&answers](const Context& context) -> Result<WastePage> {
        WasteQuestion question;
        if (const auto idle = context.params.find("idle")) {
          TRY(question.idle, parse_duration(*idle));
        }
        question.restore = context.params.find("restore").value_or("");
        return answers.waste(question);
      });
  waste.parameters.push_back({"idle", "without use for at least this long; default 7d", false});
  waste.parameters.push_back(
      {"restore", "what putting something back costs, as a range of money", false});
  table.page<SurfacePage>(own("/surface"),
                          "What an attacker finds first: listening sockets in order of reach",
                          [&answers](const Context&) { return answers.surface(); });
  Route& security = table.page<SecurityPage>(
      own("/security"), "Promises of security: kept or broken, and what delay costs",
      [&answers](const Context& context) {
        return answers.security(context.params.find("service").value_or(""));
      });
  security.parameters.push_back({"service", "every service when left out", false});
  Route& posture =
      table.page<PosturePage>(own("/security/posture"), "The same as a client may see it",
                              [&answers](const Context& context) {
                                return answers.posture(context.params.find("service").value_or(""));
                              });
  posture.parameters.push_back({"service", "every service when left out", false});
}

// Words between commas, of a parameter that may be given again.
std::vector<std::string> ids_in(const Context& context, std::string_view name) {
  std::vector<std::string> out;
  for (const std::string& text : context.params.get_all(name)) {
    for (const std::string_view id : split(text, ',')) {
      if (!trim(id).empty()) out.emplace_back(trim(id));
    }
  }
  return out;
}

void add_decisions(RouteTable& table, DecisionService& decisions) {
  // A question, which changes nothing: its files make it too long for a GET.
  table.ask<NinesRequest, NinesPage>(own("/nines"),
                                     "What the next nines of a service cost and save",
                                     [&decisions](const Context&, const NinesRequest& request) {
                                       return decisions.nines(request);
                                     });
  table.page<NinesOverview>(own("/nines"), "The same of every declared service",
                            [&decisions](const Context&) { return decisions.all_nines(); });
  table.page<NinesPage>(own("/nines/{service}"),
                        "What the next nines of a service cost and save, by the server's files",
                        [&decisions](const Context& context) {
                          NinesRequest request;
                          request.service = context.path[0];
                          return decisions.nines(request);
                        });
  Route& risk = table.page<RiskPage>(
      own("/risk"), "The register of the worry files as one year of loss",
      [&decisions](const Context& context) { return decisions.risk(ids_in(context, "with")); });
  risk.parameters.push_back(
      {"with", "options that are in place after, by id: mfa,canary; may be given again", false});
  table.page<HistoryPage>(
      own("/history"),
      "The incidents, near misses and deploys that teach how often something happens",
      [&decisions](const Context&) { return decisions.history(); });
}

void add_paper(RouteTable& table, PaperService& paper) {
  table.ask<CalcRequest, model::quantity::Evaluation>(
      own("/calc"), "What an expression of quantities is worth, and what was understood of it",
      [&paper](const Context&, const CalcRequest& request) { return paper.calc(request); });
  Route& plan = table.page<PlanPage>(
      own("/plan"), "A budget of money and days: what to do with it, from the worry files",
      [&paper](const Context& context) {
        return paper.plan({context.params.get("budget"), context.params.get_all("days"),
                           context.params.get("years"), context.params.get("discount"),
                           context.params.get("tail")});
      });
  plan.parameters = {
      {"budget", "what may be spent, such as $100k or 100000; no limit when left out", false},
      {"days", "person-days such as 20, or payments=10 for one team; may be given again", false},
      {"years", "the horizon over which losses and yearly costs count; 1 when left out", false},
      {"discount", "what money loses by coming a year later, such as 8%", false},
      {"tail",
       "the most that the worst years may cost on average, such as $2M at 99%; none lifts "
       "the limit of the files",
       false}};
}

void add_pager(RouteTable& table, PagerService& pager) {
  table.page<PagesPage>(own("/pages"), "All pages",
                        [&pager](const Context&) { return pager.pages(); });
  table.change<PageTestRequest, PagesPage>(
      own("/pages/test"), "Send a page through the real outbox",
      [&pager](const Context& context, const PageTestRequest& request) {
        return pager.test(request.to.value_or(""), context.caller.name);
      });
  table.act<PagesPage>(own("/pages/{id}/ack"), "Acknowledge a page",
                       [&pager](const Context& context) {
                         return pager.acknowledge(context.path[0], context.caller.name);
                       });
  table.change<SnoozeRequest, PagesPage>(
      own("/pages/{id}/snooze"), "Silence a page for a while",
      [&pager](const Context& context, const SnoozeRequest& request) -> Result<PagesPage> {
        TRY(const Duration span, parse_duration(request.span));
        return pager.snooze(context.path[0], span, context.caller.name);
      });
  table.change<FeedbackRequest, PagesPage>(
      own("/pages/{id}/feedback"), "Say whether a page was useful",
      [&pager](const Context& context, const FeedbackRequest& request) {
        return pager.feedback(context.path[0], request.vote, context.caller.name);
      });
}

// A seed of training; 0 where none is given: the server draws one.
Result<std::int64_t> seed_of(const Context& context) {
  const std::string text = context.params.find("seed").value_or("0");
  std::int64_t seed = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || seed < 0) {
    return fail(Code::kInvalid, fmt::format("seed is a whole number from 0, not '{}'", text));
  }
  return seed;
}

void add_learn(RouteTable& table, LearnService& learn) {
  table.page<LearnPage>(own("/learn"), "Forecasts and how they came out",
                        [&learn](const Context&) { return learn.learn(); });
  Route& training = table.page<TrainingPage>(
      own("/training"), "Ten questions to train 90 % ranges on, from what was measured here",
      [&learn](const Context& context) -> Result<TrainingPage> {
        TRY(const std::int64_t seed, seed_of(context));
        return learn.training(seed);
      });
  training.parameters.push_back({"seed", "draws the same questions again", false});
  table.change<TrainingRequest, TrainingResult>(
      own("/training"), "Answer training questions: ranges beside truths",
      [&learn](const Context& context, const TrainingRequest& request) {
        return learn.answer_training(request, context.caller.name);
      });
}

}  // namespace

void add_page_routes(RouteTable& table, const Services& services) {
  ProcessService& process = services.process;
  Route& backup = table.change<BackupRequest, BackupPage>(
      own("/backup"), "Copy store and ledger into a new folder of the server's host",
      [&process](const Context&, const BackupRequest& request) {
        return process.backup(request.folder);
      });
  backup.bulk = true;
  add_worries(table, services.worries);
  add_stakes(table, services.stakes);
  add_catalog(table, services.catalog, services.host);
  add_answers(table, services.answers);
  add_masking(table, services.answers);
  add_decisions(table, services.decisions);
  add_paper(table, services.paper);
  add_pager(table, services.pager);
  add_learn(table, services.learn);
  add_noise(table, services.learn);
}

}  // namespace daytwo::api
