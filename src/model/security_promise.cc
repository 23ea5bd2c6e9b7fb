#include "model/security_promise.h"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "model/objective.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

constexpr std::array<std::string_view, 2> kCovered = {"exploited", "running"};
constexpr std::array<std::string_view, 2> kCounted = {"publication", "sight"};

// The place of the word under `key` in `words`, 0 without one.
std::size_t read_word(YamlMap& map, std::string_view key,
                      const std::array<std::string_view, 2>& words, Diagnostics& problems) {
  const auto node = map.node(key);
  if (!node) return 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (node->text() == words[i]) return i;
  }
  const std::vector<std::string> known(words.begin(), words.end());
  problems.push_back(node->problem(
      fmt::format("'{}' is nothing that `{}` can say", node->text(), key),
      fmt::format("{} or {}", words[0], words[1]), nearest_word(node->text(), known)));
  return 0;
}

// "21 days", where a duration would say weeks.
std::string span_words(Duration span) {
  const bool whole = span.ms % days(1).ms == 0;
  return whole ? counted(static_cast<std::size_t>(span.ms / days(1).ms), "day", "days")
               : to_words(span);
}

}  // namespace

double SecurityPromise::allowed() const {
  return static_cast<double>(kBillion - target_ppb) / static_cast<double>(kBillion);
}

std::string_view to_words(Covered covers) {
  return covers == Covered::kExploited ? "known to be exploited" : "loaded by what runs";
}

std::string to_words(const SecurityPromise& promise) {
  const bool exploited = promise.covers == Covered::kExploited;
  return fmt::format("{}: {} % of exposure-days within {} of {}, over {}", to_words(promise.covers),
                     target_words(promise.target_ppb), span_words(promise.due),
                     promise.counted == CountedFrom::kSight ? "first sight"
                     : exploited                            ? "known exploitation"
                                                            : "publication",
                     span_words(promise.window));
}

SecurityPromise read_security_promise(const YamlNode& node, const ServiceId& service,
                                      Diagnostics& problems) {
  YamlMap map(node, problems);
  SecurityPromise out;
  out.service = service;
  out.name = map.required_text("name");
  out.covers = static_cast<Covered>(read_word(map, "covers", kCovered, problems));
  out.counted = static_cast<CountedFrom>(read_word(map, "counted", kCounted, problems));
  out.due = map.duration("due").value_or(out.due);
  if (out.due < hours(1) || out.due > days(366)) {
    problems.push_back(node.problem("what is due lies between 1h and 366d", "due: 21d"));
    out.due = days(21);
  }
  if (const auto target = map.node("target")) {
    const auto ppb = parse_target(target->text());
    if (ppb) {
      out.target_ppb = *ppb;
    } else {
      problems.push_back(target->problem(ppb.error().text, "a percentage such as 99"));
    }
  } else {
    problems.push_back(node.problem("a promise needs a target", "target: 99"));
  }
  out.window = map.duration("window").value_or(out.window);
  if (out.window < days(1) || out.window > days(366)) {
    problems.push_back(node.problem("a window lies between 1d and 366d", "window: 90d"));
    out.window = days(90);
  }
  for (const YamlNode& each : map.list("contracts")) {
    out.contracts.push_back(read_contract(each, problems));
  }
  map.finish();
  return out;
}

}  // namespace daytwo::model
