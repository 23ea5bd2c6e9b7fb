// The catalog: services, who owns them, what they listen on, depend on, carry and promise.
// One YAML file per service (`services: [glob]` in daytwo.yml); every part but `service` is
// optional. Thread rule: immutable after loading.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "model/budget_policy.h"
#include "model/capacity.h"
#include "model/contract.h"
#include "model/dependency.h"
#include "model/flow.h"
#include "model/objective.h"
#include "model/place.h"
#include "model/security_promise.h"
#include "model/yaml.h"

namespace daytwo::model {

// Who can change a service. `access` names what the owner may touch ("k8s:shop",
// "repo:shop/checkout"); an owner without access cannot act.
struct Owner {
  OwnerId team;
  std::string page;  // where a page goes, a key of `notify`
  std::vector<std::string> access;
  bool operator==(const Owner&) const = default;
};

// A socket that a service is meant to listen on. `address` empty = any.
struct DeclaredListener {
  std::string protocol = "tcp";
  std::string address;
  std::int64_t port = 0;
  bool operator==(const DeclaredListener&) const = default;
};

// A sentence of what the service is worth, and the line on which it stands.
struct ServiceStake {
  std::string text;
  int line = 0;
  bool operator==(const ServiceStake&) const = default;
};

// One service as declared.
struct Service {
  ServiceId id;
  std::string does;  // one sentence for people: what it is for
  std::optional<Owner> owner;
  std::vector<std::string> runs;    // executables, units or workloads that are this service
  std::vector<std::string> probes;  // URLs watched for it
  std::vector<DeclaredListener> listens;
  std::vector<Dependency> depends;
  std::vector<Flow> flows;
  std::vector<Capacity> capacity;
  std::vector<Objective> objectives;
  std::vector<Place> objective_places;  // where each is written
  std::vector<BudgetStep> budget_policy;
  std::vector<Contract> contracts;
  std::vector<SecurityPromise> security;
  std::vector<ServiceStake> stakes;  // what it is worth, in sentences that parse_stake reads
  std::string file;                  // where it was declared
  Place place;
  bool operator==(const Service&) const = default;
};

// All declared services, by id.
class Catalog {
 public:
  Catalog() = default;
  // REQUIRES: ids are unique (load_catalog sees to it).
  explicit Catalog(std::vector<Service> services);

  [[nodiscard]] std::span<const Service> all() const { return services_; }
  [[nodiscard]] bool empty() const { return services_.empty(); }
  // The service called `id`, or null.
  [[nodiscard]] const Service* find(const ServiceId& id) const;
  // The service that `workload` (a unit, container, executable or workload name) runs: one whose
  // `runs` names it or its last path component; else one whose id equals that component. Null if
  // none. A trailing ".service" does not matter.
  [[nodiscard]] const Service* running(std::string_view workload) const;
  // The service that declares a listener on this port, or null.
  [[nodiscard]] const Service* listening(std::string_view protocol, std::int64_t port) const;
  // The service that names `url` among its probes, or null.
  [[nodiscard]] const Service* probed(std::string_view url) const;

 private:
  std::vector<Service> services_;  // sorted by id
};

// One service from a YAML node. Problems are added, all of them.
[[nodiscard]] Service read_service(const YamlNode& node, Diagnostics& problems);

// One file's text and path.
struct CatalogFile {
  std::string path;
  std::string text;
};

// The catalog in `files`, each with one or more documents. Errors: kInvalid with every problem:
// syntax, unknown keys, a service twice, a dependency or flow that is declared nowhere.
[[nodiscard]] Result<Catalog> load_catalog(std::span<const CatalogFile> files);

}  // namespace daytwo::model
