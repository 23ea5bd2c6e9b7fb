#include "model/field.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/seed.h"
#include "model/amount.h"
#include "model/quantity/evaluate.h"
#include "model/quantity/unit.h"
#include "model/sentence.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

constexpr std::size_t kReadingWorlds = 16'384;
constexpr std::size_t kSlices = 256;
constexpr chance::Seed kReadingSeed{1};
constexpr double kHoursOfAYear = kDaysPerYear * 24;
// Characters of one bare number, and of a bare range of them.
constexpr std::string_view kNumber = "0123456789.-";
constexpr std::string_view kNumbers = "0123456789.- to";

std::string_view example(Measure measure) {
  switch (measure) {
    case Measure::kMoney:
    case Measure::kLossInMoney:
      return "money such as $40k";
    case Measure::kMoneyAYear:
      return "money such as $40k, or $3k a month";
    case Measure::kWork:
      return "work such as 2 to 5 person-days";
    case Measure::kDuration:
      return "time such as 20m to 4h";
    case Measure::kShare:
      return "a share such as 60% to 90%";
    case Measure::kLoss:
      return "a loss such as $20k to $300k, 2h to 8h, 2k to 60k records";
    case Measure::kRate:
      return "how often, such as 30% a year or 2 to 6 a year";
    case Measure::kAny:
      break;
  }
  return "an amount such as $40k";
}

// How a unit of the language is called in a file, and what its base measures are times.
struct Called {
  std::string unit;
  double factor = 1;
};

std::optional<Called> called(const Unit& unit) {
  if (const auto code = unit.currency()) return Called{*code};
  if (unit.plain()) return Called{std::string(kProbability)};
  const Unit hour = Unit::of(*find_unit_word("h"));
  if (unit.same(hour)) return Called{std::string(kHoursLost)};
  if (unit.times(hour).plain()) return Called{std::string(kAYear), kHoursOfAYear};
  if (const auto code = unit.times(hour).currency()) return Called{*code, kHoursOfAYear};
  for (const auto& [word, name] :
       {std::pair("person-hour", kPersonHours), std::pair("record", kRecordsExposed),
        std::pair("incident", kIncidents), std::pair("request", kFailedRequests)}) {
    if (unit.same(Unit::of(*find_unit_word(word)))) return Called{std::string(name)};
  }
  if (unit.times(Unit::of_thing("deploy")).plain()) return Called{"per deploy"};
  return std::nullopt;
}

bool has_unit(Measure measure, const std::string& unit, bool by_time) {
  const bool money = unit.size() == 3;
  switch (measure) {
    case Measure::kMoney:
    case Measure::kLossInMoney:
      return money && !by_time;
    case Measure::kMoneyAYear:
      return money;
    case Measure::kWork:
      return unit == kPersonHours || unit == kHoursLost;
    case Measure::kDuration:
      return unit == kHoursLost;
    case Measure::kShare:
      return unit == kProbability;
    case Measure::kLoss:
      return !by_time && unit != kProbability && unit != kAYear && unit != "per deploy";
    case Measure::kRate:
      return unit == kAYear || unit == "per deploy";
    case Measure::kAny:
      return true;
  }
  return false;
}

// What the numbers of a measure must keep; nothing when they do.
std::string broken_bound(Measure measure, double least, double most) {
  switch (measure) {
    case Measure::kWork:
      return least < 0 ? "days of work are not below 0" : "";
    case Measure::kShare:
      return least < 0 || most > 1 ? "a share lies between 0 and 1" : "";
    case Measure::kDuration:
      return least <= 0 ? "a duration is above 0" : "";
    case Measure::kLoss:
    case Measure::kLossInMoney:
      return least < 0 ? "a loss is not below 0: a gain is an option's worth" : "";
    case Measure::kRate:
      return least < 0 ? "a rate is not below 0" : "";
    case Measure::kMoney:
    case Measure::kMoneyAYear:
    case Measure::kAny:
      break;
  }
  return {};
}

Error wrong(std::string_view text, std::string problem, Measure measure) {
  return make_error(
      Diagnostics{program_problem(text, 1, std::move(problem), std::string(example(measure)))});
}

// Problems of a program, told at their place in the text that stands below `lines` definitions.
Error below(Error error, int lines, int columns = 0) {
  for (Diagnostic& each : error.diagnostics) {
    if (each.line > 0) each.line = std::max(1, each.line - lines);
    if (each.column > 0) each.column = std::max(1, each.column - columns);
  }
  return error;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  const auto tokens = read_tokens(text, TokenRules::kProgram);
  if (!tokens) return out;
  for (const Token& token : *tokens) {
    if (token.kind == TokenKind::kWord) out.push_back(token.text);
  }
  return out;
}

// A range in the language of sentences: what a field may be without any arithmetic.
Result<Field> read_range(std::string_view text, Measure measure) {
  TRY(const Quantity quantity, parse_quantity(text));
  if (!has_unit(measure, quantity.unit, false)) {
    return fail(wrong(text, "'" + std::string(text) + "' is in the wrong unit", measure));
  }
  if (std::string why = broken_bound(measure, quantity.low, quantity.high); !why.empty()) {
    return fail(wrong(text, std::move(why), measure));
  }
  auto fit = quantity.fit();
  if (!fit) return fail(wrong(text, fit.error().text, measure));
  Field out;
  out.text = out.program = text;
  out.unit = quantity.unit;
  out.law = std::move(fit->distribution);
  out.closed = true;
  out.low = quantity.low;
  out.high = quantity.high;
  out.mean = out.law.mean();
  return out;
}

// Anything else of the language.
Result<Field> read_program(std::string_view text, Measure measure, const Definitions& names) {
  auto [program, lines, uses] = names.needed(text);
  auto worlds = quantity::worlds_of(
      program, {.worlds = kReadingWorlds, .named = kReadingSeed, .own = kReadingSeed});
  if (!worlds) return fail(below(std::move(worlds).error(), lines));
  const auto of = called(worlds->unit);
  const bool by_time = of && of->unit.size() == 3 && of->factor != 1;
  if (!of || !has_unit(measure, of->unit, by_time)) {
    return fail(wrong(
        text,
        "'" + std::string(text) + "' is " + worlds->unit.words() + ", which is the wrong unit here",
        measure));
  }
  Field out;
  out.text = text;
  out.program = std::move(program);
  out.unit = of->unit;
  out.factor = of->factor;
  out.uses = std::move(uses);
  for (double& each : worlds->draws) each *= of->factor;
  const auto [least, most] = std::minmax_element(worlds->draws.begin(), worlds->draws.end());
  if (std::string why = broken_bound(measure, *least, *most); !why.empty()) {
    return fail(wrong(text, std::move(why), measure));
  }
  const std::optional<chance::Distribution>& law = worlds->law;
  const bool scales = of->factor == 1 || (law && chance::scalable(*law));
  if (law && law->is_point()) {
    out.law = chance::point(*least);
    out.closed = true;
  } else if (law && scales) {
    out.law = of->factor == 1 ? *law : chance::scaled(*law, of->factor);
    out.closed = true;
  } else {
    out.law = in_slices(std::move(worlds->draws), kSlices);
  }
  const chance::Estimate estimate = out.law.estimate();
  out.low = estimate.p05;
  out.high = estimate.p95;
  out.mean = estimate.mean;
  return out;
}

// Whether somebody meant more than a range: an operator, a function, a name.
bool is_program(std::string_view text, const Definitions& names) {
  if (text.find_first_of("*/+^()[];=\n") != std::string_view::npos) return true;
  const std::vector<std::string> known = names.names();
  const std::vector<std::string> words = words_of(text);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(known.begin(), known.end(), word) != known.end();
  });
}

}  // namespace

tl::expected<void, Definitions::Refusal> Definitions::add(const std::string& name,
                                                          const std::string& text) {
  const auto refuse = [](Error error, bool in_name) {
    return tl::unexpected<Refusal>(Refusal{std::move(error), in_name});
  };
  const bool letters = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!letters || (name[0] >= '0' && name[0] <= '9')) {
    return refuse(make_error(Code::kInvalid, "'" + name +
                                                 "' is no name of a quantity: small letters, "
                                                 "digits and '_', a letter first"),
                  true);
  }
  for (const Entry& entry : entries_) {
    if (entry.name != name) continue;
    return refuse(make_error(Code::kInvalid, "quantity '" + name + "' is named twice"), true);
  }
  if (auto alone = quantity::worlds_of(name + " = 1", {.worlds = 1'000}); !alone) {
    const auto& problems = alone.error().diagnostics;
    return refuse(
        make_error(Code::kInvalid, problems.empty() ? alone.error().text : problems.front().text),
        true);
  }
  const Needed all = needed(text);
  if (auto worlds = quantity::worlds_of(all.program, {.worlds = 1'000}); !worlds) {
    return refuse(below(std::move(worlds).error(), all.lines), false);
  }
  entries_.push_back({name, text, words_of(text)});
  return {};
}

Definitions::Needed Definitions::needed(std::string_view text) const {
  std::vector<std::string> words = words_of(text);
  std::vector<const Entry*> used;
  for (std::size_t i = entries_.size(); i-- > 0;) {
    const Entry& entry = entries_[i];
    if (std::find(words.begin(), words.end(), entry.name) == words.end()) continue;
    used.push_back(&entry);
    words.insert(words.end(), entry.words.begin(), entry.words.end());
  }
  Needed out;
  for (std::size_t i = used.size(); i-- > 0;) {
    out.names.push_back(used[i]->name);
    out.program += used[i]->name + " = " + used[i]->text + "\n";
    out.lines += 1 + static_cast<int>(std::count(used[i]->text.begin(), used[i]->text.end(), '\n'));
  }
  out.program += text;
  return out;
}

std::vector<std::string> Definitions::names() const {
  std::vector<std::string> out;
  out.reserve(entries_.size());
  for (const Entry& entry : entries_) out.push_back(entry.name);
  return out;
}

Result<std::vector<double>> Field::draws(const quantity::WorldsOptions& options) const {
  TRY(quantity::Worlds drawn, quantity::worlds_of(program, options));
  for (double& each : drawn.draws) each *= factor;
  return std::move(drawn.draws);
}

Result<Field> read_field(std::string_view text, Measure measure, const Definitions& names) {
  const bool number = !text.empty() && text.find_first_not_of(kNumber) == std::string_view::npos;
  const bool numbers = text.find_first_not_of(kNumbers) == std::string_view::npos;
  if (measure == Measure::kWork && numbers) {
    auto out = read_field(std::string(text) + " person-days", measure, names);
    if (out) out->text = text;
    return out;
  }
  if (!(number && (measure == Measure::kShare || measure == Measure::kAny)) &&
      measure != Measure::kRate) {
    auto range = read_range(text, measure);
    if (range || is_program(text, names)) {
      return range ? std::move(range) : read_program(text, measure, names);
    }
    auto program = read_program(text, measure, names);  // "$3k a month" is a range of the language
    return program ? std::move(program) : std::move(range);
  }
  return read_program(text, measure, names);
}

Field exact_field(double value, std::string unit) {
  Field out;
  out.text = out.program = format_double(value);
  out.unit = std::move(unit);
  out.law = chance::point(value);
  out.closed = true;
  out.low = out.high = out.mean = value;
  return out;
}

chance::Distribution in_slices(std::vector<double> draws, std::size_t slices) {
  CHECK(slices > 0 && draws.size() % slices == 0, "slices divide the draws");
  std::sort(draws.begin(), draws.end());
  const std::size_t each = draws.size() / slices;
  std::vector<double> means;
  for (std::size_t i = 0; i < slices; ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < each; ++k) sum += draws[i * each + k];
    means.push_back(sum / static_cast<double>(each));
  }
  auto out = chance::empirical(means);
  CHECK(out.has_value(), "finite draws make an empirical distribution");
  return *std::move(out);
}

}  // namespace daytwo::model
