#include "decide/premises.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "decide/case.h"
#include "decide/filed.h"
#include "decide/history.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "model/json.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide {
namespace {

// A stake as it stands in the journal.
struct KeptStake {
  std::string text;
  std::string source;
};

constexpr std::string_view kTrials = "trials a year";
constexpr std::string_view kHash = "hash";

std::string input_name(std::string_view premise) { return "premise " + std::string(premise); }

WorryKey key_of(std::string_view premise) { return WorryKey("premise/" + std::string(premise)); }

}  // namespace
}  // namespace daytwo::decide

namespace daytwo::model {

template <>
struct JsonFields<WorrySource> {
  static constexpr std::string_view kName = "WorrySource";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("path", self.path);
    v("text", self.text);
  }
};

template <>
struct JsonFields<decide::KeptStake> {
  static constexpr std::string_view kName = "KeptStake";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("text", self.text);
    v("source", self.source);
  }
};

template <>
struct JsonFields<decide::History::Incident> {
  static constexpr std::string_view kName = "Incident";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("title", self.title);
    v("began", self.began);
    v("hours", self.hours);
  }
};

template <>
struct JsonFields<decide::History::Deploys> {
  static constexpr std::string_view kName = "Deploys";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("count", self.count);
    v("since", self.since);
  }
};

template <>
struct JsonFields<decide::History::AlertDay> {
  static constexpr std::string_view kName = "AlertDay";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("alert", self.alert);
    v("service", self.service);
    v("at", self.at);
  }
};

template <>
struct JsonFields<decide::History> {
  static constexpr std::string_view kName = "History";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("incidents", self.incidents);
    v("near_misses", self.near_misses);
    v("deploys", self.deploys);
    v("alert_days", self.alert_days);
    v("since", self.since);
  }
};

}  // namespace daytwo::model

namespace daytwo::decide {
namespace {

std::string hash_of(std::string_view text) { return fmt::format("{:016x}", hash64(text)); }

Premise premise(std::string_view name, std::string text) {
  std::string hash = hash_of(text);
  return {std::string(name), std::move(text), std::move(hash)};
}

// The text that `verdict` names as its premise.
Result<std::string> text_of(const facts::Record& verdict, std::string_view name,
                            const facts::Journal& journal) {
  const std::string_view hash = verdict.find_input(input_name(name));
  if (hash.empty()) {
    return fail(Code::kNotFound,
                fmt::format("it was written before the journal kept the {} of verdicts", name));
  }
  const auto kept = newest_where(journal, key_of(name), [&](const facts::Record& record) {
    return record.find_input(kHash) == hash;
  });
  if (!kept && kept.error().code == Code::kNotFound) {
    return fail(Code::kNotFound, fmt::format("the journal does not have the {} that it rests on "
                                             "(hash {})",
                                             name, hash));
  }
  if (!kept) return fail(kept.error());
  const auto* choice = facts::body_as<facts::Choice>(**kept);
  if (choice == nullptr || hash_of(choice->text) != hash) {
    return fail(
        Code::kCorrupt,
        fmt::format("the {} in the journal is not the text that was hashed as {}", name, hash));
  }
  return choice->text;
}

// A premise read as T.
template <typename T>
Result<T> read(const facts::Record& verdict, std::string_view name, const facts::Journal& journal) {
  TRY(const std::string text, text_of(verdict, name, journal));
  auto out = model::from_json<T>(text, std::string(name));
  if (!out) return fail(Code::kCorrupt, fmt::format("{}: {}", name, out.error().to_string()));
  return out;
}

}  // namespace

Premise register_premise(std::span<const model::WorrySource> sources) {
  return premise(kRegister,
                 model::to_json(std::vector<model::WorrySource>(sources.begin(), sources.end())));
}

Premise stakes_premise(const model::Stakes& stakes) {
  std::vector<KeptStake> kept;
  for (const model::Stake& stake : stakes.all()) kept.push_back({stake.text, stake.source});
  return premise(kStakes, model::to_json(kept));
}

Premise history_premise(const History& history) {
  return premise(kHistory, model::to_json(history));
}

std::vector<facts::Input> premise_inputs(std::span<const Premise> premises,
                                         std::optional<double> trials_a_year) {
  std::vector<facts::Input> out;
  for (const Premise& each : premises) out.push_back({input_name(each.name), each.hash});
  if (trials_a_year) out.push_back({std::string(kTrials), format_double(*trials_a_year)});
  return out;
}

std::vector<facts::Record> unwritten(std::span<const Premise> premises,
                                     std::span<const facts::Record> said,
                                     const facts::Snapshot& snapshot, Timestamp now) {
  std::vector<facts::Record> out;
  for (const Premise& each : premises) {
    const bool named = std::ranges::any_of(said, [&](const facts::Record& record) {
      return record.state != facts::State::kClosed &&
             record.find_input(input_name(each.name)) == each.hash;
    });
    const facts::RecordPtr known = snapshot.find("premise", key_of(each.name));
    if (!named || (known != nullptr && known->find_input(kHash) == each.hash)) continue;
    facts::Record record;
    record.ts = now;
    record.key = key_of(each.name);
    record.state = known != nullptr ? facts::State::kChanged : facts::State::kOpen;
    record.inputs = {{std::string(kHash), each.hash}};
    record.engine = kFiledEngine;
    record.sentence = fmt::format("the {} that verdicts rest on from now: {} bytes, hash {}",
                                  each.name, each.text.size(), each.hash);
    facts::Choice choice;
    choice.kind = facts::ChoiceKind::kPremise;
    choice.by = "daytwo";
    choice.text = each.text;
    record.body = std::move(choice);
    out.push_back(std::move(record));
  }
  return out;
}

Result<Grounds> grounds_of(const facts::Record& verdict, const facts::Journal& journal) {
  Grounds out;
  TRY(const auto sources, read<std::vector<model::WorrySource>>(verdict, kRegister, journal));
  auto file = model::parse_worry_files(sources);
  if (!file) return fail(Code::kCorrupt, "the register: " + file.error().to_string());
  out.file = *std::move(file);
  TRY(const auto stakes, read<std::vector<KeptStake>>(verdict, kStakes, journal));
  for (const KeptStake& kept : stakes) {
    auto stake = model::parse_stake(kept.text);
    if (!stake) return fail(Code::kCorrupt, "a stake: " + stake.error().to_string());
    stake->source = kept.source;
    out.stakes.add(*std::move(stake));
  }
  TRY(out.history, read<History>(verdict, kHistory, journal));
  if (!verdict.find_input(kTrials).empty()) {
    TRY(out.trials_a_year, number_of(verdict, kTrials));
  }
  return out;
}

}  // namespace daytwo::decide
