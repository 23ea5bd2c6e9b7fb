// Faults and rare branches. The real one never fires, so the same binary can be simulated.
#pragma once

#include <string_view>

namespace daytwo::env {

class Faults {
 public:
  virtual ~Faults() = default;
  // Shall the site `name` fail now?
  [[nodiscard]] virtual bool lucky(std::string_view name) = 0;
  // Marks that a rare branch was reached.
  virtual void probe(std::string_view name) = 0;
};

// The real one.
class NoFaults final : public Faults {
 public:
  [[nodiscard]] bool lucky(std::string_view) override { return false; }
  void probe(std::string_view) override {}
};

}  // namespace daytwo::env
