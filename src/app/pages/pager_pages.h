// Pages: what is owed, sent, acknowledged.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "act/pager.h"
#include "api/services.h"
#include "app/pages/context.h"

namespace daytwo::app {

class PagerPages final : public api::PagerService {
 public:
  // `pager` gives the one of the present configuration.
  PagerPages(PageContext context, std::function<std::shared_ptr<const act::Pager>()> pager)
      : context_(std::move(context)), pager_(std::move(pager)) {}

  [[nodiscard]] Result<api::PagesPage> pages() override;
  [[nodiscard]] Result<api::PagesPage> acknowledge(const std::string& id,
                                                   const std::string& by) override;
  [[nodiscard]] Result<api::PagesPage> snooze(const std::string& id, Duration span,
                                              const std::string& by) override;
  [[nodiscard]] Result<api::PagesPage> feedback(const std::string& id, api::Vote vote,
                                                const std::string& by) override;
  [[nodiscard]] Result<api::PagesPage> test(const std::string& to, const std::string& by) override;

 private:
  [[nodiscard]] Result<api::PagesPage> store(Result<std::vector<facts::Record>> records);

  const PageContext context_;
  const std::function<std::shared_ptr<const act::Pager>()> pager_;
};

}  // namespace daytwo::app
