// Adopt: objectives of other tools as daytwo counts them, and every change on the way.
// Thread rule: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "model/objective.h"
#include "model/spec/spec.h"

namespace daytwo::orient {

// One objective, adopted or not.
struct Adopted {
  model::Objective objective;
  std::string description;
  std::string cannot;  // why it cannot be evaluated; then only the names of `objective` hold
};

// All objectives, and what became of each thing that daytwo says otherwise.
struct Adoption {
  std::vector<Adopted> objectives;
  Diagnostics changes;
};

// Takes over each objective of `specs`. Errors: kInvalid with the place of each query that does not
// parse.
[[nodiscard]] Result<Adoption> adopt(const model::Specs& specs);

// The catalog that says the same, a document for each service; what cannot be evaluated stands
// there as a comment with its reason. model::load_catalog reads it.
[[nodiscard]] std::string to_catalog_yaml(std::span<const Adopted> objectives);

// A name of lower-case letters, digits and '-', at most 63, made of another: "my_App" is "my-app".
[[nodiscard]] std::string catalog_name(std::string_view name);

}  // namespace daytwo::orient
