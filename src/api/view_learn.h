// Views: forecasts and scores, versions, imports.
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
#include "base/time.h"

namespace daytwo::api {

// Whether the truth has come.
enum class ForecastState : std::uint8_t { kWaiting, kScored, kVoid };
// The names of ForecastState in JSON.
constexpr std::array<std::string_view, 3> json_names(ForecastState) {
  return {"waiting", "scored", "void"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(ForecastState) { return "ForecastState"; }

// A forecast, stored when made, scored when the truth arrives.
struct ForecastRow {
  std::uint64_t id;
  Timestamp made;
  Timestamp due;
  std::string what;
  std::string said;
  std::string came;
  std::string score;
  ForecastState state = ForecastState::kWaiting;

  static constexpr std::string_view kName = "ForecastRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("made", self.made);
    v("due", self.due);
    v("what", self.what);
    v("said", self.said);
    v("came", self.came);
    v("score", self.score);
    v("state", self.state);
  }
};

// Of the 90 % intervals: how many held.
struct CoverageScore {
  double said = 0;
  double came = 0;
  std::int64_t count = 0;
  std::optional<double> low;
  std::optional<double> high;

  static constexpr std::string_view kName = "CoverageScore";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("said", self.said);
    v("came", self.came);
    v("count", self.count);
    v.optional("low", self.low);
    v.optional("high", self.high);
  }
};

// GET /learn.
struct LearnPage : Base {
  std::string sentence;
  std::vector<ForecastRow> forecasts;
  std::optional<CoverageScore> coverage;
  std::optional<double> brier;

  static constexpr std::string_view kName = "LearnPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("forecasts", self.forecasts);
    v("coverage", self.coverage);
    v("brier", self.brier);
  }
};

// GET /version.
struct VersionFacts {
  std::string version;
  std::string revision;
  std::string built;
  std::vector<std::string> features;

  static constexpr std::string_view kName = "VersionInfo";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("version", self.version);
    v("revision", self.revision);
    v("built", self.built);
    v("features", self.features);
  }
};

// POST /import/KIND: what was taken.
struct ImportReport : Base {
  std::string sentence;
  std::int64_t taken = 0;
  std::int64_t skipped = 0;
  std::vector<DiagnosticView> problems;  // of the skipped lines, at most 20

  static constexpr std::string_view kName = "ImportReport";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("taken", self.taken);
    v("skipped", self.skipped);
    v("problems", self.problems);
  }
};

}  // namespace daytwo::api
