// One service of the demo shop: answers customers, counts what it does, and can be put into
// trouble.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/demo/busy.h"
#include "app/demo/shop.h"
#include "app/world.h"
#include "base/metrics.h"
#include "http/message.h"

namespace daytwo::app {

// GET /health /metrics, POST /trouble/NAME, everything else is work.
class ShopService final : public http::Handler {
 public:
  ShopService(World& world, ShopPlace place);

  [[nodiscard]] http::Response handle(const http::Request& request) override;
  [[nodiscard]] std::size_t body_limit(std::string_view method,
                                       std::string_view path) const override;
  // What a worker does between requests, ten times a second: fulfils orders, or leaks when told to.
  void tick();

 private:
  [[nodiscard]] int work();
  [[nodiscard]] int checkout();
  [[nodiscard]] int take_order();
  // Asks another service of the shop; its status, 503 when it does not answer.
  [[nodiscard]] int ask(std::string_view name);
  void wait(Duration span);
  void count(int status, Duration took);
  [[nodiscard]] http::Response set_trouble(const std::string& name);

  World& world_;
  const ShopPlace place_;
  std::atomic<Trouble> trouble_{Trouble::kNone};
  Registry metrics_;
  Metric& good_;
  Metric& failed_;
  std::array<Metric*, kLatencyBounds.size() + 1> buckets_{};
  Metric& latency_sum_;
  Metric& latency_count_;

  // The queue of the orders service.
  std::atomic<std::int64_t> waiting_{0};
  Metric* received_ = nullptr;
  Metric* processed_ = nullptr;
  Metric* in_flight_ = nullptr;

  std::mutex trouble_mutex_;
  std::deque<std::string> leaked_;  // guarded by trouble_mutex_
  std::unique_ptr<BusyWork> busy_;  // guarded by trouble_mutex_
};

// Runs one service until it is told to stop; the exit code.
int run_shop_service(World& world, ShopPlace place);

}  // namespace daytwo::app
