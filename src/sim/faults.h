// Faults that fire: a site is on for a quarter of all seeds, and then fires one time in four.
// The habit is FoundationDB's [flow/Buggify.h]: rare per site, common per run.
// Thread rule: any thread.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "chance/seed.h"
#include "env/faults.h"

namespace daytwo::sim {

// Seeded faults that remember which rare branches were reached.
class Faults final : public env::Faults {
 public:
  explicit Faults(chance::Seed seed) : seed_(seed) {}

  [[nodiscard]] bool lucky(std::string_view name) override {
    constexpr double kQuarter = 0.25;
    const std::lock_guard lock(mutex_);
    const auto found = sites_.find(name);
    Site& site =
        found != sites_.end()
            ? found->second
            : sites_.emplace(std::string(name), Site(chance::derive(seed_, name))).first->second;
    return site.on && site.draws.uniform() < kQuarter;
  }
  void probe(std::string_view name) override {
    const std::lock_guard lock(mutex_);
    reached_.emplace(name);
  }
  // Rare branches reached so far, sorted.
  [[nodiscard]] std::set<std::string> reached() const {
    const std::lock_guard lock(mutex_);
    return reached_;
  }

 private:
  struct Site {
    explicit Site(chance::Seed seed) : draws(seed, 0), on(draws.uniform() < 0.25) {}
    chance::Stream draws;
    bool on;
  };

  const chance::Seed seed_;
  mutable std::mutex mutex_;
  std::map<std::string, Site, std::less<>> sites_;  // guarded by mutex_
  std::set<std::string> reached_;                   // guarded by mutex_
};

}  // namespace daytwo::sim
