// Scrape targets and how they are.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "api/services.h"
#include "observe/scrape/scraper.h"

namespace daytwo::app {

class ScrapePages final : public api::ScrapeService {
 public:
  using Targets = std::vector<std::pair<observe::ScrapeTarget, observe::TargetState>>;
  explicit ScrapePages(std::function<Targets()> targets) : targets_(std::move(targets)) {}

  [[nodiscard]] std::vector<api::ScrapeTarget> targets() override;

 private:
  const std::function<Targets()> targets_;
};

}  // namespace daytwo::app
