#include "app/baselines.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"

namespace daytwo::app {
namespace {

Error unknown_difference(const std::vector<model::Difference>& known, const std::string& what) {
  std::vector<std::string> names;
  for (const model::Difference& one : known) names.push_back(one.what);
  const std::string nearest = nearest_word(what, names);
  std::string text = fmt::format("'{}' does not differ from the baseline", to_utf8(what));
  if (!nearest.empty()) text += fmt::format(": did you mean '{}'?", nearest);
  return make_error(Code::kNotFound, std::move(text));
}

}  // namespace

Result<AcceptedBaseline> accept_differences(const model::Baseline& declared,
                                            const model::Baseline& observed,
                                            const std::string& what, std::string_view why) {
  const std::vector<model::Difference> all = model::compare(declared, observed);
  AcceptedBaseline out{declared, {}};
  for (const model::Difference& difference : all) {
    if (!what.empty() && difference.what != what) continue;
    auto accepted = model::accept(out.baseline, observed, difference.what, why);
    // Accepting one can settle another, of the same name.
    if (!accepted && accepted.error().code == Code::kNotFound) continue;
    if (!accepted) return fail(std::move(accepted).error());
    out.baseline = std::move(*accepted);
    out.accepted.push_back(difference);
  }
  if (!out.accepted.empty()) return out;
  if (what.empty()) return fail(Code::kNotFound, "nothing differs from the baseline");
  return fail(unknown_difference(all, what));
}

std::string to_words(const model::Difference& accepted) {
  if (accepted.observed.empty()) return accepted.what + " is not declared any more";
  const bool named = accepted.workload.empty() || accepted.what.ends_with(accepted.workload);
  return fmt::format("{}{} is declared now", accepted.what,
                     named ? "" : fmt::format(" ({})", accepted.workload));
}

}  // namespace daytwo::app
