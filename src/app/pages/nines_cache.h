// Curves of nines that were drawn. A page that polls asks for the same curves every minute, and a
// curve takes longer to draw than everything else on it.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "api/view_nines.h"
#include "app/config.h"
#include "base/result.h"

namespace daytwo::app {

// What all curves are drawn from: when any of it is other, every curve is drawn again.
struct NinesBasis {
  std::shared_ptr<const Config> config;
  std::string stated;  // stakes, history, the hour

  friend bool operator==(const NinesBasis&, const NinesBasis&) = default;
};

// The measurement of a service in words, as coarse as a page tells it; two that are equal draw the
// same curve.
using MeasuredWords = std::function<std::string(const std::string& service)>;

// A curve with the measurements that it was drawn from: of its service and of what that needs.
struct DrawnNines {
  api::NinesPage page;
  std::map<std::string, std::string> measured;  // words by service
};

// Holds the curves of one basis, at most kMost of them. Thread rule: any thread; who asks while a
// curve is drawn waits instead of drawing its own.
class NinesCache {
 public:
  static constexpr std::size_t kMost = 1024;
  using Draw = std::function<Result<DrawnNines>()>;

  // The page of `question` (a service and its horizon), by `draw` where it is not held or
  // something that it was drawn from is measured otherwise. A refusal of `draw` is passed on and
  // not held.
  [[nodiscard]] Result<api::NinesPage> page(const NinesBasis& basis, const std::string& question,
                                            const MeasuredWords& measured, const Draw& draw);

  // How often a curve was drawn, for tests.
  [[nodiscard]] int drawn() const;

 private:
  mutable std::mutex mutex_;
  NinesBasis basis_;                          // guarded by mutex_
  std::map<std::string, DrawnNines> curves_;  // guarded by mutex_
  int drawn_ = 0;                             // guarded by mutex_
};

}  // namespace daytwo::app
