// Views: what all pages share.
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

#include "base/error.h"
#include "base/time.h"
#include "model/amount.h"

namespace daytwo::api {

// One problem in what a user wrote.
struct DiagnosticView {
  std::string file;
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::string text;
  std::string source_line;
  std::string expected;
  std::string suggestion;

  static constexpr std::string_view kName = "Diagnostic";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("file", self.file);
    v("line", self.line);
    v("column", self.column);
    v("text", self.text);
    v("source_line", self.source_line);
    v("expected", self.expected);
    v("suggestion", self.suggestion);
  }
};

// Why a request failed: the code of base/error.h and its sentence.
struct ApiError {
  std::string code;
  std::string text;
  std::vector<std::string> context;  // from inner to outer
  std::vector<DiagnosticView> diagnostics;

  static constexpr std::string_view kName = "ApiError";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("code", self.code);
    v("text", self.text);
    v("context", self.context);
    v("diagnostics", self.diagnostics);
  }
};

// The body of every answer that is no success.
struct ErrorBody {
  ApiError error;

  static constexpr std::string_view kName = "ErrorBody";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("error", self.error);
  }
};

// The one shape of an uncertain amount. The 90 % interval is p05 to p95.
struct Amount {
  double p05 = 0;
  double p25 = 0;
  double p50 = 0;
  double p75 = 0;
  double p95 = 0;
  double mean = 0;
  std::int64_t samples = 0;
  std::uint64_t seed;
  std::string unit;    // a currency such as "USD", or a natural unit such as "incidents"
  std::string window;  // "a year", "a day", "now"
  Timestamp as_of;
  std::string version;

  static constexpr std::string_view kName = "Amount";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("p05", self.p05);
    v("p25", self.p25);
    v("p50", self.p50);
    v("p75", self.p75);
    v("p95", self.p95);
    v("mean", self.mean);
    v("samples", self.samples);
    v("seed", self.seed);
    v("unit", self.unit);
    v("window", self.window);
    v("as_of", self.as_of);
    v("version", self.version);
  }
};

// What is left at one instant of a forecast: the ends of its 50, 80 and 95 % bands.
struct FanBand {
  Timestamp at;
  double low95 = 0;
  double low80 = 0;
  double low50 = 0;
  double high50 = 0;
  double high80 = 0;
  double high95 = 0;

  static constexpr std::string_view kName = "FanBand";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("at", self.at);
    v("low95", self.low95);
    v("low80", self.low80);
    v("low50", self.low50);
    v("high50", self.high50);
    v("high80", self.high80);
    v("high95", self.high95);
  }
};

// What is left of something that runs out: where it was measured, and the forecast as it was
// stored. Nothing left is 0.
struct Fan {
  std::string query;  // PromQL of what is left
  std::string unit;   // "bytes", "inodes"
  Timestamp made;
  std::vector<FanBand> bands;

  static constexpr std::string_view kName = "Fan";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("query", self.query);
    v("unit", self.unit);
    v("made", self.made);
    v("bands", self.bands);
  }
};

// What every page says of itself.
struct Base {
  Timestamp as_of;         // when it was computed
  bool simulated = false;  // true while the data is the demo's

  static constexpr std::string_view kName = "Base";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("as_of", self.as_of);
    v("simulated", self.simulated);
  }
};

// Who has the power to act, if anybody.
struct Owner {
  std::string name;
  std::optional<bool> has_power;  // nothing = not known
  std::string sentence;

  static constexpr std::string_view kName = "Owner";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("has_power", self.has_power);
    v("sentence", self.sentence);
  }
};

// Whether the condition of a tripwire holds.
enum class TripwireState : std::uint8_t { kArmed, kCrossed, kUnknown };
// The names of TripwireState in JSON.
constexpr std::array<std::string_view, 3> json_names(TripwireState) {
  return {"armed", "crossed", "unknown"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(TripwireState) { return "TripwireState"; }

// The live condition under which a verdict flips.
struct Tripwire {
  std::string sentence;
  std::string input;
  std::string op;
  double value = 0;
  std::string query;
  std::optional<double> now;       // the present value of the query
  std::string unit;                // of both; empty = not known
  std::optional<Timestamp> until;  // when it is looked at again, without a query
  TripwireState state = TripwireState::kArmed;

  static constexpr std::string_view kName = "Tripwire";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("sentence", self.sentence);
    v("input", self.input);
    v("op", self.op);
    v("value", self.value);
    v("query", self.query);
    v("now", self.now);
    v("unit", self.unit);
    v("until", self.until);
    v("state", self.state);
  }
};

// An answer that is offered, with where it comes from; used only when accepted.
struct Offer {
  std::string text;
  std::string source;

  static constexpr std::string_view kName = "Offer";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("text", self.text);
    v("source", self.source);
  }
};

// The one question whose answer would change most.
struct Question {
  std::string id;
  std::string sentence;
  std::string why;
  std::string placeholder;
  std::string subject;
  std::vector<Offer> offers;

  static constexpr std::string_view kName = "Question";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("sentence", self.sentence);
    v("why", self.why);
    v("placeholder", self.placeholder);
    v("subject", self.subject);
    v("offers", self.offers);
  }
};

// The answer of a change that shows no page.
struct Done : Base {
  std::string sentence;

  static constexpr std::string_view kName = "Done";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
  }
};

// The view of an amount of the model.
[[nodiscard]] Amount to_view(const model::Amount& amount);
// The view of an error, ready to be written.
[[nodiscard]] ErrorBody to_view(const Error& error);

}  // namespace daytwo::api
