// Views: what keeps faulty applications looking well.
// Plain structs described for JSON; web/src/api/api.gen.ts and docs/reference/openapi.yaml are
// written from them.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"
#include "base/time.h"

namespace daytwo::api {

// What covers for one service.
struct MaskRow {
  std::string service;
  bool covered = false;  // something does
  Duration watched;
  std::int64_t restarts = 0;
  std::int64_t planned = 0;      // of them, soon after a change of the service
  std::optional<Amount> a_week;  // restarts that nobody planned
  std::int64_t kills = 0;        // at a memory limit
  std::int64_t copies = 0;
  std::optional<double> processors;  // in use by all copies
  bool idle_copies = false;
  std::int64_t noticed = 0;  // findings of its objectives and probes in the window
  bool has_objective = false;
  std::string sentence;

  static constexpr std::string_view kName = "MaskRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("covered", self.covered);
    v("watched", self.watched);
    v("restarts", self.restarts);
    v("planned", self.planned);
    v("a_week", self.a_week);
    v("kills", self.kills);
    v("copies", self.copies);
    v("processors", self.processors);
    v("idle_copies", self.idle_copies);
    v("noticed", self.noticed);
    v("has_objective", self.has_objective);
    v("sentence", self.sentence);
  }
};

// GET /masking.
struct MaskingPage : Base {
  std::string sentence;
  Timestamp since;
  std::vector<MaskRow> services;  // those that something covers for first
  std::vector<std::string> coverage;
  std::string teach;

  static constexpr std::string_view kName = "MaskingPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("since", self.since);
    v("services", self.services);
    v("coverage", self.coverage);
    v("teach", self.teach);
  }
};

}  // namespace daytwo::api
