#include "facts/codec.h"

#include <fmt/format.h>

#include <utility>

#include "facts/describe.h"  // IWYU pragma: keep
#include "facts/names.h"
#include "model/json.h"

namespace daytwo::facts {
namespace {

// What has no column of its own.
struct Head {
  std::vector<RecordId> causes;
  std::vector<Input> inputs;
  chance::Seed seed;
  std::string engine;
  std::vector<NamedAmount> amounts;
  std::string sentence;
  std::string coverage;
  static constexpr std::string_view kName = "Head";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v.optional("causes", self.causes);
    v.optional("inputs", self.inputs);
    v.optional("seed", self.seed);
    v.optional("engine", self.engine);
    v.optional("amounts", self.amounts);
    v.optional("sentence", self.sentence);
    v.optional("coverage", self.coverage);
  }
};

// Everything, for one line on the wire.
struct Line {
  Timestamp ts;
  std::string subject;
  WorryKey key;
  State state = State::kOpen;
  std::string room;
  std::string kind;
  std::string head;
  std::string body;
  static constexpr std::string_view kName = "Line";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("ts", self.ts);
    v("subject", self.subject);
    v("key", self.key);
    v("state", self.state);
    v("room", self.room);
    v("kind", self.kind);
    v("head", self.head);
    v("body", self.body);
  }
};

constexpr model::JsonRules kLenient{.skip_unknown = true, .allow_missing = true};

template <typename T>
Result<Body> read_body(const std::string& text) {
  TRY(T value, model::from_json<T>(text, "record", kLenient));
  return Body(std::move(value));
}

Result<Body> read_sighting(const StoredRecord& stored) {
  Result<Body> out = fail(Code::kCorrupt, fmt::format("no sighting is called '{}'", stored.kind));
  for_each_sighting([&]<typename T>() {
    if (kind_name<T>() != stored.kind) return;
    Result<T> value = model::from_json<T>(stored.body, "record", kLenient);
    if (value) {
      out = Body(Sighting{std::move(*value)});
    } else {
      out = fail(std::move(value).error());
    }
  });
  return out;
}

Result<Body> decode_body(std::string_view room, const StoredRecord& stored) {
  if (room == "observe") return read_sighting(stored);
  if (room == "orient") return read_body<Finding>(stored.body);
  if (room == "decide") return read_body<Choice>(stored.body);
  if (room == "act") return read_body<Deed>(stored.body);
  if (room == "learn") return read_body<Lesson>(stored.body);
  return fail(Code::kCorrupt, fmt::format("no room is called '{}'", room));
}

std::string encode_body(const Body& body) {
  if (const auto* sighting = std::get_if<Sighting>(&body)) {
    return std::visit([](const auto& what) { return model::to_json(what); }, sighting->what);
  }
  return std::visit(
      [](const auto& judgement) -> std::string {
        if constexpr (std::is_same_v<std::decay_t<decltype(judgement)>, Sighting>) {
          return {};
        } else {
          return model::to_json(judgement);
        }
      },
      body);
}

}  // namespace

StoredRecord encode(const Record& record) {
  Head head{record.causes,  record.inputs,   record.seed,    record.engine,
            record.amounts, record.sentence, record.coverage};
  return {std::string(kind_of(record)), model::to_json(head), encode_body(record.body)};
}

Result<Record> decode(std::string_view room, const StoredRecord& stored) {
  const auto corrupt = [&](Error error) {
    error.code = Code::kCorrupt;
    return fail_in(fmt::format("a stored record of kind '{}'", stored.kind), std::move(error));
  };
  Result<Head> head = model::from_json<Head>(stored.head, "record", kLenient);
  if (!head) return corrupt(std::move(head).error());
  Result<Body> body = decode_body(room, stored);
  if (!body) return corrupt(std::move(body).error());
  Record record;
  record.causes = std::move(head->causes);
  record.inputs = std::move(head->inputs);
  record.seed = head->seed;
  record.engine = std::move(head->engine);
  record.amounts = std::move(head->amounts);
  record.sentence = std::move(head->sentence);
  record.coverage = std::move(head->coverage);
  record.body = std::move(*body);
  return record;
}

std::string to_line(const Record& record) {
  StoredRecord stored = encode(record);
  const Line line{record.ts,
                  record.subject,
                  record.key,
                  record.state,
                  std::string(room_of(record)),
                  std::move(stored.kind),
                  std::move(stored.head),
                  std::move(stored.body)};
  return model::to_json(line);
}

Result<Record> parse_line(std::string_view text, std::string source) {
  TRY(Line line, model::from_json<Line>(text, std::move(source)));
  Result<Record> record = decode(line.room, {line.kind, line.head, line.body});
  if (!record) {
    Error error = std::move(record).error();
    error.code = Code::kInvalid;
    return fail(std::move(error));
  }
  record->ts = line.ts;
  record->subject = std::move(line.subject);
  record->key = std::move(line.key);
  record->state = line.state;
  return record;
}

}  // namespace daytwo::facts
