// Views: services, objectives, flows and probes.
// Plain structs described for JSON; api/services.h fills them, the route table names them, and
// web/src/api/api.gen.ts and docs/reference/openapi.yaml are written from them.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"
#include "api/view_host.h"
#include "api/view_worry.h"
#include "base/time.h"

namespace daytwo::api {

// A service on one line.
struct ServiceRow {
  std::string name;
  std::string state;
  std::string sentence;
  Owner owner;
  std::int64_t objectives = 0;
  std::int64_t worries = 0;

  static constexpr std::string_view kName = "ServiceRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("state", self.state);
    v("sentence", self.sentence);
    v("owner", self.owner);
    v("objectives", self.objectives);
    v("worries", self.worries);
  }
};

// GET /services.
struct ServicesPage : Base {
  std::string sentence;
  std::vector<ServiceRow> services;
  std::string teach;

  static constexpr std::string_view kName = "ServicesPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("services", self.services);
    v("teach", self.teach);
  }
};

// How an objective stands. Filling: its window is not yet full.
enum class ObjectiveState : std::uint8_t { kOk, kBurning, kSpent, kUnknown, kFilling };
// The names of ObjectiveState in JSON.
constexpr std::array<std::string_view, 5> json_names(ObjectiveState) {
  return {"ok", "burning", "spent", "unknown", "filling"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(ObjectiveState) { return "ObjectiveState"; }

// How fast a budget burns over one window; 1 spends it exactly.
struct BurnRow {
  std::string window;
  std::optional<double> value;

  static constexpr std::string_view kName = "BurnRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("window", self.window);
    v("value", self.value);
  }
};

// An objective and its budget.
struct ObjectiveRow {
  std::string id;
  std::string service;
  std::string name;
  std::string target;
  std::string window;
  ObjectiveState state = ObjectiveState::kOk;
  std::optional<double> sli;
  std::optional<double> low;
  std::optional<double> high;
  double good = 0;
  double bad = 0;
  double unknown_share = 0;
  std::optional<double> budget_left;
  std::vector<BurnRow> burn;
  std::optional<double> p_miss;  // chance of a miss by p_miss_at; nothing = unknown
  std::optional<Timestamp> p_miss_at;
  std::string p_miss_sentence;  // the chance in words, or why it is unknown
  std::string sentence;
  std::string query_good;
  std::string query_total;

  static constexpr std::string_view kName = "ObjectiveRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("service", self.service);
    v("name", self.name);
    v("target", self.target);
    v("window", self.window);
    v("state", self.state);
    v("sli", self.sli);
    v("low", self.low);
    v("high", self.high);
    v("good", self.good);
    v("bad", self.bad);
    v("unknown_share", self.unknown_share);
    v("budget_left", self.budget_left);
    v("burn", self.burn);
    v("p_miss", self.p_miss);
    v("p_miss_at", self.p_miss_at);
    v("p_miss_sentence", self.p_miss_sentence);
    v("sentence", self.sentence);
    v("query_good", self.query_good);
    v("query_total", self.query_total);
  }
};

// GET /objectives.
struct ObjectivesPage : Base {
  std::string sentence;
  std::vector<ObjectiveRow> objectives;

  static constexpr std::string_view kName = "ObjectivesPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("objectives", self.objectives);
  }
};

// A flow with both ends counted.
struct FlowRow {
  std::string name;
  std::string service;
  double received = 0;
  double processed = 0;
  double dropped = 0;
  std::optional<double> in_flight;
  std::optional<double> lost_share;
  std::optional<double> lag_ms;
  std::optional<Timestamp> since;
  std::string sentence;
  std::string state;

  static constexpr std::string_view kName = "FlowRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("service", self.service);
    v("received", self.received);
    v("processed", self.processed);
    v("dropped", self.dropped);
    v("in_flight", self.in_flight);
    v("lost_share", self.lost_share);
    v("lag_ms", self.lag_ms);
    v("since", self.since);
    v("sentence", self.sentence);
    v("state", self.state);
  }
};

// One phase of a probe.
struct PhaseRow {
  std::string name;
  double ms = 0;

  static constexpr std::string_view kName = "PhaseRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("ms", self.ms);
  }
};

// A probe from outside.
struct ProbeRow {
  std::string url;
  std::optional<bool> up;  // nothing = not yet known
  std::string sentence;
  Timestamp last;
  std::vector<PhaseRow> phases;
  std::optional<double> certificate_days;

  static constexpr std::string_view kName = "ProbeRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("url", self.url);
    v("up", self.up);
    v("sentence", self.sentence);
    v("last", self.last);
    v("phases", self.phases);
    v("certificate_days", self.certificate_days);
  }
};

// One of the three queries: requests, errors, durations.
struct RedQuery {
  std::string name;
  std::string query;
  std::string unit;  // of its values: 1/s, share, s

  static constexpr std::string_view kName = "RedQuery";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("query", self.query);
    v("unit", self.unit);
  }
};

// What a service needs.
struct DependencyRow {
  std::string on;
  bool critical = false;
  std::string state;

  static constexpr std::string_view kName = "DependencyRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("on", self.on);
    v("critical", self.critical);
    v("state", self.state);
  }
};

// Declared against observed.
struct DeclaredRow {
  std::string what;
  std::string declared;
  std::string observed;
  std::string state;

  static constexpr std::string_view kName = "DeclaredRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("what", self.what);
    v("declared", self.declared);
    v("observed", self.observed);
    v("state", self.state);
  }
};

// GET /services/NAME.
struct ServicePage : Base {
  ServiceRow service;
  std::string sentence;
  std::vector<ProbeRow> probes;
  std::vector<ObjectiveRow> objectives;
  std::vector<FlowRow> flows;
  std::vector<ProcessRow> runs;
  std::vector<ListenerRow> listeners;
  std::vector<WorryRow> worries;
  std::vector<RedQuery> red;
  std::vector<DependencyRow> depends;
  std::vector<DeclaredRow> declared;

  static constexpr std::string_view kName = "ServicePage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("service", self.service);
    v("sentence", self.sentence);
    v("probes", self.probes);
    v("objectives", self.objectives);
    v("flows", self.flows);
    v("runs", self.runs);
    v("listeners", self.listeners);
    v("worries", self.worries);
    v("red", self.red);
    v("depends", self.depends);
    v("declared", self.declared);
  }
};

// POST /watch: probe a URL from now on.
struct WatchRequest {
  std::string url;                     // http, https, tcp or dns
  std::optional<std::string> match;    // what the body must hold
  std::optional<std::int64_t> status;  // the status that counts as up; default 2xx and 3xx

  static constexpr std::string_view kName = "WatchRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("url", self.url);
    v.optional("match", self.match);
    v.optional("status", self.status);
  }
};

}  // namespace daytwo::api
