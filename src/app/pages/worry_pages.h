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
  [[nodiscard]] Result<api::ReplayPage> replay(const std::string& id) override;
  [[nodiscard]] Result<api::WorryPage> add(const api::WorryDraft& draft,
                                           const std::string& by) override;
  [[nodiscard]] Result<api::WorryPage> decide(const std::string& id,
                                              const api::DecideRequest& request,
                                              const std::string& by) override;

 private:
  // The record of a draft. Errors: kInvalid (the sentence, the evidence).
  [[nodiscard]] Result<facts::Record> record_of(const api::WorryDraft& draft, const std::string& by,
                                                const facts::Snapshot& snapshot) const;
  // The page that storing `record` would lead to.
  [[nodiscard]] api::WorryPage preview_of(facts::Record record,
                                          const facts::Snapshot& snapshot) const;
  [[nodiscard]] Result<api::WorryPage> page_of(const WorryKey& key);
  // The key of the worry called `id`. Errors: kNotFound, also for an id that is too short to be
  // one.
  [[nodiscard]] Result<WorryKey> find(const std::string& id) const;

  const PageContext context_;
};

}  // namespace daytwo::app
