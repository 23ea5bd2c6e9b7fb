#include "decide/design/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "chance/availability.h"
#include "decide/design/feasibility.h"
#include "model/dependency.h"
#include "model/service.h"

namespace daytwo::decide::design {
namespace {

// Less of its budget than this, and a service has nothing to fail with by itself.
constexpr double kRoom = 0.1;
// Services that stop with one other before that one is worth a line.
constexpr std::size_t kManyHang = 2;

constexpr std::array<Rule, 9> kRules = {{
    {"circle", Level::kError, "services need each other in a circle",
     "None of them can be started or reasoned about without the others. Give one of the needs a "
     "fallback, or turn it round."},
    {"infeasible", Level::kError, "a promise that what it rests on cannot keep",
     "Even if the service itself never fails, what it needs is down for longer than the promise "
     "allows, however those failures coincide. Promise less, ask more of what it needs, add a "
     "second copy or a way around."},
    {"needs-overlap", Level::kError, "a promise that holds only where failures coincide",
     "Failing one by one, what it needs is down for longer than the promise allows. That failures "
     "coincide is nothing to build on unless it was measured."},
    {"no-owner", Level::kWarning, "a promise that nobody with access stands behind",
     "Whoever is paged must be able to change the service: declare `owner: {team: ..., page: ..., "
     "access: [...]}`."},
    {"no-room", Level::kWarning, "a promise whose budget is taken before the service fails itself",
     "What it needs takes nine tenths of the budget or more: the first failure of its own breaks "
     "the promise."},
    {"one-copy", Level::kNote, "a service with which several others stop",
     "It has no second copy and no way around. Mend here first: each improvement counts for all "
     "that hang on it."},
    {"one-ended-queue", Level::kWarning, "a queue that is not counted on both ends",
     "What was received and not processed is lost silently: declare `flows: [{name: ..., received: "
     "..., processed: ...}]`."},
    {"unknown-need", Level::kWarning, "a promise that rests on a service which promises nothing",
     "It counts as never failing, which it will not keep: give it an objective."},
    {"unpromised", Level::kNote, "a service that others need and that has no objective",
     "Give it an objective, so that those who need it know what they get."},
}};

const Rule& rule(std::string_view id) {
  const auto at =
      std::find_if(kRules.begin(), kRules.end(), [&](const Rule& each) { return each.id == id; });
  CHECK(at != kRules.end(), "a rule of the table");
  return *at;
}

// Words by which things are called that keep messages until somebody takes them.
constexpr std::array<std::string_view, 12> kQueueWords = {
    "queue",    "kafka", "rabbitmq", "nats",   "activemq", "pulsar",
    "redpanda", "sqs",   "sidekiq",  "celery", "pubsub",   "jetstream"};

bool sounds_like_a_queue(const model::Service& service) {
  std::vector<std::string> texts = {service.id.value, service.does};
  texts.insert(texts.end(), service.runs.begin(), service.runs.end());
  return std::any_of(texts.begin(), texts.end(), [](const std::string& text) {
    const std::string lower = to_lower(text);
    return std::any_of(kQueueWords.begin(), kQueueWords.end(), [&](std::string_view word) {
      return lower.find(word) != std::string::npos;
    });
  });
}

// The services between quotes in the text of a circle.
std::set<std::string> members_of(std::string_view circle) {
  std::set<std::string> out;
  for (std::size_t from = circle.find('\''); from != std::string_view::npos;) {
    const std::size_t to = circle.find('\'', from + 1);
    if (to == std::string_view::npos) break;
    out.emplace(circle.substr(from + 1, to - from - 1));
    from = circle.find('\'', to + 1);
  }
  return out;
}

// Goes through a catalog once.
class Checker {
 public:
  Checker(const model::Catalog& catalog, const MeasuredOf& measured, const model::Stakes& stakes,
          chance::Seed seed)
      : catalog_(catalog), design_(catalog, measured), stakes_(stakes), seed_(seed) {}

  Report run() {
    for (const model::Service& service : catalog_.all()) {
      ++out_.services;
      check_promises(service);
      check_owner(service);
      check_queue(service);
    }
    check_copies();
    check_unpromised();
    std::stable_sort(out_.findings.begin(), out_.findings.end(),
                     [](const Finding& a, const Finding& b) {
                       return std::tie(a.rule->level, a.place.file, a.place.line) <
                              std::tie(b.rule->level, b.place.file, b.place.line);
                     });
    return std::move(out_);
  }

 private:
  void add(std::string_view id, const model::Service& service, model::Place place,
           std::string about, std::string text, std::string mend = {}) {
    Finding finding;
    finding.rule = &rule(id);
    finding.service = service.id.value;
    finding.place = std::move(place);
    finding.about = std::move(about);
    finding.text = std::move(text);
    finding.mend = std::move(mend);
    out_.findings.push_back(std::move(finding));
  }

  void check_promises(const model::Service& service) {
    const auto musts = design_.musts_of(service.id.value);
    auto promises = feasibility_of(service, design_, stakes_, seed_);
    if (!musts || !promises) {
      // Once for each circle, at the service that comes first, wherever the walk began.
      const std::string text = musts ? promises.error().text : musts.error().text;
      if (circles_.insert(members_of(text)).second) add("circle", service, service.place, "", text);
      return;
    }
    for (Feasibility& each : *promises) {
      judge(service, each);
      out_.promises.push_back(std::move(each));
    }
  }

  void judge(const model::Service& service, const Feasibility& each) {
    std::vector<std::string> ways;
    for (const Remedy& remedy : each.remedies) ways.push_back(remedy.words);
    const std::string mend =
        each.standing == Standing::kKept || each.standing == Standing::kUnknown ? ""
        : ways.empty()
            ? fmt::format("promise {} or less", chance::short_percent_words(each.ceiling.low))
            : fmt::format("{}", fmt::join(ways, "; or "));
    if (each.standing == Standing::kInfeasible) {
      add("infeasible", service, each.place, each.objective, each.sentence, mend);
    } else if (each.standing == Standing::kOverlap) {
      add("needs-overlap", service, each.place, each.objective, each.sentence, mend);
    } else if (each.standing == Standing::kKept && each.left < kRoom && !each.takers.empty()) {
      add("no-room", service, each.place, each.objective, each.sentence,
          fmt::format("ask more of {}, or promise less", each.takers.front().service));
    }
    for (const std::string& need : each.blind) {
      const model::Place place = place_of_need(service, need);
      add("unknown-need", service, place, each.objective + "/" + need,
          fmt::format("{} promises {} %, and {}, which it needs, promises nothing",
                      service.id.value, model::target_words(each.target_ppb), need),
          fmt::format("an objective for {}: slos: [{{name: availability, ..., target: 99.9}}]",
                      need));
    }
  }

  static model::Place place_of_need(const model::Service& service, const std::string& need) {
    for (const model::Dependency& dependency : service.depends) {
      for (const ServiceId& on : dependency.on) {
        if (on.value == need) return dependency.place;
      }
    }
    return service.place;
  }

  void check_owner(const model::Service& service) {
    if (service.objectives.empty()) return;
    if (!service.owner) {
      add("no-owner", service, service.place, "",
          fmt::format("{} has {} and no owner", service.id.value,
                      daytwo::counted(service.objectives.size(), "objective", "objectives")),
          "owner: {team: shop, page: shop-oncall, access: [\"repo:shop\"]}");
    } else if (service.owner->access.empty()) {
      add("no-owner", service, service.place, "",
          fmt::format("{} is owned by {}, of whom nothing says that they can change it",
                      service.id.value, service.owner->team.value),
          "access: [\"repo:shop\", \"k8s:shop\"] under owner");
    }
  }

  void check_queue(const model::Service& service) {
    if (!service.flows.empty() || !sounds_like_a_queue(service)) return;
    add("one-ended-queue", service, service.place, "",
        fmt::format("{} keeps messages, and nothing counts them on both ends", service.id.value),
        "flows: [{name: orders, received: 'orders_received_total', processed: "
        "'orders_done_total'}]");
  }

  // What several services with a promise cannot do without.
  void check_copies() {
    std::map<std::string, std::vector<std::string>> hang;
    for (const model::Service& service : catalog_.all()) {
      if (promise_of(service) == nullptr) continue;
      const auto musts = design_.musts_of(service.id.value);
      if (!musts) continue;
      for (const std::string& must : *musts) hang[must].push_back(service.id.value);
    }
    for (const auto& [name, services] : hang) {
      if (services.size() < kManyHang) continue;
      const model::Service& service = *catalog_.find(ServiceId{name});
      add("one-copy", service, service.place, "",
          fmt::format("{} stop with {}: {}",
                      daytwo::counted(services.size(), "service", "services"), name,
                      fmt::join(services, ", ")),
          fmt::format("{{on: [{0}-a, {0}-b], need: 1}}, or a fallback where they need it", name));
    }
  }

  void check_unpromised() {
    std::map<std::string, std::set<std::string>> needed;
    for (const model::Service& service : catalog_.all()) {
      for (const std::string& need : design_.needs_of(service.id.value)) {
        needed[need].insert(service.id.value);
      }
    }
    for (const auto& [name, by] : needed) {
      const model::Service& service = *catalog_.find(ServiceId{name});
      if (promise_of(service) != nullptr || said_of(name)) continue;
      add("unpromised", service, service.place, "",
          fmt::format("{} {} {} and promises nothing", fmt::join(by, ", "),
                      by.size() == 1 ? "needs" : "need", name));
    }
  }

  // Whether a promise that rests on it says so already.
  [[nodiscard]] bool said_of(const std::string& need) const {
    return std::any_of(out_.findings.begin(), out_.findings.end(), [&](const Finding& each) {
      return each.rule->id == "unknown-need" && each.about.ends_with("/" + need);
    });
  }

  const model::Catalog& catalog_;
  const Design design_;
  const model::Stakes& stakes_;
  const chance::Seed seed_;
  std::set<std::set<std::string>> circles_;  // that were named
  Report out_;
};

}  // namespace

std::string_view to_string(Level level) {
  switch (level) {
    case Level::kError:
      return "error";
    case Level::kWarning:
      return "warning";
    case Level::kNote:
      return "note";
  }
  return "note";
}

std::span<const Rule> rules() { return kRules; }

std::string Finding::key() const { return fmt::format("{}/{}/{}", rule->id, service, about); }

std::string Report::sentence() const {
  const auto count = [&](Standing standing) {
    return static_cast<std::size_t>(
        std::count_if(promises.begin(), promises.end(),
                      [&](const Feasibility& each) { return each.standing == standing; }));
  };
  if (services == 0) {
    return "no service is declared: a file with `service: checkout`, what it depends on and its "
           "slos is enough";
  }
  if (promises.empty()) {
    return fmt::format(
        "{}, and none promises an availability: slos: [{{name: availability, bad: "
        "..., total: ..., target: 99.9}}]",
        counted(services, "service", "services"));
  }
  const std::size_t broken = count(Standing::kInfeasible) + count(Standing::kOverlap);
  if (broken == 0 && promises.size() == count(Standing::kKept)) {
    std::string out =
        promises.size() == 1 ? "the promise" : fmt::format("all {} promises", promises.size());
    out += " can be kept";
    const auto tightest = std::min_element(
        promises.begin(), promises.end(),
        [](const Feasibility& a, const Feasibility& b) { return a.left < b.left; });
    if (tightest->left < kRoom) out += "; the tightest is " + tightest->sentence;
    return out;
  }
  if (broken == 0) {
    return fmt::format("{} of {} promises can be kept, of the others nothing is known",
                       count(Standing::kKept), promises.size());
  }
  for (const Standing worst : {Standing::kInfeasible, Standing::kOverlap}) {
    for (const Feasibility& each : promises) {
      if (each.standing == worst) {
        return fmt::format("{} of {} cannot be kept: {}", broken,
                           counted(promises.size(), "promise", "promises"), each.sentence);
      }
    }
  }
  return {};
}

Report check_design(const model::Catalog& catalog, const MeasuredOf& measured,
                    const model::Stakes& stakes, chance::Seed seed) {
  return Checker(catalog, measured, stakes, seed).run();
}

}  // namespace daytwo::decide::design
