#include "app/demo/shop_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/command.h"
#include "app/periodic.h"
#include "app/terminal.h"
#include "base/text.h"
#include "env/os/log.h"
#include "env/os/self.h"
#include "env/os/signals.h"
#include "http/server.h"

namespace daytwo::app {
namespace {

// An order takes the worker this long, so that it keeps up with about fifty a second.
constexpr std::int64_t kOrdersPerTick = 5;
// A leaking service loses this much every tick: 2 MiB a second.
constexpr std::size_t kLeakBytes = 200U << 10U;
// Leaking ends here, so that a forgotten demo does no harm.
constexpr std::size_t kLeakChunks = 2000;

constexpr Duration kCallTimeout = seconds(3);

}  // namespace

ShopService::ShopService(World& world, ShopPlace place)
    : world_(world),
      place_(place),
      good_(metrics_.counter("http_requests_total", "Requests by result.",
                             {{"service", std::string(place.name)}, {"code", "200"}})),
      failed_(metrics_.counter("http_requests_total", "Requests by result.",
                               {{"service", std::string(place.name)}, {"code", "500"}})),
      latency_sum_(metrics_.counter("http_request_duration_seconds_sum", "Seconds of all requests.",
                                    {{"service", std::string(place.name)}})),
      latency_count_(metrics_.counter("http_request_duration_seconds_count", "Requests timed.",
                                      {{"service", std::string(place.name)}})) {
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    const std::string le = i < kLatencyBounds.size() ? format_double(kLatencyBounds.at(i)) : "+Inf";
    buckets_.at(i) =
        &metrics_.counter("http_request_duration_seconds_bucket", "Requests at most this long.",
                          {{"service", std::string(place.name)}, {"le", le}});
  }
  if (place.name != "orders") return;
  const auto stage = [this](const char* name) {
    return &metrics_.counter("daytwo_count_total", "What came in and what came out.",
                             {{"flow", "orders"}, {"stage", name}});
  };
  received_ = stage("received");
  processed_ = stage("processed");
  static_cast<void>(stage("dropped"));
  in_flight_ = &metrics_.gauge("daytwo_count_in_flight", "Orders waiting.", {{"flow", "orders"}});
}

std::size_t ShopService::body_limit(std::string_view, std::string_view) const { return 4096; }

http::Response ShopService::handle(const http::Request& request) {
  if (request.path == "/metrics") {
    return http::make_response(200, "text/plain; version=0.0.4", metrics_.to_text());
  }
  if (request.path == "/health") {
    const bool broken = trouble_ == Trouble::kBroken;
    return http::make_response(broken ? 500 : 200, "text/plain", broken ? "broken\n" : "ok\n");
  }
  if (request.path.starts_with("/trouble/")) {
    if (request.method != "POST") return http::make_response(405, "text/plain", "POST\n");
    return set_trouble(request.path.substr(9));
  }
  const Duration began = world_.clock.mono();
  const int status = work();
  count(status, world_.clock.mono() - began);
  return http::make_response(status, "text/plain", status == 200 ? "ok\n" : "failed\n");
}

http::Response ShopService::set_trouble(const std::string& name) {
  const auto trouble = parse_trouble(name);
  if (!trouble) return http::make_response(404, "text/plain", "no such trouble\n");
  trouble_ = *trouble;
  const std::lock_guard lock(trouble_mutex_);
  if (*trouble == Trouble::kNone) leaked_.clear();
  busy_ = *trouble == Trouble::kBusy ? std::make_unique<BusyWork>(world_) : nullptr;
  return http::make_response(200, "text/plain", fmt::format("{}\n", name));
}

int ShopService::work() {
  wait(milliseconds(3));
  if (trouble_ == Trouble::kSlow) wait(milliseconds(1500));
  if (trouble_ == Trouble::kBroken) return 500;
  if (place_.name == "checkout") return checkout();
  if (place_.name == "orders") return take_order();
  if (place_.name == "search") return ask("database");
  return 200;
}

int ShopService::checkout() {
  const int paid = ask("payments");
  if (paid != 200) return 500;
  // A suggestion is nice to have: without it the order still goes through.
  static_cast<void>(ask("search"));
  return ask("orders") == 200 ? 200 : 500;
}

int ShopService::take_order() {
  received_->add();
  ++waiting_;
  in_flight_->set(static_cast<double>(waiting_));
  return ask("database");
}

int ShopService::ask(std::string_view name) {
  const auto place = find_place(name);
  if (!place) return 503;
  env::HttpRequest request;
  request.url = url_of(*place) + "/work";
  request.timeout = kCallTimeout;
  const auto response = world_.http.fetch(request);
  return response ? response->status : 503;
}

void ShopService::wait(Duration span) { world_.clock.sleep_until(world_.clock.mono() + span); }

void ShopService::count(int status, Duration took) {
  (status == 200 ? good_ : failed_).add();
  const double seconds_taken = took.seconds();
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    if (i >= kLatencyBounds.size() || seconds_taken <= kLatencyBounds.at(i)) buckets_.at(i)->add();
  }
  latency_sum_.add(seconds_taken);
  latency_count_.add();
}

void ShopService::tick() {
  if (trouble_ == Trouble::kLeaking) {
    const std::lock_guard lock(trouble_mutex_);
    if (leaked_.size() < kLeakChunks) leaked_.emplace_back(kLeakBytes, 'x');
  }
  if (processed_ == nullptr || trouble_ == Trouble::kStalled) return;
  const std::int64_t done = std::min<std::int64_t>(waiting_, kOrdersPerTick);
  waiting_ -= done;
  processed_->add(static_cast<double>(done));
  in_flight_->set(static_cast<double>(waiting_));
}

int run_shop_service(World& world, ShopPlace place) {
  env::os::set_process_name(fmt::format("shop-{}", place.name));
  env::os::StderrLog log({}, world.clock);
  Registry metrics;
  ShopService service(world, place);
  http::ServerOptions options;
  options.listen = {{"127.0.0.1", place.port}};
  options.workers = 16;
  const auto server =
      http::Server::start(std::move(options), service, world.threads, world.clock, log, metrics);
  if (!server) return print_error(server.error());
  const Periodic worker(world.threads, "worker", milliseconds(100), [&service] { service.tick(); });
  while (true) {
    const auto request = env::os::wait_for_request(seconds(1));
    if (request && *request == env::os::Request::kStop) break;
  }
  (*server)->stop(seconds(1));
  return kGood;
}

}  // namespace daytwo::app
