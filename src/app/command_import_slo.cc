#include "app/command_import_slo.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "model/service.h"
#include "model/spec/spec.h"
#include "orient/adopt.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxSpecBytes = 4U << 20U;

// Nothing = each document says what it is. Errors: kInvalid, naming the forms.
Result<std::optional<model::SpecForm>> form_of(const std::string& name) {
  if (name == "auto") return std::optional<model::SpecForm>();
  const auto form = model::find_spec_form(name);
  if (form && form != model::SpecForm::kDaytwo) return form;
  const std::vector<std::string> known = {"auto", "openslo", "sloth", "pyrra"};
  const std::string nearest = nearest_word(name, known);
  return fail(Code::kInvalid,
              fmt::format("--from: '{}' is none of auto, openslo, sloth and pyrra{}", to_utf8(name),
                          nearest.empty() ? "" : "; did you mean " + nearest + "?"));
}

Result<orient::Adoption> adopt_files(World& world, const Arguments& arguments) {
  TRY(const auto form, form_of(arguments.get("--from")));
  std::vector<model::CatalogFile> files;
  for (auto path = arguments.positional.begin() + 1; path != arguments.positional.end(); ++path) {
    TRY(auto text, world.files.read(*path, kMaxSpecBytes));
    files.push_back({*path, std::move(text)});
  }
  TRY(const auto specs, model::read_specs(files, form));
  return orient::adopt(specs);
}

}  // namespace

int run_import_slo(World& world, const Arguments& arguments) {
  const auto adoption = adopt_files(world, arguments);
  if (!adoption) return print_error(adoption.error());
  const std::string yaml = orient::to_catalog_yaml(adoption->objectives);
  const model::CatalogFile made{"the catalog made of it", yaml};
  // What is printed reads: a name that the other tool takes may be none here.
  if (const auto read = model::load_catalog({&made, 1}); !read) return print_error(read.error());
  fmt::print("{}", yaml);
  for (const Diagnostic& change : adoption->changes) {
    fmt::print(stderr, "{}:{}:{}: {}\n", change.file, change.line, change.column,
               to_utf8(change.text));
  }
  const auto out = static_cast<std::size_t>(
      std::count_if(adoption->objectives.begin(), adoption->objectives.end(),
                    [](const orient::Adopted& each) { return !each.cannot.empty(); }));
  fmt::print(stderr, "{}, {} of them not evaluated. Name the file under services in daytwo.yml\n",
             counted(adoption->objectives.size(), "objective", "objectives"), out);
  return out == 0 ? kGood : kFindings;
}

}  // namespace daytwo::app
