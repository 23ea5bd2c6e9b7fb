#include "app/demo/customers.h"

#include "app/demo/history.h"
#include "app/demo/shop.h"

namespace daytwo::app {
namespace {

// A slow shop holds a customer up; with this many threads the others still come.
constexpr std::size_t kThreads = 6;
constexpr Duration kEvery = milliseconds(200);

void fetch(World& world, std::string_view service) {
  const auto place = find_place(service);
  env::HttpRequest request;
  request.url = url_of(*place) + "/work";
  request.timeout = seconds(5);
  // Whatever comes back, the shop has counted it.
  const auto response = world.http.fetch(request);
  static_cast<void>(response);
}

}  // namespace

Customers::Customers(World& world, chance::Seed seed) : world_(world) {
  for (std::size_t i = 0; i < kThreads; ++i) {
    draws_.emplace_back(chance::derive(seed, "customers"), i);
  }
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads_.push_back(
        std::make_unique<Periodic>(world.threads, "customers", kEvery, [this, i] { visit(i); }));
  }
}

void Customers::visit(std::size_t thread) {
  const double due = customers_at(world_.clock.wall()) * kEvery.seconds() / kThreads;
  double u = draws_[thread].uniform();
  for (; u < due; u += 1) {
    fetch(world_, "checkout");
    fetch(world_, "search");
  }
}

}  // namespace daytwo::app
