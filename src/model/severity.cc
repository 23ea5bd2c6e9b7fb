#include "model/severity.h"

#include <string>
#include <string_view>

#include "base/text.h"

namespace daytwo::model {

bool wakes_by_custom(std::string_view severity) {
  return severity == "page" || severity == "critical" || severity == "emergency";
}

bool is_gravest(std::string_view severity) {
  const std::string word = to_lower(severity);
  return word == "emergency" || word == "disaster" || word == "sev1" || word == "p1";
}

}  // namespace daytwo::model
