#include "model/quantity/evaluate.h"

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/fit.h"
#include "model/quantity/expression.h"
#include "model/quantity/functions.h"
#include "model/quantity/measure.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"
#include "model/sentence.h"

namespace daytwo::model::quantity {
namespace {

// Evaluates the nodes in their order: children stand before parents, definitions before uses.
class Evaluator {
 public:
  Evaluator(const Program& program, const EvaluationOptions& options)
      : workshop_{program, options, Plan(options.samples, options.seed), {}, {}} {}
  Evaluator(const Program& program, const EvaluationOptions& options, const WorldsOptions& worlds)
      : workshop_{program, options, Plan(worlds.worlds, worlds.own, Drawing::kStratified), {}, {}},
        worlds_(worlds) {}

  Result<Evaluation> run() {
    TRY_VOID(work_out_all());
    const Program& program = workshop_.program;
    Evaluation out;
    out.program = program.to_string();
    out.seed = workshop_.plan.seed();
    for (std::size_t i = 0; i < program.statements.size(); ++i) {
      const Statement& statement = program.statements[i];
      const bool last = i + 1 == program.statements.size();
      const bool shown =
          statement.name.empty() ? !is_correlate(statement.node) : last && out.answers.empty();
      if (!shown) continue;
      TRY(Answer answer, answer_of(statement));
      for (const std::string& note : workshop_.notes) answer.notes.push_back(note);
      if (answer.method == kDrawn) out.samples = workshop_.plan.samples();
      out.answers.push_back(std::move(answer));
    }
    if (out.answers.empty()) {
      return fail({program.problem(program.statements.back().node, "nothing to show",
                                   "an expression after the definitions")});
    }
    out.understood = std::move(workshop_.understood);
    return out;
  }

  Result<Worlds> draw() {
    TRY_VOID(work_out_all());
    const Statement& last = workshop_.program.statements.back();
    const Value& value = workshop_.values[last.node];
    Worlds out;
    out.unit = value.unit;
    if (value.is_list || is_correlate(last.node)) {
      return fail({workshop_.program.problem(last.node, "no quantity", "an amount or a range")});
    }
    if (value.number) {
      out.law = chance::point(*value.number);
      out.draws.assign(workshop_.plan.samples(), *value.number);
      return out;
    }
    if (value.endless_mean) {
      return fail({workshop_.program.problem(last.node, endless_words(workshop_.plan, value))});
    }
    if (value.law) out.law = value.law->as_distribution();
    TRY(const auto draws, told(workshop_.plan.draws(value.step)));
    out.draws.assign(draws.begin(), draws.end());
    return out;
  }

 private:
  // Values of all nodes; what is stated between them is settled on the way.
  Result<void> work_out_all() {
    const Program& program = workshop_.program;
    std::size_t next = 0;
    for (std::size_t i = 0; i < program.statements.size(); ++i) {
      const Statement& statement = program.statements[i];
      if (worlds_) {
        const bool last = i + 1 == program.statements.size();
        workshop_.plan.begin(last ? worlds_->own : seed_of(*worlds_, statement.name));
      }
      for (; next <= statement.node; ++next) TRY_VOID(work_out(next));
      if (!statement.name.empty()) names_[statement.name] = statement.node;
      const bool more =
          i + 1 < program.statements.size() && is_correlate(program.statements[i + 1].node);
      if (is_correlate(statement.node) && !more) {
        TRY_VOID(settle_correlations(workshop_, statement.node));
      }
    }
    return {};
  }

  static chance::Seed seed_of(const WorldsOptions& worlds, const std::string& name) {
    const auto own = worlds.seeds.find(name);
    return own != worlds.seeds.end() ? own->second
                                     : chance::derive(worlds.named, "quantity/" + name);
  }

  static constexpr const char* kDrawn = "Monte Carlo";

  bool is_correlate(std::size_t node) const {
    const Node& each = workshop_.program.nodes[node];
    return each.kind == NodeKind::kCall && each.text == "correlate";
  }

  // Puts a problem without a place under the node that failed.
  Error placed(Error error, std::size_t node, std::string expected = {}) const {
    if (error.diagnostics.empty() && error.code == Code::kInvalid) {
      error.diagnostics.push_back(workshop_.program.problem(node, error.text, std::move(expected)));
    }
    return error;
  }

  Result<void> work_out(std::size_t at) {
    const Node& node = workshop_.program.nodes[at];
    auto value = value_of(node, at);
    if (!value) return fail(placed(std::move(value).error(), at));
    CHECK(workshop_.values.size() == at, "nodes are evaluated in their order");
    if (!std::isfinite(value->number.value_or(0))) {
      return fail(placed(make_error(Code::kInvalid, "a number too large to mean anything"), at));
    }
    workshop_.values.push_back(*std::move(value));
    return {};
  }

  const Value& child(const Node& node, std::size_t i) const {
    return workshop_.values[node.children[i]];
  }

  Result<Value> value_of(const Node& node, std::size_t at) {
    Plan& plan = workshop_.plan;
    switch (node.kind) {
      case NodeKind::kAmount:
        return amount(node, at);
      case NodeKind::kUnit:
        return number_value(plan, node.measured.quantity.low, node.measured.unit);
      case NodeKind::kFrequency:
        return frequency(node, at);
      case NodeKind::kEvidence: {
        Value out = number_value(plan, node.count / node.many, Unit::share());
        out.evidence = {node.count, node.many};
        return out;
      }
      case NodeKind::kName:
        return workshop_.values[names_.at(node.text)];
      case NodeKind::kNegative:
        if (child(node, 0).is_list) return fail(Code::kInvalid, "a list has no sign");
        return negative(plan, child(node, 0), at);
      case NodeKind::kBinary:
        return binary(node, at);
      case NodeKind::kCall:
        return call(node, at);
      case NodeKind::kList: {
        Value out;
        out.is_list = true;
        for (const std::size_t item : node.children) {
          if (workshop_.values[item].is_list) {
            return fail(placed(make_error(Code::kInvalid, "a list in a list"), item));
          }
          out.items.push_back(workshop_.values[item]);
        }
        return out;
      }
    }
    return fail(Code::kInternal, "a node of no kind");
  }

  Result<Value> amount(const Node& node, std::size_t at) {
    const Quantity& quantity = node.measured.quantity;
    if (quantity.low == quantity.high && !quantity.cap) {
      return number_value(workshop_.plan, quantity.low, node.measured.unit);
    }
    TRY(chance::Fit fit, quantity.fit());
    echo(node, at, fit, node.measured.unit);
    if (quantity.high / quantity.low > kWideRatio && fit.distribution.mean() > quantity.high) {
      workshop_.understood.back().note =
          "the mean lies above the upper end: narrow the range or add 'never above'";
    } else if (quantity.low <= 0) {
      workshop_.understood.back().note = "an end at or below 0: taken as normal";
    }
    return law_value(workshop_.plan, std::move(fit.distribution), node.measured.unit, at);
  }

  void echo(const Node& node, std::size_t at, const chance::Fit& fit, const Unit& unit) {
    Understood out;
    out.text = node.text;
    out.law = fit.distribution.to_string();
    const auto [shown, factor] = figure_unit(unit);
    out.unit = shown;
    const double mean = fit.distribution.mean();
    if (std::isfinite(mean)) out.mean = mean / factor;
    out.median = fit.distribution.quantile(.5) / factor;
    out.p99 = fit.distribution.quantile(.99) / factor;
    if (!fit.distribution.is_point()) {
      out.asked = fit.asked;
      out.achieved = fit.achieved;
    }
    workshop_.understood.push_back(std::move(out));
    static_cast<void>(at);
  }

  // A rate of time is events an hour inside, shown a year; one per trial keeps its trial.
  Result<Value> frequency(const Node& node, std::size_t at) {
    const Frequency& written = node.frequency;
    const bool trial = written.kind == Frequency::Kind::kPerTrial;
    TRY(chance::Distribution law, written.events_a_year(trial ? std::optional(1.0) : std::nullopt));
    Unit unit = Unit().over(Unit::of(*find_unit_word("year")));
    double factor = 1 / kHoursPerYear;
    if (trial) {
      const UnitWord* const known = find_unit_word(written.trial);
      unit = Unit().over(known != nullptr ? Unit::of(*known) : Unit::of_thing(written.trial));
      factor = 1;
    }
    if (!law.is_point()) {
      chance::Fit fit{law, 0.9, 0.9};
      echo(node, at, fit, unit);
      // The figures of the echo are already per year.
      Understood& echoed = workshop_.understood.back();
      echoed.asked = echoed.achieved = std::nullopt;
      if (!trial) {
        if (echoed.mean) *echoed.mean *= unit.factor();
        echoed.median *= unit.factor();
        echoed.p99 *= unit.factor();
      }
    }
    if (factor != 1)
      law = law.is_point() ? chance::point(law.quantile(.5) * factor) : chance::scaled(law, factor);
    Value out = law_value(workshop_.plan, std::move(law), std::move(unit), at);
    out.frequency = written;
    if (node.many > 0) {
      out.evidence = {node.count, trial ? node.many : written.years * kHoursPerYear};
    }
    return out;
  }

  Result<Value> binary(const Node& node, std::size_t at) {
    Plan& plan = workshop_.plan;
    const Value& left = child(node, 0);
    const Value& right = child(node, 1);
    const auto operate = [&]() -> Result<Value> {
      if (node.text == "+") return add(plan, left, right, at);
      if (node.text == "-") return subtract(plan, left, right, at);
      if (node.text == "*") return multiply(plan, left, right, at);
      if (node.text == "/") return divide(plan, left, right, at);
      return power(plan, left, right, at);
    };
    auto out = operate();
    if (out) return out;
    const bool money_and_time =
        !left.unit.some_currency().empty() != !right.unit.some_currency().empty();
    const bool sum = node.text == "+" || node.text == "-";
    return fail(placed(std::move(out).error(), node.children[1],
                       sum && money_and_time
                           ? "both in one unit: a price such as $12k/h turns hours into money"
                       : sum ? "both in one unit"
                             : ""));
  }

  Result<Value> call(const Node& node, std::size_t at) {
    const Function* const function = find_function(node.text);
    CHECK(function != nullptr, "the parser lets known functions pass alone");
    Call call(workshop_, *function, at);
    TRY_VOID(call.bind());
    return function->run(call);
  }

  // A draw's problem, under the step that failed.
  template <class T>
  Result<T> told(Result<T> result) {
    if (result || result.error().code != Code::kInvalid || !result.error().diagnostics.empty()) {
      return result;
    }
    const std::size_t node = workshop_.plan.failed_node();
    return fail(placed(std::move(result).error(), node));
  }

  Result<Answer> answer_of(const Statement& statement) {
    Plan& plan = workshop_.plan;
    const Value& value = workshop_.values[statement.node];
    Answer out;
    out.name = statement.name;
    out.expression = workshop_.program.to_string(statement.node);
    const auto [shown, factor] = figure_unit(value.unit);
    out.unit = shown;
    if (value.is_list) {
      return fail({workshop_.program.problem(statement.node, "a list is no quantity",
                                             "a function of it, such as empirical([...])")});
    }
    if (value.number) {
      out.value = *value.number / factor;
      if (value.error) out.error = *value.error / factor;
      out.method = value.sampled ? kDrawn : "exact";
      return out;
    }
    out.method = value.sampled || !value.law ? kDrawn
                 : value.law->is_year()      ? "exact (Fourier transform)"
                                             : "closed form";
    if (value.endless_mean) {
      out.notes.push_back(endless_words(plan, value));
    } else {
      TRY(const Figure mean, told(mean_of(plan, value)));
      out.mean = mean.value / factor;
      if (mean.error) out.error = *mean.error / factor;
      if (auto sd = deviation_of(plan, value)) {
        out.sd = sd->value / factor;
      } else {
        out.notes.push_back(sd.error().text);
      }
    }
    for (const auto& [p, slot] :
         std::initializer_list<std::pair<double, std::optional<double>*>>{{.05, &out.p05},
                                                                          {.25, &out.p25},
                                                                          {.5, &out.p50},
                                                                          {.75, &out.p75},
                                                                          {.95, &out.p95},
                                                                          {.99, &out.p99}}) {
      TRY(const Figure quantile, told(quantile_of(plan, value, p)));
      *slot = quantile.value / factor;
    }
    return out;
  }

  Workshop workshop_;
  std::optional<WorldsOptions> worlds_;
  std::map<std::string, std::size_t> names_;
};

}  // namespace

Result<Evaluation> evaluate(std::string_view text, const EvaluationOptions& options) {
  CHECK(options.samples >= kLeastSamples && options.samples <= kMostSamples,
        "samples within their bounds");
  const std::vector<std::string>& functions = function_names();
  TRY(const Program program, parse_program(text, functions));
  return Evaluator(program, options).run();
}

Result<Worlds> worlds_of(std::string_view text, const WorldsOptions& options) {
  CHECK(options.worlds >= kLeastSamples && options.worlds <= kMostSamples,
        "worlds within their bounds");
  TRY(const Program program, parse_program(text, function_names()));
  return Evaluator(program, EvaluationOptions{.samples = options.worlds, .seed = options.own},
                   options)
      .draw();
}

}  // namespace daytwo::model::quantity
