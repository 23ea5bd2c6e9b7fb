// daytwo export rules FILE...: objectives as rule files of Prometheus.
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "model/rule_file.h"
#include "model/service.h"
#include "model/spec/spec.h"
#include "orient/export_rules.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxSpecBytes = 4U << 20U;
constexpr std::size_t kMaxFiles = 1000;

// Errors: kInvalid, naming the option.
Result<orient::ExportOptions> options_of(const Arguments& arguments) {
  if (const std::string form = arguments.get("--as"); form != "sloth") {
    return fail(Code::kInvalid, fmt::format("--as: '{}' is not written; sloth is", to_utf8(form)));
  }
  orient::ExportOptions out;
  out.generator_version = arguments.get("--generator-version");
  for (const std::string& text : arguments.all("--extra-label")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(Code::kInvalid,
                  fmt::format("--extra-label: '{}' is not NAME=VALUE", to_utf8(text)));
    }
    out.extra_labels.insert_or_assign(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

Result<std::string> rules_of(World& world, const Arguments& arguments) {
  TRY(const auto options, options_of(arguments));
  std::vector<model::CatalogFile> files;
  for (const std::string& path : arguments.positional) {
    TRY(auto text, world.files.read(path, kMaxSpecBytes));
    files.push_back({path, std::move(text)});
  }
  TRY(const auto specs, model::read_specs(files, std::nullopt));
  TRY(const auto groups, orient::export_as_sloth(specs, options));
  std::string yaml = model::to_rule_yaml(groups);
  // What is printed reads: a label may be given that is none.
  TRY(const auto read, model::parse_rule_file(yaml, "the rules made of it"));
  static_cast<void>(read);
  return yaml;
}

int run(World& world, const Arguments& arguments) {
  const auto yaml = rules_of(world, arguments);
  if (!yaml) return print_error(yaml.error());
  fmt::print("{}", *yaml);
  fmt::print(
      stderr,
      "The period is a mean of ratios, as Sloth writes it: an hour without traffic weighs as "
      "much as one under load. daytwo itself counts sums.\n");
  return kGood;
}

}  // namespace

Command export_rules_command() {
  return {{"export", "rules"},
          "FILE...",
          1,
          kMaxFiles,
          "Print objectives as recording and alerting rules of Prometheus, as Sloth generates "
          "them. FILE is a catalog of daytwo, or of Sloth, Pyrra or OpenSLO.",
          {"daytwo export rules services/shop.yml > rules.yml",
           "daytwo export rules sloth.yml --extra-label team=shop"},
          {{"--as", "FORM", "sloth", "how the rules look: sloth", "Options"},
           {"--extra-label", "NAME=VALUE", "", "put this label on every recording rule", "Options",
            true},
           {"--generator-version", "TEXT", "daytwo", "the label sloth_version", "Options"}},
          run};
}

}  // namespace daytwo::app
