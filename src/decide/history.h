// History: how often it really happened, from the team's own incidents and deploys, and what that
// teaches about a rate that a person stated.
// Model: Gamma(a, b) after k incidents in T years is Gamma(a + k, b + T) [worth.md 7; Gelman et
// al., "Bayesian Data Analysis", 3rd ed., ch. 2]. A single stated number is worth one incident.
// Near misses are incidents that were lucky, and so are alerts that somebody said come before them
// (chance/near_misses.h). Thread rule: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "decide/case.h"
#include "facts/journal.h"
#include "model/worry_file.h"

namespace daytwo::decide {

// What was imported, as it holds in one snapshot.
struct History {
  struct Incident {
    std::string service;
    std::string title;
    Timestamp began;
    double hours = 0;  // that it took; 0 while it goes on
  };
  // Those of one service.
  struct Deploys {
    std::string service;
    std::int64_t count = 0;
    Timestamp since;  // of the oldest
  };
  // A day on which an alert fired.
  struct AlertDay {
    std::string alert;
    std::string service;  // empty where no label said
    Timestamp at;
  };
  std::vector<Incident> incidents;    // oldest first
  std::vector<Incident> near_misses;  // oldest first
  std::vector<Deploys> deploys;       // by service
  std::vector<AlertDay> alert_days;   // oldest first: from the first on alerts were listened to
  Timestamp since;                    // of the oldest incident: from here on incidents were counted
  [[nodiscard]] std::int64_t deploy_count() const;
  // Changes when something was imported.
  [[nodiscard]] std::string fingerprint() const;
};

// Everything imported until `now`.
[[nodiscard]] History history_of(const facts::Snapshot& snapshot, Timestamp now);

// What of it can bear on the worries of `file`: the incidents and near misses of their services,
// and all deploys. taught(), taught_hours() and deploys_a_year() say of those worries what they say
// with all of it.
[[nodiscard]] History relevant(const History& history, const model::WorryFile& file);

// Deploys a year, of `service` where that has any, else of all. Nothing below a month of history:
// it says little about a year.
[[nodiscard]] std::optional<double> deploys_a_year(const History& history,
                                                   const std::string& service, Timestamp now);

// An alert that comes before an event, and the chance that a day of it becomes one: a beta.
struct Forerunner {
  std::string alert;
  chance::Distribution becomes;
};

// The rate of events a year, after the incidents that are of this kind: of the same service, and,
// unless the worry is that the service is down, with a word of `what` in the title. Its source says
// prior, count and posterior. Near misses of this kind count from the first of them on; days of a
// forerunner for this service, or for none, from the first alert of any name on, but for those that
// belong to an incident: of the six hours before it, or while it lasted. Nothing for a rate that is
// no point and no gamma, and where neither incidents of the service nor forerunners were looked out
// for during a month.
[[nodiscard]] std::optional<Uncertain> taught(const Uncertain& prior, const History& history,
                                              const std::string& service, const std::string& what,
                                              Timestamp now,
                                              std::span<const Forerunner> forerunners = {});

// How long one event takes, as incidents that ended have taught it.
struct TaughtHours {
  Uncertain hours;
  double luck = 0.5;  // share of its log-variance that no more incidents will take away
};

// The hours of one event of this kind (as of taught()), after how long those took that ended.
// Model: the logarithm is normal; a stated range is worth one incident for where it lies and four
// degrees of freedom for how wide it is (normal-inverse-gamma [Gelman et al., "Bayesian Data
// Analysis", 3rd ed., 3.3]). The answer is the lognormal of the posterior's mean and variance: its
// own predictive has no mean. Nothing without such an incident, and for what is no plain lognormal.
[[nodiscard]] std::optional<TaughtHours> taught_hours(const Uncertain& prior,
                                                      const History& history,
                                                      const std::string& service,
                                                      const std::string& what);

}  // namespace daytwo::decide
