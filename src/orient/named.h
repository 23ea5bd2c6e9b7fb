// Names of what runs, to tell what on a bill is one of them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "facts/sighting.h"
#include "orient/detector.h"

namespace daytwo::orient {

// Services of the catalog, workloads, programs and hosts that are seen. A name is found in a text
// when its words stand there in a row: "checkout" in "prod/checkout-db", not in "checkouts".
class RunningNames {
 public:
  explicit RunningNames(const View& view);

  // What of ours the resource names: by its id, its name, or a tag that says service, app,
  // component, name, host or instance. Of several a service goes before a workload, a program, a
  // host. Empty when it names nothing.
  [[nodiscard]] std::string find(const facts::CostSeen& cost) const;
  // Hosts that were looked at.
  [[nodiscard]] std::size_t hosts() const { return hosts_; }

 private:
  void add(std::string_view name, std::string means, int rank);

  struct Name {
    std::vector<std::string> words;
    std::string means;
    int rank = 0;
  };
  std::vector<Name> names_;
  std::size_t hosts_ = 0;
};

}  // namespace daytwo::orient
