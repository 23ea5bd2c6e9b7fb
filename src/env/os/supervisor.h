// What the supervisor that started us (systemd, Type=notify) is told. One datagram a message to the
// socket named by NOTIFY_SOCKET [man sd_notify(3), "Description"]; nothing is linked for it.
// Thread rule: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::env::os {

// The way to the supervisor, if there is one.
class Supervisor {
 public:
  // `socket` is the value of NOTIFY_SOCKET, `watchdog_us` that of WATCHDOG_USEC; both may be unset.
  Supervisor(const std::optional<std::string>& socket,
             const std::optional<std::string>& watchdog_us);

  // Sends lines such as "READY=1", "STATUS=replaying the log", "RELOADING=1", "STOPPING=1",
  // "WATCHDOG=1". Without supervisor it does nothing and succeeds. Errors: kUnavailable when the
  // socket does not take it; the program goes on.
  [[nodiscard]] Result<void> tell(std::string_view lines) const;

  // How often "WATCHDOG=1" is to be sent: half of what systemd allows. Empty when not asked for.
  [[nodiscard]] std::optional<Duration> watchdog_interval() const { return watchdog_; }

 private:
  std::string path_;  // empty: no supervisor; a leading '@' stands for an abstract socket
  std::optional<Duration> watchdog_;
};

}  // namespace daytwo::env::os
