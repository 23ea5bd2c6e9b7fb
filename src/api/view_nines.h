// Views: what the next nines of a service cost and save.
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

namespace daytwo::api {

// A worry file that counts for one question, besides those of the server.
struct SentFile {
  std::string path;
  std::string text;

  static constexpr std::string_view kName = "SentFile";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("path", self.path);
    v("text", self.text);
  }
};

// POST /nines.
struct NinesRequest {
  std::string service;
  std::optional<double> years;     // over which what is paid once is spread; 3
  std::optional<double> discount;  // a share a year; 0
  std::optional<double> most;      // the last level, in nines; 5
  std::vector<SentFile> files;

  static constexpr std::string_view kName = "NinesRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("years", self.years);
    v("discount", self.discount);
    v("most", self.most);
    v("files", self.files);
  }
};

// What is known of reaching a level.
enum class ReachOfNines : std::uint8_t { kNow, kOptions, kNoOption, kImpossible };
// The names of ReachOfNines in JSON.
constexpr std::array<std::string_view, 4> json_names(ReachOfNines) {
  return {"now", "options", "no_option", "impossible"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(ReachOfNines) { return "ReachOfNines"; }

// One level. Money is a year's.
struct NinesStep {
  double nines = 0;
  double availability = 0;
  double hours = 0;  // of downtime a year
  ReachOfNines reach = ReachOfNines::kNoOption;
  Amount loss;
  Amount owed;                  // credits we owe
  Amount received;              // credits we get
  std::optional<Amount> spend;  // nothing where no price is known
  std::optional<Amount> total;
  std::string takes;  // the options, or why it cannot be had
  bool best = false;
  bool flat = false;  // as good as the best

  static constexpr std::string_view kName = "NinesStep";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("nines", self.nines);
    v("availability", self.availability);
    v("hours", self.hours);
    v("reach", self.reach);
    v("loss", self.loss);
    v("owed", self.owed);
    v("received", self.received);
    v("spend", self.spend);
    v("total", self.total);
    v("takes", self.takes);
    v("best", self.best);
    v("flat", self.flat);
  }
};

// What the service cannot do without.
struct NinesNeed {
  std::string name;
  double availability = 1;
  double best = 1;  // with every listed option that helps it
  bool known = false;

  static constexpr std::string_view kName = "NinesNeed";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("availability", self.availability);
    v("best", self.best);
    v("known", self.known);
  }
};

// A promise with money on it.
struct NinesPromise {
  std::string to;
  double availability = 0;
  bool kept = false;      // at today's expectation
  bool possible = false;  // with what the service depends on

  static constexpr std::string_view kName = "NinesPromise";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("to", self.to);
    v("availability", self.availability);
    v("kept", self.kept);
    v("possible", self.possible);
  }
};

// POST /nines.
struct NinesPage : Base {
  std::string sentence;
  std::string service;
  std::string currency;
  double nines = 0;            // today
  Amount hours;                // of downtime a year, today
  double ceiling = 1;          // availability with everything of its own perfect
  double ceiling_low = 1;      // the same if what it needs never fails together
  std::optional<double> next;  // the next step, in nines
  Amount saves;                // by the next step, a year
  double chance_pays = 0;      // that it saves more than it costs
  std::vector<NinesStep> steps;
  std::vector<NinesNeed> needs;
  std::vector<NinesPromise> promises;
  std::vector<std::string> parts;  // what today's downtime is made of
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "NinesPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("service", self.service);
    v("currency", self.currency);
    v("nines", self.nines);
    v("hours", self.hours);
    v("ceiling", self.ceiling);
    v("ceiling_low", self.ceiling_low);
    v("next", self.next);
    v("saves", self.saves);
    v("chance_pays", self.chance_pays);
    v("steps", self.steps);
    v("needs", self.needs);
    v("promises", self.promises);
    v("parts", self.parts);
    v("notes", self.notes);
  }
};

// One service beside the others: its curve, or why it has none.
struct NinesRow {
  std::string service;
  std::optional<NinesPage> curve;
  std::string why;  // '' where there is a curve

  static constexpr std::string_view kName = "NinesRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("curve", self.curve);
    v("why", self.why);
  }
};

// GET /nines: every declared service.
struct NinesOverview : Base {
  std::string sentence;
  std::vector<NinesRow> services;

  static constexpr std::string_view kName = "NinesOverview";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("services", self.services);
  }
};

}  // namespace daytwo::api
