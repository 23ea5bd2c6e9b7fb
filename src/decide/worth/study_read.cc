#include "decide/worth/study_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "decide/taught.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "decide/worth/read.h"
#include "decide/worth/study.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/teaching.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {
namespace {

using How = model::Teaching::How;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

Error wrong(std::string_view what, std::string_view expected) {
  return make_error(Code::kInvalid, fmt::format("study '{}': expected {}", what, expected));
}

// "2 days", "4h", "$3k": added to the study.
Result<void> read_cost(std::string_view text, const std::string& currency, Study& out) {
  const auto cost = model::parse_quantity(text);
  if (!cost || cost->low != cost->high || cost->low < 0) {
    return fail(wrong(text, "one cost such as 2 person-days, 4h or $3k"));
  }
  if (cost->unit == model::kPersonHours || cost->unit == model::kHoursLost) {
    // "2 days" of work are two person-days, not 48 hours.
    const bool days =
        text.find("day") != std::string_view::npos && text.find("person") == std::string_view::npos;
    out.hours += days ? cost->low / 24 * model::kHoursAPersonDay : cost->low;
    return {};
  }
  if (cost->unit == currency) {
    out.money += cost->low;
    return {};
  }
  return fail(wrong(text, "work, or money in " + currency));
}

// All inputs of something, by the beginning of their ids.
std::vector<std::size_t> inputs_of(const std::string& name, const Reading& reading) {
  std::vector<std::size_t> out;
  const auto& inputs = reading.model.inputs;
  const auto add = [&](const auto& is_meant) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (is_meant(inputs[i].id)) out.push_back(i);
    }
  };
  add([&](const std::string& id) { return id == name; });
  if (!out.empty()) return out;
  add([&](const std::string& id) { return id.starts_with(name + "."); });
  const auto worries = reading.worries_of.find(name);
  if (!out.empty() || worries == reading.worries_of.end()) return out;
  for (const std::string& worry : worries->second) {
    add([&](const std::string& id) { return id.starts_with(worry + "."); });
  }
  return out;
}

// The test of an input: what it looks for is the side of the value at which the choice flips.
Test test_of(const model::Teaching& teaching, const Reading& reading, std::size_t input) {
  Test out{reading.model.inputs[input].mean(), teaching.sensitivity, teaching.specificity};
  for (const Flip& flip : flips_of(reading.model, reading.among)) {
    if (flip.input == input) out.limit = flip.value;
  }
  return out;
}

// REQUIRES: `inputs`.
Result<Finding> finding_of(const std::string& name, const model::Teaching& teaching,
                           const Reading& reading, std::vector<std::size_t> inputs) {
  Finding out{name, std::move(inputs), 0, {}};
  const auto id = [&](std::size_t i) -> const std::string& { return reading.model.inputs[i].id; };
  if (teaching.how == How::kYears) {
    // Logs tell how often.
    std::erase_if(out.inputs, [&](std::size_t i) { return !id(i).ends_with(".events"); });
  }
  if (teaching.how != How::kNarrower && out.inputs.size() != 1) {
    return fail(Code::kInvalid,
                fmt::format("'{}' tells about one number, and '{}' is {}", teaching.text, name,
                            out.inputs.empty() ? "no rate" : "several"));
  }
  const Input& first = reading.model.inputs[out.inputs.front()];
  TRY(out.share, explained(teaching, {first.id, first.draws, first.unit, first.observed_years}));
  if (teaching.how == How::kTest) out.test = test_of(teaching, reading, out.inputs.front());
  return out;
}

Result<std::vector<std::size_t>> some_inputs(const std::string& name, const Reading& reading) {
  std::vector<std::size_t> out = inputs_of(name, reading);
  if (!out.empty()) return out;
  std::vector<std::string> ids;
  for (const Input& input : reading.model.inputs) ids.push_back(input.id);
  const std::string near = nearest_word(name, ids);
  return fail(Code::kNotFound,
              fmt::format("no input '{}'; there are {}{}", name, fmt::join(ids, ", "),
                          near.empty() ? "" : " (did you mean '" + near + "'?)"));
}

// Of the file, what looks at something of the model.
Result<Study> study_of(const model::SharedOption& option, const Reading& reading) {
  Study out;
  out.name = option.id;
  out.hours = option.days ? option.days->mean : 0;
  out.money = option.once ? option.once->mean : 0;
  out.delay_days = option.delay ? option.delay->mean / 24 : out.hours / model::kHoursAPersonDay;
  for (const auto& [name, teaching] : option.narrows) {
    std::vector<std::size_t> inputs = inputs_of(name, reading);
    if (inputs.empty()) continue;
    TRY(Finding finding, finding_of(name, teaching, reading, std::move(inputs)));
    out.findings.push_back(std::move(finding));
  }
  return out;
}

}  // namespace

Result<Study> parse_study(std::string_view text, const Reading& reading) {
  constexpr std::string_view kShape = "'NAME: 2 days, $3k; INPUT by half'";
  const std::size_t colon = text.find(':');
  const std::size_t semicolon = text.find(';');
  if (colon == std::string_view::npos || semicolon == std::string_view::npos || semicolon < colon) {
    return fail(wrong(text, kShape));
  }
  Study out;
  out.name = trimmed(text.substr(0, colon));
  std::string_view costs = text.substr(colon + 1, semicolon - colon - 1);
  while (!trimmed(costs).empty()) {
    const std::size_t comma = std::min(costs.find(','), costs.size());
    TRY_VOID(read_cost(trimmed(costs.substr(0, comma)), reading.model.currency, out));
    costs.remove_prefix(std::min(comma + 1, costs.size()));
  }
  out.delay_days = out.hours / model::kHoursAPersonDay;
  const std::string_view about = trimmed(text.substr(semicolon + 1));
  const std::size_t blank = about.find(' ');
  const std::string name(about.substr(0, blank));
  const std::string who = "study '" + out.name + "'";
  TRY_IN(who, std::vector<std::size_t> inputs, some_inputs(name, reading));
  if (blank == std::string_view::npos) return fail(wrong(text, kShape));
  TRY_IN(who, const model::Teaching teaching, model::parse_teaching(about.substr(blank)));
  TRY_IN(who, Finding finding, finding_of(name, teaching, reading, std::move(inputs)));
  out.findings.push_back(std::move(finding));
  return out;
}

FiledStudies filed_studies(const model::WorryFile& file, const Reading& reading) {
  FiledStudies out;
  const std::string& currency = reading.model.currency;
  for (const model::SharedOption& option : file.options) {
    if (option.narrows.empty()) continue;
    auto study = study_of(option, reading);
    if (!study) {
      out.notes.push_back(fmt::format("study '{}' is left out: {}", option.id, study.error().text));
    } else if (option.once && option.once->unit != currency) {
      out.notes.push_back(fmt::format("study '{}' is left out: it is paid in {}, not {}", option.id,
                                      option.once->unit, currency));
    } else if (!study->findings.empty()) {
      out.studies.push_back(*std::move(study));
    }
  }
  return out;
}

}  // namespace daytwo::decide::worth
