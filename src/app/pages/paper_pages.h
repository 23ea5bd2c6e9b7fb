// Decisions on paper: what a quantity is worth, what a budget buys. A plan's worlds are drawn once
// for what the files, stakes and history say; a budget that moves is only solved again.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "api/services.h"
#include "app/pages/context.h"
#include "decide/plan/register.h"
#include "decide/plan/years.h"

namespace daytwo::app {

// The draws of calc and plan, the same wherever they are asked for.
inline constexpr std::uint64_t kPaperSeed = 20261122;

class PaperPages final : public api::PaperService {
 public:
  explicit PaperPages(PageContext context) : context_(std::move(context)) {}

  [[nodiscard]] Result<model::quantity::Evaluation> calc(const api::CalcRequest& request) override;
  [[nodiscard]] Result<api::PlanPage> plan(const api::PlanQuery& query) override;

  // How often worlds were drawn, for tests.
  [[nodiscard]] int drawn() const;

 private:
  // A register with all that it was read from.
  struct Drawn {
    std::shared_ptr<const Config> config;
    std::string stated;  // stakes, history, horizon
    std::shared_ptr<const decide::plan::Register> reg;
    std::shared_ptr<const decide::plan::Tail> tail;  // of the last level that was asked for
  };
  // The register, with the years of its tail where the query or the files limit it.
  [[nodiscard]] Result<Drawn> read(const std::shared_ptr<const Config>& config,
                                   decide::plan::Horizon horizon, const api::PlanQuery& query);

  const PageContext context_;
  mutable std::mutex mutex_;
  Drawn last_;     // guarded by mutex_
  int drawn_ = 0;  // guarded by mutex_
};

}  // namespace daytwo::app
