// The attacker's first minutes: what somebody who scans this host from outside finds, in order of
// reach.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "facts/journal.h"
#include "facts/sighting.h"
#include "model/service.h"
#include "orient/exposure.h"

namespace daytwo::orient {

// One listening socket as an attacker meets it.
struct Doorway {
  std::string host;
  std::string listener;  // "tcp:0.0.0.0:8080"
  facts::Reach reach = facts::Reach::kLoopback;
  std::string holder;  // "python3 as root"; empty = not visible
  std::string workload;
  std::string package;
  std::string service;                  // empty = in no catalog file
  std::string owner;                    // empty = nobody
  bool undeclared = false;              // the baseline or catalog does not know it
  bool open_door = false;               // by its port it answers whoever comes
  std::vector<std::string> exposures;   // "CVE-2024-1 (exploited)", worst first
  double events_per_year = 0;           // median, of all its exposures together
  std::vector<std::string> complaints;  // what is wrong, worst first; empty = nothing is known
  std::vector<std::string> evidence;    // what was seen, as sentences
  std::vector<WorryKey> worries;        // open ones about it
};

// All doorways, the widest reach first; within it exploited and likelier ones, then those that
// answer whoever comes, then undeclared, then unowned ones, then by name.
struct FirstMinutes {
  std::vector<Doorway> rows;
  std::string sentence;  // the answer in one sentence
};
[[nodiscard]] FirstMinutes first_minutes(const facts::Snapshot& snapshot,
                                         const model::Catalog& catalog,
                                         const std::vector<Exposure>& exposures);

}  // namespace daytwo::orient
