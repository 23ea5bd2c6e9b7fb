// daytwo calc: what an expression of quantities is worth.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "app/command.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/result.h"
#include "base/text.h"
#include "model/json.h"
#include "model/quantity/evaluate.h"
#include "model/quantity/unit.h"
#include "model/tokens.h"

namespace daytwo::app {
namespace {

namespace quantity = model::quantity;

// The same expression has the same answer, to the last digit, wherever it is asked.
constexpr const char* kSeed = "20261122";

// Five significant digits and the unit: "404,001 USD" is not used, the unit has a column.
std::string figure(const std::optional<double>& value) {
  if (!value) return "";
  if (*value == 0) return "0";
  const double size = std::abs(*value);
  if (size >= 1e12 || size < 1e-4) return fmt::format("{:.4e}", *value);
  const int decimals = std::max(0, 4 - static_cast<int>(std::floor(std::log10(size))));
  std::string out = fmt::format("{:.{}f}", *value, decimals);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
  }
  return out;
}

Table table_of(const quantity::Evaluation& evaluation, bool exact) {
  const auto cell = [&](const std::optional<double>& value) {
    return exact && value ? format_double(*value) : figure(value);
  };
  Table table{{"quantity", "unit", "value", "mean", "sd", "p05", "p25", "p50", "p75", "p95", "p99",
               "error", "method"},
              {},
              0};
  for (const quantity::Answer& each : evaluation.answers) {
    table.rows.push_back({each.name.empty() ? each.expression : each.name, each.unit,
                          cell(each.value), cell(each.mean), cell(each.sd), cell(each.p05),
                          cell(each.p25), cell(each.p50), cell(each.p75), cell(each.p95),
                          cell(each.p99), cell(each.error), each.method});
  }
  return table;
}

void print_line(std::string_view name, const std::string& text) {
  fmt::print("{:<11}{}\n", name, text);
}

// "5.9 to 18.2 %", "12 USD", "0.36/year": figures in the order in which they are given.
std::string with_unit(std::initializer_list<std::optional<double>> values, std::string_view unit) {
  const bool share = unit == model::kShare;
  std::string number;
  for (const std::optional<double>& value : values) {
    if (!number.empty()) number += " to ";
    number += figure(share && value ? std::optional(*value * 100) : value);
  }
  if (share) return number + " %";
  if (unit.empty()) return number;
  return unit.starts_with("1/") ? number + std::string(unit.substr(1))
                                : fmt::format("{} {}", number, unit);
}

void print_answer(const quantity::Answer& answer) {
  const auto line = [&](std::string_view name, const std::optional<double>& value) {
    if (value) print_line(name, with_unit({value}, answer.unit));
  };
  fmt::print("{}{}\n", answer.name.empty() ? "" : answer.name + " = ", answer.expression);
  line("value", answer.value);
  line("mean", answer.mean);
  line("sd", answer.sd);
  if (answer.p05) {
    print_line("90 %", with_unit({answer.p05, answer.p95}, answer.unit));
    print_line("50 %", with_unit({answer.p25, answer.p75}, answer.unit));
  }
  line("median", answer.p50);
  line("1 in 100", answer.p99);
  line("error", answer.error);
  print_line("method", answer.method);
  for (const std::string& note : answer.notes) print_line("note", note);
}

void print_understood(const quantity::Understood& each) {
  const auto with = [&](double value) { return with_unit({value}, each.unit); };
  std::string text =
      fmt::format("{}: {}; mean {}, median {}, 1 in 100 above {}", each.text, each.law,
                  each.mean ? with(*each.mean) : "infinite", with(each.median), with(each.p99));
  if (each.asked && each.achieved) {
    text += fmt::format("; holds {} % of {} % asked", figure(*each.achieved * 100),
                        figure(*each.asked * 100));
  }
  print_line("understood", text);
  if (!each.note.empty()) print_line("note", each.note);
}

Result<quantity::Evaluation> evaluated(World& world, const Arguments& arguments) {
  quantity::EvaluationOptions options;
  TRY(options.samples,
      arguments.whole_number("--samples", quantity::kLeastSamples, quantity::kMostSamples));
  TRY(options.seed.value, arguments.whole_number("--seed", 0, ~std::uint64_t{0}));
  std::string text = arguments.sentence();
  if (arguments.has("--file")) {
    const std::string path = arguments.get("--file");
    TRY_IN(path, const std::string program, world.files.read(path, model::kMaxProgramBytes + 1));
    text = text.empty() ? program : program + "\n" + text;
  }
  return quantity::evaluate(text, options);
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto evaluation = evaluated(world, arguments);
  if (!evaluation) return print_error(evaluation.error());
  if (*output != Output::kTable) {
    print(*output, table_of(*evaluation, true), model::to_json(*evaluation));
    return kGood;
  }
  for (const quantity::Answer& answer : evaluation->answers) print_answer(answer);
  for (const quantity::Understood& each : evaluation->understood) print_understood(each);
  print_line("seed",
             evaluation->samples == 0
                 ? fmt::format("{}, not needed: nothing was drawn", evaluation->seed.value)
                 : fmt::format("{}, {} draws", evaluation->seed.value, evaluation->samples));
  return kGood;
}

}  // namespace

Command calc_command() {
  return {{"calc"},
          "[EXPRESSION...]",
          0,
          200,
          "Work out quantities as people write them: ranges, rates, units, losses, the worth of "
          "knowing. Needs no server.",
          {"daytwo calc '2h to 8h * $12k/h'",
           "daytwo calc 'loss = compound(30% a year, $25k to $2.5M); exceed(loss, $1M)'",
           "daytwo calc '1 in 20 deploys * 400 deploys a year * $2k to $20k'",
           "daytwo calc --output=json 'update(gamma(2, 4 years), 3 in 2.5 years)'"},
          {{"--file", "FILE", "", "read the expression, or definitions before it, from a file"},
           {"--samples", "N", "100000", "draws where no closed form exists: more, less error"},
           {"--seed", "N", kSeed, "where the draws begin; the same seed, the same answer"},
           output_option()},
          run};
}

}  // namespace daytwo::app
