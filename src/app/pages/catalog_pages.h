// Services: who owns them, what watches them, what runs for them, what is worrying about them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/services.h"
#include "app/pages/context.h"

namespace daytwo::app {

// What the catalog pages need besides the context.
struct CatalogSources {
  std::function<std::vector<api::ObjectiveRow>()> objectives;
  std::function<std::vector<api::FlowRow>()> flows;
  // Probes a URL from now on, and after a restart. Errors: kInvalid (the URL), kUnavailable (not
  // stored).
  std::function<Result<void>(const Watch& watch)> watch;
  // URLs probed now.
  std::function<std::vector<std::string>()> watched;
};

class CatalogPages final : public api::CatalogService {
 public:
  CatalogPages(PageContext context, CatalogSources sources)
      : context_(std::move(context)), sources_(std::move(sources)) {}

  [[nodiscard]] Result<api::ServicesPage> services() override;
  [[nodiscard]] Result<api::ServicePage> service(const std::string& name) override;
  [[nodiscard]] Result<api::ObjectivesPage> objectives() override;
  [[nodiscard]] Result<api::GatePage> gate(const std::string& name) override;
  [[nodiscard]] Result<api::ServicesPage> watch(const api::WatchRequest& request,
                                                const std::string& by) override;

 private:
  // Names of declared services, then of watched URLs that no service names.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] api::ServiceRow row_of(const std::string& name,
                                       const facts::Snapshot& snapshot) const;
  [[nodiscard]] std::vector<api::ProbeRow> probes_of(const std::string& name,
                                                     const facts::Snapshot& snapshot) const;

  const PageContext context_;
  const CatalogSources sources_;
};

}  // namespace daytwo::app
