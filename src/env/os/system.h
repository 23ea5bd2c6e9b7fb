// Facts about this process and host.
#pragma once

#include "env/system.h"

namespace daytwo::env::os {

class LiveSystem final : public System {
 public:
  [[nodiscard]] std::string host_name() const override;
  [[nodiscard]] std::uint32_t user_id() const override;
  [[nodiscard]] std::string user_name(std::uint32_t id) const override;
  [[nodiscard]] int process_id() const override;
  [[nodiscard]] std::int64_t clock_ticks() const override;
  [[nodiscard]] std::int64_t page_bytes() const override;
  [[nodiscard]] int cpu_count() const override;
  [[nodiscard]] std::optional<std::string> variable(const std::string& name) const override;
};

}  // namespace daytwo::env::os
