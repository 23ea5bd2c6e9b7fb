// Views: what really happened, as far as it teaches how often something happens.
// Plain structs described for JSON; web/src/api/api.gen.ts and docs/reference/openapi.yaml are
// written from them.
// Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"

namespace daytwo::api {

// An incident that was imported, or a near miss.
struct PastIncident {
  std::string service;
  std::string title;
  Timestamp began;
  double hours = 0;  // that it took; 0 while it goes on, and for a near miss

  static constexpr std::string_view kName = "PastIncident";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("title", self.title);
    v("began", self.began);
    v("hours", self.hours);
  }
};

// The deploys of one service.
struct PastDeploys {
  std::string service;
  std::int64_t count = 0;
  Timestamp since;  // of the oldest

  static constexpr std::string_view kName = "PastDeploys";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("count", self.count);
    v("since", self.since);
  }
};

// A day on which an alert fired.
struct PastAlert {
  std::string alert;
  std::string service;  // empty where no label said
  Timestamp at;

  static constexpr std::string_view kName = "PastAlert";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("alert", self.alert);
    v("service", self.service);
    v("at", self.at);
  }
};

// GET /history.
struct HistoryPage : Base {
  std::string sentence;
  std::vector<PastIncident> incidents;    // oldest first
  std::vector<PastDeploys> deploys;       // by service
  std::optional<Timestamp> since;         // from here on incidents were counted
  std::vector<PastIncident> near_misses;  // oldest first
  std::vector<PastAlert> alert_days;      // oldest first

  static constexpr std::string_view kName = "HistoryPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("incidents", self.incidents);
    v("deploys", self.deploys);
    v.optional("since", self.since);
    v("near_misses", self.near_misses);
    v("alert_days", self.alert_days);
  }
};

}  // namespace daytwo::api
