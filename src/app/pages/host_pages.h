// The host: what runs, what listens, what is near a limit.
#pragma once

#include <functional>
#include <string>

#include "api/services.h"
#include "app/pages/context.h"

namespace daytwo::app {

class HostPages final : public api::HostService {
 public:
  // `learn` takes what runs now as the baseline and says so in one sentence.
  HostPages(PageContext context, std::function<Result<std::string>()> learn)
      : context_(std::move(context)), learn_(std::move(learn)) {}

  [[nodiscard]] Result<api::HostPage> host() override;
  [[nodiscard]] Result<api::HostPage> learn_baseline(const std::string& by) override;

 private:
  const PageContext context_;
  const std::function<Result<std::string>()> learn_;
};

// Rows that the Service page shares.
[[nodiscard]] api::ProcessRow to_row(const observe::ProcessView& process);
[[nodiscard]] api::ListenerRow to_row(const facts::ListenerSeen& listener, Timestamp first_seen);

}  // namespace daytwo::app
