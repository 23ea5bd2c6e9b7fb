#include "decide/filed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "base/units.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/judge.h"
#include "decide/risk/event.h"
#include "decide/say.h"
#include "decide/worlds.h"
#include "decide/worth/answer.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "decide/worth/read.h"
#include "decide/worth/say.h"
#include "model/amount.h"
#include "model/field.h"
#include "model/remedy.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/verdict.h"
#include "model/worry_file.h"

namespace daytwo::decide {
namespace {

using model::Verdict;

// What is assumed to be done when nobody said what could be: as decide/reading.cc does.
const model::FiledOption& assumed_remedy() {
  static const model::FiledOption kRemedy{std::string(model::kAssumedRemedy), "",
                                          "1 to 5 person-days", "50% to 95%"};
  return kRemedy;
}

// Its work on average, roughly: the middle of 1 to 5 days.
constexpr double kAssumedHours = 21;

bool is_stated(const model::FiledOption& option) {
  return !(option.once.empty() && option.takes.empty() && option.cuts.empty());
}

// Whether the option acts on the worry or on one of its causes.
bool acts_on(const model::SharedOption& option, const model::FiledWorry& worry) {
  const auto acts = [&](const std::string& name) {
    return option.blocks.contains(name) || option.cuts.contains(name);
  };
  return acts(worry.id) || std::any_of(worry.causes.begin(), worry.causes.end(),
                                       [&](const auto& cause) { return acts(cause.first); });
}

bool is_acted_upon(const model::FiledWorry& worry, const model::WorryFile& file) {
  return std::any_of(file.options.begin(), file.options.end(),
                     [&](const auto& option) { return acts_on(option, worry); });
}

// Whether an investigation is about the worry, or one number of it ("ransom.size").
bool is_looked_at(const model::FiledWorry& worry, const model::WorryFile& file) {
  return std::any_of(file.options.begin(), file.options.end(), [&](const auto& option) {
    return std::any_of(option.narrows.begin(), option.narrows.end(), [&](const auto& narrowed) {
      return narrowed.first == worry.id || narrowed.first.starts_with(worry.id + ".");
    });
  });
}

// The options that act on the worry: its own, then those of the register.
std::vector<std::string> options_for(const model::FiledWorry& worry, const model::WorryFile& file) {
  std::vector<std::string> out;
  if (is_stated(worry.option)) {
    out.push_back(worry.option.name.empty() ? worry.id : worry.option.name);
  }
  for (const model::SharedOption& option : file.options) {
    if (acts_on(option, worry)) out.push_back(option.id);
  }
  return out;
}

// The first natural unit of the worry that nobody has priced.
std::optional<OpenQuestion> unpriced(const model::FiledWorry& worry, const model::Stakes& stakes) {
  const auto in = [&](const std::vector<model::LossPart>& parts) -> std::optional<OpenQuestion> {
    for (const model::LossPart& part : parts) {
      if (part.amount.money()) continue;
      const auto of = model::stake_for(part.amount.unit);
      if (of && stakes.find(*of, worry.service) == nullptr) {
        return OpenQuestion{*of, *of == model::StakeOf::kPersonHour ? "" : worry.service};
      }
    }
    return std::nullopt;
  };
  const auto ours = in(worry.loss);
  return ours ? ours : in(worry.harm);
}

// "6.6 to 38 hours of service lost", "60 to 90 %", "$600 to $1.2k": what is said once is not said
// twice.
std::string range_words(const worth::Input& input, const chance::Estimate& range) {
  const std::string low = worth::value_words(input, range.p05);
  std::string high = worth::value_words(input, range.p95);
  if (low == high) return high;
  const std::size_t of_low = low.find(' ');
  const std::size_t of_high = high.find(' ');
  const bool same = of_low != std::string::npos && of_high != std::string::npos &&
                    low.substr(of_low) == high.substr(of_high);
  return fmt::format("{} to {}", same ? low.substr(0, of_low) : low, high);
}

// Moves the input that a tripwire measured to its live value; it keeps its shape.
void take(const std::optional<Live>& live, worth::Model& model) {
  if (!live) return;
  for (worth::Input& input : model.inputs) {
    const double mean = input.mean();
    if (input.id != live->input || input.query != live->query || !(mean > 0)) continue;
    if (!(live->value > 0)) continue;
    for (double& each : input.draws) each *= live->value / mean;
  }
}

class FiledJudge {
 public:
  FiledJudge(const model::FiledWorry& worry, const FiledInputs& inputs, chance::Seed seed,
             Timestamp now)
      : worry_(worry), inputs_(inputs), seed_(seed), now_(now) {}

  FiledJudgement run() {
    if (const auto question = unpriced(worry_, inputs_.stakes)) {
      ask(*question,
          "what its loss is worth decides it: " + model::question(question->of, question->service));
      return std::move(out_);
    }
    Result<worth::Worth> made = weigh_best();
    if (!made) {
      out_.judgement.verdict = Verdict::kFindOut;
      out_.judgement.study = "complete what is stated";
      out_.judgement.reason = made.error().to_string();
      return std::move(out_);
    }
    out_.option = made->reading.names.at(1);
    say(*made);
    return std::move(out_);
  }

 private:
  // The option that is worth most on average, weighed.
  Result<worth::Worth> weigh_best() {
    model::WorryFile file = inputs_.file;
    std::vector<std::string> options = options_for(worry_, file);
    if (options.empty()) {
      for (model::FiledWorry& each : file.worries) {
        if (each.id == worry_.id) each.option = assumed_remedy();
      }
      options.push_back(assumed_remedy().name);
      out_.judgement.how.emplace_back(
          "assumed: a remedy takes 1 to 5 person-days and takes away 50 % to 95 % (90 %)");
    }
    std::optional<worth::Reading> best;
    double most = 0;
    for (const std::string& option : options) {
      worth::Asked asked;
      asked.option = option;
      asked.trials_a_year = inputs_.trials_a_year;
      TRY(worth::Reading reading,
          worth::read(file, inputs_.stakes, asked, seed_, now_, inputs_.history));
      take(inputs_.live, reading.model);
      const double mean = worth::mean_of(reading.model.net(reading.among.at(1)));
      if (best && mean <= most) continue;
      most = mean;
      best = std::move(reading);
    }
    if (!best) return fail(Code::kNotFound, "no option acts on it");
    return worth::weigh(*std::move(best), {}, seed_, now_);
  }

  void add(std::string name, const chance::Estimate& estimate, const std::string& unit,
           std::string window) {
    out_.judgement.amounts.push_back(
        {std::move(name),
         model::Amount{estimate, unit, std::move(window), now_, std::string(kFiledEngine)}});
  }

  // What the worry alone costs a year: ours, theirs, and both a day and an hour.
  void add_losses(const worth::Worth& made) {
    const worth::Model& model = made.reading.model;
    worth::Draws ours = model.loss_a_year(false, worry_.id);
    const worth::Draws theirs = model.loss_a_year(true, worry_.id);
    const std::string a_year(model::kAYear);
    add("loss", chance::estimate_of(ours, seed_), model.currency, a_year);
    if (!worry_.harm.empty()) {
      add("customers", chance::estimate_of(theirs, seed_), model.currency, a_year);
      out_.judgement.how.push_back(fmt::format(
          "a day and an hour count the harm of others with weight {:.3g}", made.weight));
    }
    for (std::size_t w = 0; w < ours.size(); ++w) ours[w] += made.weight * theirs[w];
    const chance::Estimate daily =
        chance::scaled(chance::estimate_of(ours, seed_), 1 / kDaysPerYear);
    add("loss_per_day", daily, model.currency, std::string(model::kADay));
    add("loss_per_hour", chance::scaled(daily, 1 / 24.0), model.currency,
        std::string(model::kAnHour));
  }

  void say(const worth::Worth& made) {
    const worth::Model& model = made.reading.model;
    const worth::Standing& option = made.standings.at(1);
    const std::string life = fmt::format("over {:g} years", model.life.years);
    Judgement& out = out_.judgement;
    add_losses(made);
    add("worth", option.net, model.currency, life);
    add("worth_raw", option.net, model.currency, life);
    add("cost", option.costs, model.currency, life);
    add("knowing", chance::exactly(made.clear ? 0 : made.studies.front().net()), model.currency,
        "");
    out.verdict = made.verdict;
    out.reason = made.sentence.substr(made.sentence.find(": ") + 2);
    out.chance_pays = make_ratio(option.chance_pays);
    if (made.verdict == Verdict::kFindOut) out.study = made.studies.front().study.name;
    out.tripwire = worth::tripwire_of(made, now_);
    out.account = model.currency;
    worth::Draws net = model.net(made.reading.among.at(1));
    std::sort(net.begin(), net.end());
    for (std::size_t i = 0; i < kDots; ++i)
      out.worlds.push_back(net[(2 * i + 1) * net.size() / (2 * kDots)]);
    explain(made);
    price_of_work(made);
  }

  // Every input with its interval, and what was left out.
  void explain(const worth::Worth& made) {
    Judgement& out = out_.judgement;
    for (const worth::Input& input : made.reading.model.inputs) {
      const std::string words = range_words(input, chance::estimate_of(input.draws, seed_));
      out_.inputs.push_back({input.id, words});
      out.how.push_back(input.words + ": " + words);
    }
    for (const std::string& note : made.reading.notes) out.how.push_back(note);
    out.how.push_back(fmt::format("{} worlds, seed {}, {}", made.reading.model.worlds, seed_.value,
                                  kFiledEngine));
  }

  // An option that takes work which nobody priced is no verdict unless it fails for nothing.
  void price_of_work(const worth::Worth& made) {
    double hours = out_.option == assumed_remedy().name ? kAssumedHours : 0;
    for (const model::SharedOption& option : inputs_.file.options) {
      const auto& taken = made.reading.model.choices;
      const bool is_taken = std::find(taken.begin(), taken.end(), option.id) != taken.end();
      if (is_taken && option.days) hours += option.days->mean;
    }
    const std::string& own = worry_.option.takes;
    if (is_stated(worry_.option) && !own.empty() &&
        out_.option == options_for(worry_, inputs_.file).front()) {
      const auto takes = model::read_field(own, model::Measure::kWork, {});
      if (takes) hours += takes->mean;
    }
    const double net = made.standings.at(1).net.mean;
    if (!made.reading.priced_by.empty() || hours <= 0 || net <= 0 || made.reading.must) return;
    ask({model::StakeOf::kPersonHour, ""},
        fmt::format("what a day of work costs decides it: {} is worth {} before {} of work, so do "
                    "it if a person-day costs less than {}",
                    out_.option, model::money_words(net, made.reading.model.currency),
                    time_words(hours),
                    model::money_words(net / hours * model::kHoursAPersonDay,
                                       made.reading.model.currency)));
  }

  void ask(OpenQuestion question, std::string reason) {
    Judgement& out = out_.judgement;
    out.verdict = Verdict::kFindOut;
    out.study = model::question(question.of, question.service);
    out.question = std::move(question);
    out.reason = std::move(reason);
    out.tripwire.reset();
  }

  const model::FiledWorry& worry_;
  const FiledInputs& inputs_;
  const chance::Seed seed_;
  const Timestamp now_;
  FiledJudgement out_;
};

}  // namespace

bool needs_register(const model::FiledWorry& worry, const model::WorryFile& file) {
  const auto is_expression = [](const std::string& text) {
    return !text.empty() && !model::parse_quantity(text);
  };
  const auto hits = [&](const auto& common) { return common.hits.contains(worry.id); };
  return !risk::is_plain(worry) || !worry.alerts.empty() || is_expression(worry.option.once) ||
         is_expression(worry.option.takes) || is_expression(worry.option.cuts) ||
         is_acted_upon(worry, file) || is_looked_at(worry, file) ||
         std::any_of(file.common_causes.begin(), file.common_causes.end(), hits);
}

FiledJudgement judge_filed(const model::FiledWorry& worry, const FiledInputs& inputs,
                           chance::Seed seed, Timestamp now) {
  return FiledJudge(worry, inputs, seed, now).run();
}

}  // namespace daytwo::decide
