// Views: worries, their threads, and the Loop.
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
#include "model/verdict.h"

namespace daytwo::api {

// Whether a worry is still open.
enum class WorryState : std::uint8_t { kOpen, kClosed };
// The names of WorryState in JSON.
constexpr std::array<std::string_view, 2> json_names(WorryState) { return {"open", "closed"}; }
// Its name among the types of the API.
constexpr std::string_view json_type_name(WorryState) { return "WorryState"; }

// Who raised a worry: a detector or a person.
enum class WorryOrigin : std::uint8_t { kFound, kWritten };
// The names of WorryOrigin in JSON.
constexpr std::array<std::string_view, 2> json_names(WorryOrigin) { return {"found", "written"}; }
// Its name among the types of the API.
constexpr std::string_view json_type_name(WorryOrigin) { return "WorryOrigin"; }

// When something comes: the middle and the ends of a 90 % interval. An end that is not foreseen
// within ten years is left out.
struct When {
  Timestamp p50;
  Timestamp p05;
  std::optional<Timestamp> p95;
  std::string sentence;  // "2026-11-22 22:38 UTC (22:36 to 22:51, 90 %)"

  static constexpr std::string_view kName = "When";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("p50", self.p50);
    v("p05", self.p05);
    v("p95", self.p95);
    v("sentence", self.sentence);
  }
};

// A worry on one line.
struct WorryRow {
  std::string id;  // 12 hex digits, stable for the thread
  std::string key;
  std::string kind;   // runout, burn, exposure, drift, memory_cap, alert, flow, cpu, probe, written
  std::string title;  // one short sentence
  std::string subject;
  std::string service;
  WorryState state = WorryState::kOpen;
  WorryOrigin found = WorryOrigin::kFound;
  model::Verdict verdict = model::Verdict::kUndecided;
  std::string reason;
  std::optional<double> chance_pays;
  std::optional<Amount> worth;  // expected loss if left alone; money once stakes are stated
  Owner owner;
  std::optional<Tripwire> tripwire;
  Timestamp first_seen;
  Timestamp changed;
  std::string score;
  std::string next_step;
  std::string paged;
  std::optional<When> when;  // of what runs out, ends or expires

  static constexpr std::string_view kName = "WorryRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("key", self.key);
    v("kind", self.kind);
    v("title", self.title);
    v("subject", self.subject);
    v("service", self.service);
    v("state", self.state);
    v("found", self.found);
    v("verdict", self.verdict);
    v("reason", self.reason);
    v("chance_pays", self.chance_pays);
    v("worth", self.worth);
    v("owner", self.owner);
    v("tripwire", self.tripwire);
    v("first_seen", self.first_seen);
    v("changed", self.changed);
    v("score", self.score);
    v("next_step", self.next_step);
    v("paged", self.paged);
    v("when", self.when);
  }
};

// The five rooms of the loop.
enum class StageName : std::uint8_t { kObserve, kOrient, kDecide, kAct, kLearn };
// The names of StageName in JSON.
constexpr std::array<std::string_view, 5> json_names(StageName) {
  return {"observe", "orient", "decide", "act", "learn"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(StageName) { return "StageName"; }

// What one room of the loop did in this turn.
struct Stage {
  StageName name = StageName::kObserve;
  std::string sentence;
  std::vector<std::string> lines;

  static constexpr std::string_view kName = "Stage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("sentence", self.sentence);
    v("lines", self.lines);
  }
};

// Whether a source of findings works.
enum class SourceState : std::uint8_t { kWorking, kWaiting, kOff, kFailed };
// The names of SourceState in JSON.
constexpr std::array<std::string_view, 4> json_names(SourceState) {
  return {"working", "waiting", "off", "failed"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(SourceState) { return "SourceState"; }

// A source of findings, and what it would need.
struct FindingSource {
  std::string id;
  std::string title;
  SourceState state = SourceState::kWorking;
  std::string sentence;
  std::string teach;  // the next command or line of YAML

  static constexpr std::string_view kName = "FindingSource";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("title", self.title);
    v("state", self.state);
    v("sentence", self.sentence);
    v("teach", self.teach);
  }
};

// GET /loop.
struct LoopPage : Base {
  std::string sentence;
  std::string host;
  std::vector<Stage> stages;
  std::vector<FindingSource> sources;
  std::vector<WorryRow> worries;
  std::optional<Question> question;
  std::string turn_time;

  static constexpr std::string_view kName = "LoopPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("host", self.host);
    v("stages", self.stages);
    v("sources", self.sources);
    v("worries", self.worries);
    v("question", self.question);
    v("turn_time", self.turn_time);
  }
};

// GET /worries.
struct WorriesPage : Base {
  std::string sentence;
  std::vector<WorryRow> worries;

  static constexpr std::string_view kName = "WorriesPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("worries", self.worries);
  }
};

// What a piece of evidence opens.
enum class EvidenceKind : std::uint8_t { kQuery, kSighting, kFinding, kService };
// The names of EvidenceKind in JSON.
constexpr std::array<std::string_view, 4> json_names(EvidenceKind) {
  return {"query", "sighting", "finding", "service"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(EvidenceKind) { return "EvidenceKind"; }

// One piece of evidence.
struct EvidenceView {
  std::string sentence;
  EvidenceKind kind = EvidenceKind::kQuery;
  std::string query;
  Timestamp at;
  std::string coverage;

  static constexpr std::string_view kName = "Evidence";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("sentence", self.sentence);
    v("kind", self.kind);
    v("query", self.query);
    v("at", self.at);
    v("coverage", self.coverage);
  }
};

// A named input of a judgement.
struct InputView {
  std::string name;
  std::string value;

  static constexpr std::string_view kName = "Input";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("value", self.value);
  }
};

// A named uncertain number.
struct NamedAmountView {
  std::string name;
  Amount amount;

  static constexpr std::string_view kName = "NamedAmount";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("amount", self.amount);
  }
};

// One record of a worry's thread.
struct ThreadEntry {
  std::uint64_t id;
  Timestamp ts;
  std::string room;
  std::string kind;
  std::string state;
  std::string sentence;
  std::vector<InputView> inputs;
  std::vector<NamedAmountView> amounts;
  std::uint64_t seed;
  std::string engine;
  std::string coverage;

  static constexpr std::string_view kName = "ThreadEntry";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("ts", self.ts);
    v("room", self.room);
    v("kind", self.kind);
    v("state", self.state);
    v("sentence", self.sentence);
    v("inputs", self.inputs);
    v("amounts", self.amounts);
    v("seed", self.seed);
    v("engine", self.engine);
    v("coverage", self.coverage);
  }
};

// What acting is worth net in twenty equally likely worlds, rising. It pays above the threshold.
struct Worlds {
  std::vector<double> quantiles;
  double threshold = 0;
  std::string unit;

  static constexpr std::string_view kName = "Worlds";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("quantiles", self.quantiles);
    v("threshold", self.threshold);
    v("unit", self.unit);
  }
};

// GET /worries/ID, and the answer of a change to it.
struct WorryPage : Base {
  WorryRow worry;
  std::string written;  // the person's own words
  std::vector<std::string> understood;
  std::vector<EvidenceView> evidence;
  std::optional<Amount> ours;
  std::optional<Amount> customers;
  std::optional<Worlds> worlds;
  std::optional<Fan> fan;      // of what runs out
  std::optional<Amount> date;  // and when
  std::vector<std::string> how_computed;
  std::vector<ThreadEntry> thread;
  std::vector<std::string> scores;
  std::optional<Question> question;

  static constexpr std::string_view kName = "WorryPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("worry", self.worry);
    v("written", self.written);
    v("understood", self.understood);
    v("evidence", self.evidence);
    v("ours", self.ours);
    v("customers", self.customers);
    v("worlds", self.worlds);
    v("fan", self.fan);
    v("date", self.date);
    v("how_computed", self.how_computed);
    v("thread", self.thread);
    v("scores", self.scores);
    v("question", self.question);
  }
};

// GET /worries/ID/replay: the computed verdict, computed again from what the journal holds.
struct ReplayPage : Base {
  std::string worry;     // its title
  std::string sentence;  // what came of it
  bool same = false;     // every figure and word, to the last bit
  bool replayed = false;
  std::string verdict;  // as it was said, with its reason
  Timestamp judged;
  std::uint64_t seed = 0;
  std::string engine;
  std::vector<std::string> differences;
  std::vector<InputView> rests_on;

  static constexpr std::string_view kName = "ReplayPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("worry", self.worry);
    v("sentence", self.sentence);
    v("same", self.same);
    v("replayed", self.replayed);
    v("verdict", self.verdict);
    v("judged", self.judged);
    v("seed", self.seed);
    v("engine", self.engine);
    v("differences", self.differences);
    v("rests_on", self.rests_on);
  }
};

// POST /worries: a worry in one sentence. With dry_run what was understood is answered, and the
// verdict it would get; nothing is stored.
struct WorryDraft {
  std::string text;
  std::optional<std::string> service;
  std::optional<std::string> evidence;  // a PromQL query, a service, or the id of a worry
  std::optional<bool> dry_run;

  static constexpr std::string_view kName = "WorryDraft";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("text", self.text);
    v.optional("service", self.service);
    v.optional("evidence", self.evidence);
    v.optional("dry_run", self.dry_run);
  }
};

// POST /worries/ID/decide: a person's verdict.
struct DecideRequest {
  model::Verdict verdict = model::Verdict::kUndecided;
  std::string reason;
  std::optional<std::string> until;  // a span such as "30d", or an RFC 3339 time

  static constexpr std::string_view kName = "DecideRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("verdict", self.verdict);
    v("reason", self.reason);
    v.optional("until", self.until);
  }
};

}  // namespace daytwo::api
