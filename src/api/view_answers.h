// Views: questions about hosts that have one answer in one sentence.
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
#include "base/time.h"

namespace daytwo::api {

// Whether busy processors are a problem.
enum class CpuStateView : std::uint8_t { kCalm, kBusy, kProblem };
// The names of CpuStateView in JSON.
constexpr std::array<std::string_view, 3> json_names(CpuStateView) {
  return {"calm", "busy", "problem"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(CpuStateView) { return "CpuState"; }

// The processors of one host, or what one service uses of them.
struct CpuRow {
  std::string host;
  std::string service;  // empty = the whole host
  CpuStateView state = CpuStateView::kCalm;
  std::string sentence;  // the whole answer
  Duration span;         // that was measured
  double busy = 0;       // share of all processors of the host
  double used = 0;       // processors in use
  double processors = 0;
  std::optional<double> waiting;     // share of time in which work waited for a processor
  std::vector<std::string> reasons;  // what makes it a problem
  std::vector<std::string> users;    // who uses most of a host
  std::string query;                 // PromQL that shows it over time

  static constexpr std::string_view kName = "CpuRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("host", self.host);
    v("service", self.service);
    v("state", self.state);
    v("sentence", self.sentence);
    v("span", self.span);
    v("busy", self.busy);
    v("used", self.used);
    v("processors", self.processors);
    v("waiting", self.waiting);
    v("reasons", self.reasons);
    v("users", self.users);
    v("query", self.query);
  }
};

// GET /cpu.
struct CpuPage : Base {
  std::string sentence;
  std::string teach;  // what to do where nothing is measured
  std::vector<CpuRow> rows;

  static constexpr std::string_view kName = "CpuPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("teach", self.teach);
    v("rows", self.rows);
  }
};

// One listening socket as an attacker meets it.
struct DoorwayRow {
  std::string host;
  std::string listener;  // "tcp:0.0.0.0:8080"
  ReachView reach = ReachView::kLoopback;
  std::string holder;  // "python3 as root"; empty = not visible
  std::string package;
  std::string service;
  std::string owner;
  bool undeclared = false;
  std::vector<std::string> wrong;      // worst first; empty = nothing is known
  std::vector<std::string> exposures;  // known vulnerabilities, worst first
  std::vector<std::string> evidence;   // what was seen
  std::vector<std::string> worries;    // ids of open ones about it

  static constexpr std::string_view kName = "DoorwayRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("host", self.host);
    v("listener", self.listener);
    v("reach", self.reach);
    v("holder", self.holder);
    v("package", self.package);
    v("service", self.service);
    v("owner", self.owner);
    v("undeclared", self.undeclared);
    v("wrong", self.wrong);
    v("exposures", self.exposures);
    v("evidence", self.evidence);
    v("worries", self.worries);
  }
};

// GET /surface: listening sockets in the order in which an attacker reaches them.
struct SurfacePage : Base {
  std::string sentence;
  std::string teach;                  // what would show more
  std::vector<std::string> coverage;  // what could not be seen
  std::vector<DoorwayRow> rows;

  static constexpr std::string_view kName = "SurfacePage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("teach", self.teach);
    v("coverage", self.coverage);
    v("rows", self.rows);
  }
};

}  // namespace daytwo::api
