// Drift: what runs and listens against a learned baseline, both ways.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/baseline.h"
#include "orient/detector.h"

namespace daytwo::orient {

// Processes younger than this are left out when learning and comparing: cron jobs, shells of
// health checks, compilers.
inline constexpr Duration kSettled = seconds(60);

// What runs and listens on `host` now, in the baseline's terms. Kernel threads, client sockets and
// processes younger than kSettled are left out; a listener counts at once. Also what `daytwo
// baseline learn` writes.
[[nodiscard]] model::Baseline observed_baseline(const facts::Snapshot& snapshot,
                                                std::string_view host, Timestamp now);

// The hosts that have been seen, sorted.
[[nodiscard]] std::vector<std::string> hosts_seen(const facts::Snapshot& snapshot);

class Drift final : public Detector {
 public:
  // `baselines` may be empty: then the source says how to get one.
  explicit Drift(std::vector<model::Baseline> baselines) : baselines_(std::move(baselines)) {}

  [[nodiscard]] std::string_view name() const override { return "drift"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.drift/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;

 private:
  std::vector<model::Baseline> baselines_;
};

}  // namespace daytwo::orient
