#include "model/service.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/id.h"

namespace daytwo::model {
namespace {

// "/usr/bin/checkout" -> "checkout"; "checkout.service" -> "checkout".
std::string_view base_name(std::string_view workload) {
  const std::size_t slash = workload.rfind('/');
  if (slash != std::string_view::npos) workload.remove_prefix(slash + 1);
  constexpr std::string_view kUnit = ".service";
  if (workload.ends_with(kUnit)) workload.remove_suffix(kUnit.size());
  return workload;
}

}  // namespace

Catalog::Catalog(std::vector<Service> services) : services_(std::move(services)) {
  std::sort(services_.begin(), services_.end(),
            [](const Service& a, const Service& b) { return a.id < b.id; });
  for (std::size_t i = 1; i < services_.size(); ++i) {
    CHECK(services_[i - 1].id != services_[i].id, "a catalog names each service once");
  }
}

const Service* Catalog::find(const ServiceId& id) const {
  for (const Service& service : services_) {
    if (service.id == id) return &service;
  }
  return nullptr;
}

const Service* Catalog::running(std::string_view workload) const {
  if (workload.empty()) return nullptr;
  const std::string_view name = base_name(workload);
  for (const Service& service : services_) {
    for (const std::string& runs : service.runs) {
      if (runs == workload || base_name(runs) == name) return &service;
    }
  }
  return find(ServiceId(std::string(name)));
}

const Service* Catalog::listening(std::string_view protocol, std::int64_t port) const {
  for (const Service& service : services_) {
    for (const DeclaredListener& listener : service.listens) {
      if (listener.protocol == protocol && listener.port == port) return &service;
    }
  }
  return nullptr;
}

const Service* Catalog::probed(std::string_view url) const {
  for (const Service& service : services_) {
    for (const std::string& probe : service.probes) {
      if (probe == url) return &service;
    }
  }
  return nullptr;
}

}  // namespace daytwo::model
