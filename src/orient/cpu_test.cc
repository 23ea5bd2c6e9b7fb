#include "orient/cpu.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "orient/cpu_use.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

// A host with two processors, its pressure, and one process of the service search.
struct CpuWorld : World {
  Objectives objectives;
  Cpu detector{objectives};
  double second = 0;

  void processor(double busy, double waiting, double search) {
    for (const char* cpu : {"0", "1"}) {
      const auto mode = [&](const char* name, double value) {
        sample({{"__name__", "node_cpu_seconds_total"},
                {"cpu", cpu},
                {"instance", "host-1"},
                {"mode", name}},
               value);
      };
      mode("idle", (1 - busy) * second);
      mode("user", busy * second);
    }
    sample({{"__name__", "node_pressure_cpu_waiting_seconds_total"}, {"instance", "host-1"}},
           waiting * second);
    sample({{"__name__", "daytwo_process_cpu_seconds_total"},
            {"instance", "host-1"},
            {"name", "program"},
            {"workload", "container 0123456789ab"}},
           search * second);
  }
  void run(double busy, double waiting, int steps = 36, double search = 0) {
    for (int i = 0; i <= steps; ++i) {
      processor(busy, waiting, search);
      (void)turn(detector);
      if (i == steps) break;
      now = now + seconds(10);
      second += 10;
    }
  }
  std::vector<CpuAnswer> ask() {
    return *cpu_answers({journal.snapshot(), samples, catalog, now}, statuses, kLastMinute);
  }
  std::vector<CpuAnswer> ask_services() {
    return *service_cpu_answers({journal.snapshot(), samples, catalog, now}, statuses, kLastMinute);
  }
  // search runs here and checkout needs it.
  void declare() {
    model::Service search;
    search.id = ServiceId("search");
    search.runs = {"program serve"};
    model::Service checkout;
    checkout.id = ServiceId("checkout");
    model::Dependency needs;
    needs.on = {ServiceId("search")};
    checkout.depends = {needs};
    model::Service mail;
    mail.id = ServiceId("mail");
    catalog = model::Catalog({search, checkout, mail});
    facts::ProcessSeen process;
    process.pid = 7;
    process.name = "program";
    process.workload = "container 0123456789ab";
    process.command = "/opt/program serve --fast";
    see("p", process);
  }
  void symptom(const std::string& service) {
    facts::Record record;
    record.ts = now;
    record.key = WorryKey("probe/http://" + service + "/up");
    facts::Finding finding;
    finding.kind = facts::FindingKind::kProbe;
    finding.title = service + " does not answer";
    finding.service = service;
    finding.symptom = true;
    record.body = finding;
    CHECK(journal.append({std::move(record)}).has_value(), "a journal in memory takes all");
  }
  // An objective that is measured and fared well, or burnt its budget for five minutes.
  void measure(const std::string& service, double bad) {
    ObjectiveStatus status;
    status.objective.service = ServiceId(service);
    status.objective.name = "availability";
    status.sli = ShareInterval{1, 1, 1};
    status.budget_left = .97;
    RuleStatus rule;
    rule.short_sums = {bad, 1000, 1};
    status.rules = {rule};
    statuses.push_back(std::move(status));
  }
  std::vector<ObjectiveStatus> statuses;
};

TEST(Cpu, BusyWithoutASymptomIsATicketAndNotAWorryToWakeFor) {
  CpuWorld world;
  world.run(.95, .02);
  const auto open = world.open("cpu/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_FALSE(finding_in(*open[0]).symptom);
  EXPECT_FALSE(finding_in(*open[0]).wake);
  EXPECT_EQ(open[0]->sentence,
            "host-1 used 95 % of its 2 processors over 4m: busy, not a problem: nothing measures "
            "what customers feel, no budget is measured that it could touch, work waited 2 % of "
            "the time: a ticket, not a page");
}

TEST(Cpu, BusyWithWaitingWorkIsAProblemWhileNothingMeasuresCustomers) {
  CpuWorld world;
  world.run(.97, .4);
  const auto open = world.open("cpu/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_TRUE(finding_in(*open[0]).symptom);
  EXPECT_FALSE(finding_in(*open[0]).wake);
  EXPECT_NE(open[0]->sentence.find("yes, a problem, because work waited 40 % of the time and "
                                   "nothing measures what customers feel"),
            std::string::npos)
      << open[0]->sentence;
}

TEST(Cpu, IdleIsNoWorryAndFourMinutesAreUnknown) {
  CpuWorld world;
  world.run(.99, 0, 6);
  EXPECT_EQ(world.source("cpu"), "processor use needs five minutes of samples");
  EXPECT_TRUE(world.open("cpu/").empty());
  CpuWorld quiet;
  quiet.run(.2, 0);
  EXPECT_TRUE(quiet.open("cpu/").empty());
}

TEST(CpuAnswers, APersonWhoAsksMeansTheLastMinute) {
  CpuWorld world;
  world.measure("mail", 0);
  world.run(.1, 0, 30);
  world.second = 0;  // counters start again: a reset, not a fall
  world.now = world.now + seconds(10);
  world.run(1, .3, 6);
  const auto answers = world.ask();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_GT(answers[0].busy, .9);
  EXPECT_EQ(answers[0].processors, 2);
}

TEST(CpuAnswers, WaitingWithoutASymptomIsNoProblemWhereSymptomsAreMeasured) {
  CpuWorld world;
  world.measure("mail", 0);
  world.run(1, .9, 6);
  const CpuAnswer answer = world.ask().at(0);
  EXPECT_EQ(answer.state, CpuState::kBusy);
  EXPECT_EQ(answer.sentence,
            "host-1 used 100 % of its 2 processors over 1m: busy, not a problem: no symptom, "
            "budget untouched (tightest: mail availability, 97 % left), work waited 90 % of the "
            "time: a ticket, not a page");
}

TEST(CpuAnswers, ASymptomWhileWorkWaitsIsAProblem) {
  CpuWorld world;
  world.measure("mail", 0);
  world.symptom("mail");
  world.run(1, .9, 6);
  const CpuAnswer answer = world.ask().at(0);
  EXPECT_EQ(answer.state, CpuState::kProblem);
  EXPECT_NE(answer.sentence.find("yes, a problem, because mail does not answer and work waited "
                                 "90 % of the time"),
            std::string::npos)
      << answer.sentence;
}

TEST(CpuAnswers, ASymptomWhileNoWorkWaitsHasAnotherCause) {
  CpuWorld world;
  world.symptom("mail");
  world.measure("mail", 0);
  world.run(.95, .01, 6);
  const CpuAnswer answer = world.ask().at(0);
  EXPECT_EQ(answer.state, CpuState::kBusy);
  EXPECT_NE(answer.sentence.find("mail does not answer, and work hardly waits"), std::string::npos)
      << answer.sentence;
  CpuWorld calm;
  calm.symptom("mail");
  calm.run(.2, 0, 6);
  EXPECT_EQ(calm.ask().at(0).state, CpuState::kCalm);
  EXPECT_NE(calm.ask().at(0).sentence.find("mail does not answer for another reason"),
            std::string::npos);
}

TEST(CpuAnswers, ABudgetThatGoesTooFastIsSaidBeforeItIsAnAlert) {
  CpuWorld world;
  world.measure("mail", 3);  // 0.3 % of 0.1 % allowed
  world.run(1, .05, 6);
  EXPECT_NE(world.ask().at(0).sentence.find("mail availability goes 3 times faster than it may"),
            std::string::npos)
      << world.ask().at(0).sentence;
}

TEST(CpuAnswers, NameWhoUsesMost) {
  CpuWorld world;
  world.run(1, 0, 6, 1.9);
  EXPECT_EQ(world.ask().at(0).users, std::vector<std::string>{"program (1.9 processors)"});
}

TEST(ServiceCpu, CountsTheProcessesOfTheServiceAndWhatDependsOnIt) {
  CpuWorld world;
  world.declare();
  world.run(.6, .2, 6, 1);
  auto answers = world.ask_services();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].service, "search");
  EXPECT_NEAR(answers[0].used, 1, .01);
  EXPECT_NEAR(answers[0].busy, .5, .01);
  // Mail has nothing to do with search, checkout needs it.
  world.measure("checkout", 0);
  world.symptom("mail");
  EXPECT_EQ(world.ask_services().at(0).state, CpuState::kBusy);
  world.symptom("checkout");
  answers = world.ask_services();
  EXPECT_EQ(answers[0].state, CpuState::kProblem);
  EXPECT_EQ(answers[0].reasons.at(0), "checkout does not answer");
}

TEST(ServiceCpu, LessThanOneProcessorIsNotBusy) {
  CpuWorld world;
  world.declare();
  world.run(.3, 0, 6, .4);
  const CpuAnswer answer = world.ask_services().at(0);
  EXPECT_EQ(answer.state, CpuState::kCalm);
  EXPECT_EQ(answer.sentence,
            "search used 0.4 of the 2 processors of host-1 over 1m: not busy, work waited 0 % of "
            "the time");
}

}  // namespace
}  // namespace daytwo::orient
