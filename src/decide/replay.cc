#include "decide/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/estimate.h"
#include "decide/case.h"
#include "decide/filed.h"
#include "decide/judge.h"
#include "decide/live.h"
#include "decide/premises.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/verdict.h"
#include "model/worry_file.h"

namespace daytwo::decide {
namespace {

constexpr std::string_view kWritten = "written/";

// Errors: kInvalid for what is no verdict of `engine`.
Result<void> check_engine(const facts::Record& record, std::string_view engine) {
  const auto* choice = facts::body_as<facts::Choice>(record);
  if (choice == nullptr || choice->kind != facts::ChoiceKind::kVerdict) {
    return fail(Code::kInvalid, "only a verdict can be replayed");
  }
  if (record.engine == engine) return {};
  return fail(Code::kInvalid, fmt::format("made by {}, this is {}", record.engine, engine));
}

Result<FiledJudgement> replay_filed(const facts::Record& record, const facts::Journal& journal) {
  TRY(const Grounds grounds, grounds_of(record, journal));
  for (const model::FiledWorry& worry : grounds.file.worries) {
    if (std::string(kWritten) + worry.id != record.key.value) continue;
    const FiledInputs inputs{grounds.file, grounds.stakes, grounds.history, grounds.trials_a_year,
                             stored_live(record)};
    return judge_filed(worry, inputs, record.seed, record.ts);
  }
  return fail(Code::kCorrupt, "the register that it rests on does not state " + record.key.value);
}

// A verdict that had nothing to draw.
Result<FiledJudgement> replay_look(const facts::Record& record, const facts::Journal& journal) {
  const auto caused = newest_where(journal, record.key, [&](const facts::Record& other) {
    return std::ranges::find(record.causes, other.id) != record.causes.end();
  });
  const auto* finding = caused ? facts::body_as<facts::Finding>(**caused) : nullptr;
  if (finding == nullptr) {
    return fail(Code::kNotFound, "the journal does not have the finding that it is about");
  }
  return FiledJudgement{look_first(*finding), finding->option, {}};
}

// Numbers that read back as they were written; what is not finite is written as null.
bool same(double a, double b) { return a == b || (!std::isfinite(a) && !std::isfinite(b)); }

bool same(const chance::Estimate& a, const chance::Estimate& b) {
  return same(a.p05, b.p05) && same(a.p25, b.p25) && same(a.p50, b.p50) && same(a.p75, b.p75) &&
         same(a.p95, b.p95) && same(a.mean, b.mean) && a.samples == b.samples && a.seed == b.seed;
}

// Collects what is not the same.
class Comparison {
 public:
  std::vector<std::string> take() { return std::move(out_); }

  void text(std::string_view what, const std::string& said, const std::string& again) {
    if (said == again) return;
    out_.push_back(fmt::format("{}: it said '{}', now '{}'", what, said, again));
  }
  void number(std::string_view what, double said, double again) {
    if (!same(said, again)) text(what, format_double(said), format_double(again));
  }
  void amounts(std::span<const facts::NamedAmount> said,
               std::span<const facts::NamedAmount> again) {
    list("amounts", said.size(), again.size());
    for (std::size_t i = 0; i < std::min(said.size(), again.size()); ++i) {
      text("amount", said[i].name, again[i].name);
      amount(said[i].name, said[i].amount, again[i].amount);
    }
  }
  void lines(std::string_view what, std::span<const std::string> said,
             std::span<const std::string> again) {
    list(what, said.size(), again.size());
    for (std::size_t i = 0; i < std::min(said.size(), again.size()); ++i) {
      text(what, said[i], again[i]);
    }
  }
  void numbers(std::string_view what, std::span<const double> said, std::span<const double> again) {
    list(what, said.size(), again.size());
    for (std::size_t i = 0; i < std::min(said.size(), again.size()); ++i) {
      number(fmt::format("{} {}", what, i + 1), said[i], again[i]);
    }
  }

 private:
  void list(std::string_view what, std::size_t said, std::size_t again) {
    if (said != again) out_.push_back(fmt::format("{}: it had {}, now {}", what, said, again));
  }
  void amount(const std::string& name, const model::Amount& said, const model::Amount& again) {
    text(name + ", its unit", said.unit, again.unit);
    if (same(said.estimate, again.estimate)) return;
    const auto words = [](const chance::Estimate& x) {
      return fmt::format("{} (90 %: {} to {})", format_double(x.mean), format_double(x.p05),
                         format_double(x.p95));
    };
    out_.push_back(
        fmt::format("{}: it said {}, now {}", name, words(said.estimate), words(again.estimate)));
  }

  std::vector<std::string> out_;
};

// The inputs of `said` without what replay() reads and does not make.
std::vector<std::string> shown_inputs(std::span<const facts::Input> inputs) {
  std::vector<std::string> out;
  for (const facts::Input& input : inputs) {
    const std::string_view name = input.name;
    if (name.starts_with("premise ") || name.starts_with("live ") || name == "trials a year") {
      continue;
    }
    out.push_back(input.name + " = " + input.value);
  }
  return out;
}

std::string wire_words(const std::optional<model::Tripwire>& wire) {
  if (!wire) return "none";
  return fmt::format("{} [{} {} {} {}] {}", wire->sentence, wire->input, wire->op,
                     format_double(wire->value), wire->query, wire->until.ms);
}

}  // namespace

Result<Judgement> replay(const facts::Record& record) {
  TRY_VOID(check_engine(record, kEngine));
  TRY(const Case item, case_of(record));
  return judge(item, record.seed, record.ts);
}

Result<FiledJudgement> replay(const facts::Record& record, const facts::Journal& journal) {
  if (record.engine == kFiledEngine) {
    TRY_VOID(check_engine(record, kFiledEngine));
    return replay_filed(record, journal);
  }
  TRY_VOID(check_engine(record, kEngine));
  const bool drawn = !record.amounts.empty() || !record.find_input("unit").empty() ||
                     !facts::body_as<facts::Choice>(record)->worlds.empty();
  if (!drawn) return replay_look(record, journal);
  TRY(const Case item, case_of(record));
  return FiledJudgement{judge(item, record.seed, record.ts), item.option, inputs_of(item)};
}

std::vector<std::string> differences(const facts::Record& said, const FiledJudgement& again) {
  const auto* choice = facts::body_as<facts::Choice>(said);
  if (choice == nullptr) return {"the record is no verdict"};
  const Judgement& now = again.judgement;
  Comparison out;
  out.text("verdict", std::string(model::to_words(choice->verdict)),
           std::string(model::to_words(now.verdict)));
  out.text("reason", choice->reason, now.reason);
  if (!again.option.empty()) out.text("option", choice->option, again.option);
  out.text("study", choice->study, now.study);
  const auto chance = [](const auto& ratio) { return ratio ? ratio->value : -1.0; };
  out.number("chance that it pays", chance(choice->chance_pays), chance(now.chance_pays));
  if (choice->tripwire != now.tripwire) {
    out.text("tripwire", wire_words(choice->tripwire), wire_words(now.tripwire));
  }
  out.amounts(said.amounts, now.amounts);
  out.numbers("world", choice->worlds, now.worlds);
  out.text("account", choice->account, now.account);
  out.lines("how", choice->how, now.how);
  out.lines("input", shown_inputs(said.inputs), shown_inputs(again.inputs));
  return out.take();
}

}  // namespace daytwo::decide
