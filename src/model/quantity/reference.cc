#include "model/quantity/reference.h"

#include <fmt/core.h>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/quantity/evaluate.h"
#include "model/quantity/functions.h"
#include "model/quantity/unit.h"

namespace daytwo::model::quantity {
namespace {

constexpr std::array kProductions = {
    Production{"program", "[ statement ], { ( \";\" | new line ), [ statement ] }",
               "rate = 3 a year; size = $5k to $50k; compound(rate, size)"},
    Production{"statement", "definition | correlation | worry | expression", "2h to 8h * $12k/h"},
    Production{"definition", "name, \"=\", expression", "outage = 2h to 8h; 2 * outage"},
    Production{"correlation", "\"correlate\", \"(\", name, \",\", name, \",\", number, \")\"",
               "a = 1h to 2h; b = 1h to 4h; correlate(a, b, 0.6); a + b"},
    Production{"worry", "frequency, [ \"that\", text ], \",\", range, { \",\", extra }",
               "30% a year that payments is down, $25k to $2.5M, at most once"},
    Production{"expression", "term, { ( \"+\" | \"-\" ), term }", "$40k + $5k to $9k - $1k"},
    Production{"term", "factor, { ( \"*\" | \"/\" ), factor }", "2h to 8h * $12k / 1 h"},
    Production{"factor", "\"-\", factor | primary, [ \"^\", factor ]", "-(3 h)^2 / 1 h"},
    Production{"primary",
               "range | frequency | evidence | call | list | unit | name | \"(\", "
               "expression, \")\"",
               "(1 + 2) * h"},
    Production{"range",
               "[ confidence ], [ \"between\" ], amount, [ ( \"to\" | \"and\" ), amount ], "
               "[ confidence ], [ [ \",\" ], \"likely\", amount ], [ [ \",\" ], \"never above\", "
               "amount ]",
               "$10k to $250k, likely $40k, never above $1M"},
    Production{"confidence", "\"(\", number, \"%\", \")\" | number, \"%\", [ \":\" ]",
               "(80%) 2 to 6"},
    Production{"amount",
               "[ \"-\" ], ( currency, number, [ thousands ] | number, [ thousands ], "
               "[ \"%\" | currency | unit ] ), { rate }",
               "$12k/h"},
    Production{"thousands",
               "\"k\" | \"thousand\" | \"M\" | \"mn\" | \"million\" | \"B\" | \"bn\" | "
               "\"billion\" | \"T\" | \"tn\" | \"trillion\"",
               "€2.5M"},
    Production{"rate",
               "\"/\", ( unit | currency ) | ( \"a\" | \"an\" | \"per\" | \"each\" ), "
               "[ number ], unit",
               "$3 per 1000 requests"},
    Production{"frequency", "chance | rate of events | trials | spoken, [ \"at most once\" ]",
               "30% a year at most once"},
    Production{"chance", "number, \"%\", [ \"to\", number, \"%\" ], [ \"chance\" ], period",
               "10% to 50% a quarter"},
    Production{"rate of events", "number, [ \"to\", number ], [ \"times\" | \"events\" ], period",
               "0.5 to 4 a year"},
    Production{"trials", "number, ( \"in\" | \"of\" ), number, ( unit | word )", "1 in 20 deploys"},
    Production{"spoken", "( \"once\" | \"twice\" | \"every\" ), [ \"in\" | \"every\" ], period",
               "once in 5 years"},
    Production{"period",
               "( \"a\" | \"per\" | \"each\" | \"every\" | \"in\" | \"/\" ), "
               "[ number ], ( unit of time | word ) | \"yearly\" | \"monthly\" | "
               "\"weekly\" | \"daily\"",
               "2 per 1000 h"},
    Production{"evidence", "number, ( \"in\" | \"of\" ), number, [ unit of time ]",
               "update(beta(1, 9), 7 of 60)"},
    Production{"call", "function, \"(\", [ argument, { \",\", argument } ], \")\"",
               "pert(10k, 40k, 250k)"},
    Production{"argument", "[ name, \"=\" ], expression", "metalog(20, 50, 140, confidence=80%)"},
    Production{"list", "\"[\", [ expression, { \",\", expression } ], \"]\"",
               "empirical([120k, 300k, 90k])"},
    Production{"unit", "one of the words below", "3 days + 12 h"},
    Production{"currency", "\"$\" | \"€\" | \"£\" | \"USD\" | \"EUR\" | \"GBP\" | \"CHF\" | ...",
               "£100 * 1.17 EUR/GBP"},
    Production{"name", "letter, { letter | digit | \"_\" }",
               "revenue_lost = $5k/h * 3 h; revenue_lost"},
    Production{"number",
               "digits, with \",\" or \"_\" between thousands outside brackets, \".\", "
               "\"e\"",
               "25,000 + 1_000.5 + 1e3"},
};

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

// Parameters as a person would write the call.
std::string call_of(const Function& function) {
  std::string out = std::string(function.name) + "(";
  bool first = true;
  for (const std::string_view word : split(function.parameters, ' ')) {
    if (!first) out += ", ";
    first = false;
    const bool optional = word.ends_with('?');
    out += optional ? "[" + std::string(word.substr(0, word.size() - 1)) + "]" : std::string(word);
  }
  return out + ")";
}

// Six digits: no instruction set moves those.
std::string shown(double value) { return fmt::format("{:.6g}", value); }

// What the example is worth, by closed form and the exact engine alone: what was drawn has no
// figure here, since a digit of it says nothing.
std::string worth(std::string_view example) {
  const auto read = evaluate(example, {.samples = kLeastSamples, .cells = 1U << 16U});
  if (!read) return read.error().text;
  const Answer& answer = read->answers.back();
  const bool share = answer.unit == kShare;
  const std::string unit = share ? " %" : answer.unit.empty() ? "" : " " + answer.unit;
  const double scale = share ? 100 : 1;
  if (answer.method == "Monte Carlo") return "drawn" + unit;
  if (answer.value) return shown(*answer.value * scale) + unit;
  return shown(answer.p05.value_or(0) * scale) + " to " + shown(answer.p95.value_or(0) * scale) +
         unit;
}

void add_grammar(std::string& out) {
  out += "```ebnf\n";
  for (const Production& each : kProductions) {
    out += std::string(each.name) + " = " + std::string(each.is) + " ;\n";
  }
  out += "```\n\n| production | example | 90 % interval, or value |\n|---|---|---|\n";
  for (const Production& each : kProductions) {
    out += "| " + std::string(each.name) + " | `" + cell(each.example) + "` | " +
           worth(each.example) + " |\n";
  }
}

void add_functions(std::string& out) {
  for (const FunctionGroup& group : function_groups()) {
    out += "\n### " + std::string(group.title) +
           "\n\n| function | what it is | example | 90 % interval, or value |\n|---|---|---|---|\n";
    for (const Function& each : group.functions) {
      out += "| `" + call_of(each) + "` | " + std::string(each.says) + " | `" + cell(each.example) +
             "` | " + worth(each.example) + " |\n";
    }
  }
}

}  // namespace

std::span<const Production> productions() { return kProductions; }

std::string to_reference() {
  std::string out =
      R"(# Quantities

Written from the code by `UPDATE=1 build/debug/tests/model_test --gtest_filter='Reference.*'`;
do not edit. One language for amounts: worries, stakes, files, `daytwo calc`. How a range becomes a
distribution and what the answer means: [estimates](../concepts/estimates.md).

## Grammar

The notation is ISO/IEC 14977. Words are read without regard to case, but for `m` (minutes) and `M`
(million). A hyphen between words subtracts, except in `person-days`. `#` begins a comment. `*` and
`/` bind before `+` and `-`, `^` before both, a range before all: `2 to 6 * 3` is `(2 to 6) * 3`.

)";
  add_grammar(out);
  out += R"(
- A range is a 90 % interval unless it says otherwise. Both ends above 0: lognormal; a range of
  shares: beta; an end at or below 0: normal; with a likely value: PERT; `never above` is a cap.
- `30% a year` is the chance of at least one event in a year: the rate -ln(0.7) a year. A range of
  rates is a gamma distribution.
- The same name is the same quantity: `x - x` is 0. What is written twice is two quantities.
- `values[]` is a list, `[1, 2, 3]`. Its brackets may be left out; what follows is then named.
- Ends, parameters and limits without a unit take the unit of the others: `$10k to 250k`.

## Units

Hours times dollars an hour are dollars; dollars and hours do not add; two currencies do not add
before a rate (`1.08 USD/EUR`) turns one into the other. A year has 8,766 hours, a month a
twelfth of that, a person-day 8 person-hours. A result is shown in the words it was written in.

)";
  out += unit_table();
  out += R"(
Any other word may stand where trials are counted: `1 in 20 restores`.

## Functions

Arguments in `[ ]` may be left out; `name=` gives one out of its place. Parameters of
distributions are numbers, never uncertain themselves.
)";
  add_functions(out);
  out += R"(
## Answers

`daytwo calc --output=json` prints for each statement that defines nothing `value` for a number, or
`mean`, `sd`, `p05`, `p25`, `p50`, `p75`, `p95`, `p99`, all in `unit`; `error`, the standard error
of what was drawn; `method`; and in `understood` what was made of each range: its law, mean,
median, p99, the coverage that was `asked` and `achieved`. An infinite mean is `null`, and `notes`
say what would end it. The seed is in the answer: the same seed, the same bits.

## Limits

16 KiB of text, 50 brackets deep, 2,000 parts, 10 million draws; a rate in a loss up to
100,000 a year.
)";
  return out;
}

}  // namespace daytwo::model::quantity
