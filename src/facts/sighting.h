// Sightings: what really runs, as observe/ saw it. One struct a kind; identity facts, written on
// change only (measurements are series).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"

namespace daytwo::facts {

// A host and what it is.
struct HostSeen {
  std::string host;
  std::string kernel;
  std::string release;    // PRETTY_NAME of os-release
  std::string ecosystem;  // "Debian:12", or empty when packages cannot be matched
  std::int64_t cpus = 0;
  std::int64_t memory_bytes = 0;
  std::string boot_id;
};

// A process: identity is (boot id, pid, start ticks), never the pid alone.
struct ProcessSeen {
  std::int64_t pid = 0;
  std::int64_t start_ticks = 0;
  std::string boot_id;
  std::int64_t parent_pid = 0;
  std::string name;
  std::string executable;  // path, empty when it could not be read
  bool executable_deleted = false;
  std::string user;
  std::string command;  // redacted
  std::string cgroup;
  std::string workload;  // unit, container, or executable and user
  std::string package;   // owner of the executable, empty = none known
  Timestamp started;
};

// How far a listening socket can be reached.
enum class Reach : std::uint8_t { kLoopback, kHost, kNetwork };

// A listening socket and all who hold it.
struct ListenerSeen {
  std::string protocol;  // tcp, udp
  std::string address;   // "127.0.0.1", "0.0.0.0", "::"
  std::int64_t port = 0;
  Reach reach = Reach::kLoopback;
  std::vector<std::int64_t> pids;  // empty: holder not visible
  std::string executable;
  std::string workload;
  std::string package;
};

// An installed package.
struct PackageSeen {
  std::string ecosystem;  // "Debian:12"
  std::string name;
  std::string version;
  std::string architecture;
  std::string source;  // source package
  std::string source_version;
};

// A package with executable pages mapped into a live process now.
struct MappingSeen {
  std::string package;
  std::string version;
  std::vector<std::string> files;
  std::vector<std::int64_t> pids;
  std::vector<std::string> workloads;
  bool stale = false;  // mapped, but replaced or deleted on disk
};

// A mounted filesystem with a capacity.
struct FilesystemSeen {
  std::string mount;
  std::string device;
  std::string type;
  std::int64_t size_bytes = 0;
  bool read_only = false;
};

// A memory limit and how it is met.
struct LimitSeen {
  std::string cgroup;
  std::string workload;
  std::int64_t limit_bytes = 0;
  std::int64_t used_bytes = 0;  // working set
  std::int64_t anonymous_bytes = 0;
  std::int64_t file_bytes = 0;
  std::int64_t oom_kills = 0;
  std::int64_t limit_hits = 0;  // memory.events max, or failcnt
  std::int64_t processes = 0;
};

// How much of something was visible. Absence is a claim only with its coverage.
struct CoverageSeen {
  std::string what;  // "processes", "descriptors", "packages", "pressure"
  std::int64_t seen = 0;
  std::int64_t total = 0;
  std::string advice;  // "run as root or grant capabilities"
};

// An advisory feed that was read.
struct FeedSeen {
  std::string feed;  // osv, kev, epss
  std::string path;
  std::int64_t records = 0;
  std::int64_t skipped = 0;
  std::string first_skipped;  // which record and why
  Timestamp dated;
};

// One result of a probe that differs from the one before.
struct ProbeSeen {
  std::string url;
  bool up = false;
  std::string reason;  // why down, or "200 in 34 ms"
  std::int64_t status = 0;
  Timestamp certificate_expires;  // 0 = none
};

// An alert received from another system.
struct AlertSeen {
  std::string fingerprint;  // 16 hex digits, as Alertmanager computes it
  std::string sender;       // alertmanager, prometheus
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> annotations;
  Timestamp starts;
  Timestamp ends;  // 0 = not known
  bool firing = true;
  std::string generator_url;
};

// A deploy, configuration or flag change.
struct ChangeSeen {
  std::string what;  // deploy, config, flag
  std::string service;
  std::string version;
  std::string by;
  std::string link;
  Timestamp at;
};

// A past incident, imported from the team's own history.
struct IncidentSeen {
  std::string service;
  std::string title;
  std::string severity;
  Timestamp began;
  Timestamp ended;  // 0 = still open
  std::string link;
};

// A day on which an alert began to fire, kept so that alerts can teach how often something happens.
struct AlertDaySeen {
  std::string alert;    // its name
  std::string service;  // empty where no label says
  Timestamp at;         // the first time of that day (UTC)
};

// What came close to an incident and was none, imported from the team's own history.
struct NearMissSeen {
  std::string service;
  std::string title;
  Timestamp at;
  std::string link;
};

// A backlog item.
struct ItemSeen {
  std::string service;
  std::string title;
  std::string state;
  std::string owner;
  double person_days = 0;
  std::string link;
};

// What a charge is for. FOCUS' ChargeClass Correction goes before its ChargeCategory, and what a
// commitment left unused is apart from use.
enum class CostKind : std::uint8_t {
  kUsage,
  kUnused,
  kPurchase,
  kTax,
  kCredit,
  kAdjustment,
  kCorrection
};

// Charges of one day (UTC), in billionths of a major unit (base/nanos.h).
struct CostDay {
  std::int64_t day = 0;   // of the month, from 1
  std::int64_t span = 1;  // days that its longest charge covers
  std::int64_t billed_nanos = 0;
  std::int64_t effective_nanos = 0;
};

// What one resource cost in one month, imported from bills in FOCUS.
struct CostSeen {
  std::string provider;
  std::string account;  // billing account, and "/" sub account
  std::string service;
  std::string resource;    // its id; empty where a charge is of none
  std::string name;        // of the resource
  std::string type;        // of the resource
  std::string region;      // id
  std::string commitment;  // id of the commitment discount
  std::map<std::string, std::string> tags;
  CostKind kind = CostKind::kUsage;
  std::string currency;  // ISO 4217
  Timestamp month;       // its begin, UTC
  bool billed_known = true;
  bool effective_known = true;
  std::vector<CostDay> days;  // by day
};

// What was seen.
struct Sighting {
  std::variant<HostSeen, ProcessSeen, ListenerSeen, PackageSeen, MappingSeen, FilesystemSeen,
               LimitSeen, CoverageSeen, FeedSeen, ProbeSeen, AlertSeen, ChangeSeen, IncidentSeen,
               ItemSeen, NearMissSeen, AlertDaySeen, CostSeen>
      what;
};

}  // namespace daytwo::facts
