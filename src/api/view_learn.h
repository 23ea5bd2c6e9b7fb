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

// How one forecaster did, from one source, in the last quarter.
struct ForecasterRow {
  std::string name;    // a person, or "daytwo" itself
  std::string source;  // what was foretold: "run-outs", "how often", ..., or "training"
  std::int64_t held = 0;
  std::int64_t ranges = 0;    // 90 % ranges that were scored
  std::optional<double> low;  // 90 % of the share that holds, and `high`
  std::optional<double> high;
  std::int64_t chances = 0;
  std::optional<double> brier;
  std::optional<double> weight;  // in a pool, by skill; once ten questions are shared
  std::string sentence;

  static constexpr std::string_view kName = "ForecasterRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("source", self.source);
    v("held", self.held);
    v("ranges", self.ranges);
    v.optional("low", self.low);
    v.optional("high", self.high);
    v("chances", self.chances);
    v.optional("brier", self.brier);
    v.optional("weight", self.weight);
    v("sentence", self.sentence);
  }
};

// Chances of one height: what was said, and how often it came.
struct ReliabilityBin {
  double from = 0;
  double to = 0;
  std::int64_t count = 0;
  double said = 0;
  double came = 0;
  double low = 0;  // 90 % of what came, and `high`
  double high = 1;

  static constexpr std::string_view kName = "ReliabilityBin";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("from", self.from);
    v("to", self.to);
    v("count", self.count);
    v("said", self.said);
    v("came", self.came);
    v("low", self.low);
    v("high", self.high);
  }
};

// How well chances and ranges fit what came. Brier score = reliability - resolution + uncertainty
// (Murphy); `tenths` counts truths in each tenth of what was said, even if all is well.
struct CalibrationParts {
  std::optional<double> reliability;
  std::optional<double> resolution;
  std::optional<double> uncertainty;
  std::vector<ReliabilityBin> bins;
  std::vector<std::int64_t> tenths;
  std::optional<double> tenth_low;  // 90 % of the truths in a tenth, if all is well; and `high`
  std::optional<double> tenth_high;
  std::optional<double> anderson_darling;
  std::optional<double> p;
  std::string sentence;

  static constexpr std::string_view kName = "CalibrationParts";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v.optional("reliability", self.reliability);
    v.optional("resolution", self.resolution);
    v.optional("uncertainty", self.uncertainty);
    v("bins", self.bins);
    v("tenths", self.tenths);
    v.optional("tenth_low", self.tenth_low);
    v.optional("tenth_high", self.tenth_high);
    v.optional("anderson_darling", self.anderson_darling);
    v.optional("p", self.p);
    v("sentence", self.sentence);
  }
};

// GET /learn.
struct LearnPage : Base {
  std::string sentence;
  std::vector<ForecastRow> forecasts;
  std::optional<CoverageScore> coverage;
  std::optional<double> brier;
  std::vector<ForecasterRow> forecasters;
  std::optional<CalibrationParts> calibration;  // once something was scored

  static constexpr std::string_view kName = "LearnPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("forecasts", self.forecasts);
    v("coverage", self.coverage);
    v("brier", self.brier);
    v.optional("forecasters", self.forecasters);
    v.optional("calibration", self.calibration);
  }
};

// A question of calibration training, without its answer.
struct TrainingQuestion {
  std::string id;
  std::string text;
  std::string unit;

  static constexpr std::string_view kName = "TrainingQuestion";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("text", self.text);
    v("unit", self.unit);
  }
};

// GET /training: ten questions. The same seed draws the same ones from the same series.
struct TrainingPage : Base {
  std::string sentence;
  std::int64_t seed = 0;
  Timestamp asked;  // what "in the last hour" ends at; goes along with the answers
  std::vector<TrainingQuestion> questions;

  static constexpr std::string_view kName = "TrainingPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("seed", self.seed);
    v("asked", self.asked);
    v("questions", self.questions);
  }
};

// A 90 % range for one question, in its unit.
struct TrainingAnswer {
  std::string id;
  double low = 0;
  double high = 0;

  static constexpr std::string_view kName = "TrainingAnswer";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("low", self.low);
    v("high", self.high);
  }
};

// POST /training. Answers are to what was true at `asked`, at most a day ago; now when left out.
struct TrainingRequest {
  std::optional<Timestamp> asked;
  std::vector<TrainingAnswer> answers;

  static constexpr std::string_view kName = "TrainingRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v.optional("asked", self.asked);
    v("answers", self.answers);
  }
};

// One answer beside the truth.
struct TrainingRow {
  std::string id;
  std::string text;
  std::string unit;
  std::string source;  // the query, or a citation
  double low = 0;
  double high = 0;
  double truth = 0;
  bool held = false;
  bool counted = false;  // false: the same person was told this truth before

  static constexpr std::string_view kName = "TrainingRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("text", self.text);
    v("unit", self.unit);
    v("source", self.source);
    v("low", self.low);
    v("high", self.high);
    v("truth", self.truth);
    v("held", self.held);
    v("counted", self.counted);
  }
};

// The answer of POST /training.
struct TrainingResult : Base {
  std::string sentence;
  std::int64_t held = 0;
  std::int64_t count = 0;
  std::vector<TrainingRow> rows;

  static constexpr std::string_view kName = "TrainingResult";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("held", self.held);
    v("count", self.count);
    v("rows", self.rows);
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
