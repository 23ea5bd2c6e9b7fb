// The Loop and its worries, read from the journal.
#pragma once

#include <string>

#include "api/services.h"
#include "app/pages/context.h"

namespace daytwo::app {

class WorryPages final : public api::WorryService {
 public:
  explicit WorryPages(PageContext context) : context_(std::move(context)) {}

  [[nodiscard]] Result<api::LoopPage> loop() override;
  [[nodiscard]] Result<api::WorriesPage> worries(bool include_closed) override;
  [[nodiscard]] Result<api::WorryPage> worry(const std::string& id) override;
  [[nodiscard]] Result<api::WorryPage> add(const api::WorryDraft& draft,
                                           const std::string& by) override;
  [[nodiscard]] Result<api::WorryPage> decide(const std::string& id,
                                              const api::DecideRequest& request,
                                              const std::string& by) override;

 private:
  [[nodiscard]] Result<api::WorryPage> page_of(const WorryKey& key);
  // The key of the worry called `id`. Errors: kNotFound, also for an id that is too short to be
  // one.
  [[nodiscard]] Result<WorryKey> find(const std::string& id) const;

  const PageContext context_;
};

}  // namespace daytwo::app
