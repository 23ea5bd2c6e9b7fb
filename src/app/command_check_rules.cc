// daytwo check rules FILE...
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>

#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "model/rule_file.h"
#include "orient/rule_check.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxRuleBytes = 16U << 20U;
constexpr std::size_t kMaxFiles = 1000;

// How many rules the file holds. Errors: kInvalid with every problem at its place.
Result<std::size_t> check_file(World& world, const std::string& path) {
  TRY(const auto text, world.files.read(path, kMaxRuleBytes));
  TRY(const auto groups, model::parse_rule_file(text, path));
  Diagnostics problems = orient::check_rules(groups);
  if (!problems.empty()) return fail(std::move(problems));
  std::size_t count = 0;
  for (const model::RuleGroup& group : groups) count += group.rules.size();
  return count;
}

int run(World& world, const Arguments& arguments) {
  int code = kGood;
  for (const std::string& path : arguments.positional) {
    const auto count = check_file(world, path);
    if (count) {
      fmt::print("{}: good: {}\n", path, counted(*count, "rule", "rules"));
    } else {
      code = print_error(count.error());
    }
  }
  return code;
}

}  // namespace

Command check_rules_command() {
  return {{"check", "rules"},
          "FILE...",
          1,
          kMaxFiles,
          "Check rule files of Prometheus: keys, names and every query; all problems, with line "
          "and column.",
          {"daytwo check rules rules.yml", "daytwo check rules rules/*.yml"},
          {},
          run};
}

}  // namespace daytwo::app
