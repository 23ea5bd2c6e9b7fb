// Kinship: which incidents are of the kind that a worry speaks of. Thread rule: plain values.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace daytwo::model {

// What an incident must have in common with a worry to count for it: the service, and, unless the
// worry is that the service does not work at all, a word of four letters or more in the title.
class Kinship {
 public:
  // The worry that `what` happens to `service`.
  Kinship(std::string service, std::string_view what);

  // Never for a worry without a service.
  [[nodiscard]] bool holds(const std::string& service, std::string_view title) const;
  // True when every incident of the service counts.
  [[nodiscard]] bool any_title() const { return words_.empty(); }

 private:
  std::string service_;
  std::set<std::string> words_;
};

}  // namespace daytwo::model
