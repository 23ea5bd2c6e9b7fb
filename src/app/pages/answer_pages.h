// Questions that have one answer: are busy processors a problem, what would an attacker find first,
// what covers for faulty services, is what we promise of security kept.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/services.h"
#include "app/pages/context.h"
#include "model/software/advisory_index.h"
#include "orient/objectives.h"

namespace daytwo::app {

// What the answers need besides the context.
struct AnswerSources {
  std::function<std::vector<orient::ObjectiveStatus>()> objectives;
  // Advisories as configured; null when none are.
  std::function<std::shared_ptr<const model::AdvisoryIndex>()> advisories;
};

class AnswerPages final : public api::AnswerService {
 public:
  AnswerPages(PageContext context, AnswerSources sources)
      : context_(std::move(context)), sources_(std::move(sources)) {}

  [[nodiscard]] Result<api::CpuPage> cpu(const std::string& of) override;
  [[nodiscard]] Result<api::WastePage> waste(const api::WasteQuestion& question) override;
  [[nodiscard]] Result<api::SurfacePage> surface() override;
  [[nodiscard]] Result<api::MaskingPage> masking(Duration window) override;
  [[nodiscard]] Result<api::SecurityPage> security(const std::string& service) override;
  [[nodiscard]] Result<api::PosturePage> posture(const std::string& service) override;

 private:
  struct Promised;
  [[nodiscard]] Result<Promised> promised(const std::string& service);

  const PageContext context_;
  const AnswerSources sources_;
};

}  // namespace daytwo::app
