// The host: what runs, what listens, what is near a limit.
#pragma once

#include <functional>
#include <string>

#include "api/services.h"
#include "app/baselines.h"
#include "app/pages/context.h"

namespace daytwo::app {

class HostPages final : public api::HostService {
 public:
  // `learn` takes what runs now as the baseline and says so in one sentence; `accept` is
  // Loop::accept_baseline.
  using Learn = std::function<Result<std::string>()>;
  using Accept = std::function<Result<AcceptedBaseline>(const std::string& what,
                                                        const std::string& why, bool dry_run)>;
  HostPages(PageContext context, Learn learn, Accept accept)
      : context_(std::move(context)), learn_(std::move(learn)), accept_(std::move(accept)) {}

  [[nodiscard]] Result<api::HostPage> host() override;
  [[nodiscard]] Result<api::HostPage> learn_baseline(const std::string& by) override;
  [[nodiscard]] Result<api::AcceptPage> accept_baseline(const api::AcceptRequest& request,
                                                        const std::string& by) override;

 private:
  const PageContext context_;
  const Learn learn_;
  const Accept accept_;
};

// Rows that the Service page shares.
[[nodiscard]] api::ProcessRow to_row(const observe::ProcessView& process);
[[nodiscard]] api::ListenerRow to_row(const facts::ListenerSeen& listener, Timestamp first_seen);

}  // namespace daytwo::app
