// Reading the catalog: YAML to services, every problem with its place.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/diagnostic_order.h"
#include "base/id.h"
#include "base/result.h"
#include "base/text.h"
#include "model/budget_policy.h"
#include "model/contract.h"
#include "model/objective.h"
#include "model/objective_yaml.h"
#include "model/security_promise.h"
#include "model/service.h"
#include "model/stakes.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

constexpr std::int64_t kMaxPort = 65535;
constexpr std::size_t kMaxName = 63;

// RFC 1123 label: letters, digits, "-" inside.
bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.empty() || text.size() > kMaxName || !letter(text.front()) || !letter(text.back())) {
    return false;
  }
  for (const char c : text) {
    if (!letter(c) && c != '-') return false;
  }
  return true;
}

// "8080", "tcp:8080", "127.0.0.1:8080", "udp:[::]:53".
std::optional<DeclaredListener> parse_listener(std::string_view text) {
  DeclaredListener out;
  for (const std::string_view protocol : {"tcp", "udp"}) {
    if (text.starts_with(protocol) && text.size() > 3 && text[3] == ':') {
      out.protocol = protocol;
      text.remove_prefix(4);
    }
  }
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos) {
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
      address = address.substr(1, address.size() - 2);
    }
    out.address = address;
    text.remove_prefix(colon + 1);
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (out.port < 1 || out.port > kMaxPort) return std::nullopt;
  return out;
}

void read_listeners(YamlMap& map, Service& service, Diagnostics& problems) {
  for (const YamlNode& node : map.list("listens")) {
    const auto text = yaml_text(node, problems);
    if (!text) continue;
    if (auto listener = parse_listener(*text)) {
      service.listens.push_back(*std::move(listener));
    } else {
      problems.push_back(node.problem(fmt::format("'{}' is no listener", *text),
                                      "8080, 127.0.0.1:8080 or udp:53"));
    }
  }
}

void read_owner(YamlMap& map, Service& service, Diagnostics& problems) {
  const auto node = map.node("owner");
  if (!node) return;
  Owner owner;
  if (node->kind() == YamlKind::kScalar) {
    owner.team = OwnerId(node->text());
  } else {
    YamlMap inner(*node, problems);
    owner.team = OwnerId(inner.required_text("team"));
    owner.page = inner.text("page").value_or("");
    owner.access = inner.texts("access");
    inner.finish();
  }
  service.owner = std::move(owner);
}

void read_security(YamlMap& map, Service& service, Diagnostics& problems) {
  for (const YamlNode& node : map.list("security")) {
    SecurityPromise promise = read_security_promise(node, service.id, problems);
    const auto same = [&](const SecurityPromise& other) { return other.name == promise.name; };
    if (std::any_of(service.security.begin(), service.security.end(), same)) {
      problems.push_back(node.problem(
          fmt::format("{} has two promises called '{}'", service.id.value, promise.name)));
    }
    service.security.push_back(std::move(promise));
  }
}

// A stake that names no service would count for all of them.
void check_stake(const YamlNode& node, const std::string& text, const Service& service,
                 Diagnostics& problems) {
  const auto stake = parse_stake(text);
  if (!stake) {
    for (Diagnostic& placed : node.placed(stake.error().diagnostics)) {
      problems.push_back(std::move(placed));
    }
    if (stake.error().diagnostics.empty()) problems.push_back(node.problem(stake.error().text));
  } else if (stake->service != service.id.value) {
    problems.push_back(
        node.problem(fmt::format("a stake that is not of {}", service.id.value),
                     fmt::format("'{}'; others stand under stakes of the configuration",
                                 example(StakeOf::kServiceHour, service.id.value))));
  }
}

void read_stakes(YamlMap& map, Service& service, Diagnostics& problems) {
  for (const YamlNode& node : map.list("stakes")) {
    const auto text = yaml_text(node, problems);
    if (!text) continue;
    check_stake(node, *text, service, problems);
    service.stakes.push_back({*text, node.line()});
  }
}

// The first scalar below `node` that reads `text`, else `node` itself: where a reference stands.
YamlNode place_of(const YamlNode& node, std::string_view text) {
  if (node.kind() == YamlKind::kScalar) return node;
  std::vector<YamlNode> below = node.items();
  for (const auto& [key, value] : node.entries()) below.push_back(value);
  for (const YamlNode& each : below) {
    const YamlNode found = place_of(each, text);
    if (found.kind() == YamlKind::kScalar && found.text() == text) return found;
  }
  return node;
}

// The same below one key of a service's map.
YamlNode place_below(const YamlNode& service, std::string_view key, std::string_view text) {
  for (const auto& [name, value] : service.entries()) {
    if (name.text() == key) return place_of(value, text);
  }
  return service;
}

// What can be checked only with all services at hand.
void check_references(const std::vector<Service>& services, const std::vector<YamlNode>& nodes,
                      Diagnostics& problems) {
  std::vector<std::string> names;
  names.reserve(services.size());
  for (const Service& service : services) names.push_back(service.id.value);
  const std::set<std::string> known(names.begin(), names.end());
  for (std::size_t i = 0; i < services.size(); ++i) {
    for (const Dependency& dependency : services[i].depends) {
      for (const ServiceId& on : dependency.on) {
        if (on == services[i].id) {
          problems.push_back(place_below(nodes[i], "depends", on.value)
                                 .problem(fmt::format("{} depends on itself", on.value)));
        }
        if (known.contains(on.value)) continue;
        problems.push_back(place_below(nodes[i], "depends", on.value)
                               .problem(fmt::format("{} depends on '{}', which no file declares",
                                                    services[i].id.value, on.value),
                                        {}, nearest_word(on.value, names)));
      }
    }
    for (const Objective& objective : services[i].objectives) {
      if (objective.kind != ObjectiveKind::kFlow) continue;
      const bool found = std::any_of(services[i].flows.begin(), services[i].flows.end(),
                                     [&](const Flow& flow) { return flow.name == objective.flow; });
      if (!found) {
        problems.push_back(
            place_below(nodes[i], "slos", objective.flow)
                .problem(fmt::format("objective '{}' names flow '{}', which {} does not have",
                                     objective.name, objective.flow, services[i].id.value)));
      }
    }
  }
}

}  // namespace

Service read_service(const YamlNode& node, Diagnostics& problems) {
  Service service;
  service.file = node.file();
  service.place = place_of(node);
  YamlMap map(node, problems);
  service.id = ServiceId(map.required_text("service"));
  if (!service.id.value.empty() && !is_name(service.id.value)) {
    problems.push_back(node.problem(fmt::format("'{}' is no service name", service.id.value),
                                    "lower-case letters, digits and '-', at most 63"));
  }
  service.does = map.text("does").value_or("");
  read_owner(map, service, problems);
  service.runs = map.texts("runs");
  service.probes = map.texts("probes");
  read_listeners(map, service, problems);
  for (const YamlNode& each : map.list("depends")) {
    service.depends.push_back(read_dependency(each, problems));
  }
  for (const YamlNode& each : map.list("flows")) {
    service.flows.push_back(read_flow(each, service.id, problems));
  }
  for (const YamlNode& each : map.list("capacity")) {
    service.capacity.push_back(read_capacity(each, problems));
  }
  for (const YamlNode& each : map.list("slos")) {
    service.objectives.push_back(read_objective(each, service.id, problems));
    service.objective_places.push_back(place_of(each));
  }
  service.budget_policy = read_budget_policy(map, problems);
  for (const YamlNode& each : map.list("contracts")) {
    service.contracts.push_back(read_contract(each, problems));
  }
  read_security(map, service, problems);
  read_stakes(map, service, problems);
  map.finish();
  return service;
}

Result<Catalog> load_catalog(std::span<const CatalogFile> files) {
  Diagnostics problems;
  std::vector<Service> services;
  std::vector<YamlNode> nodes;
  for (const CatalogFile& file : files) {
    auto documents = parse_yaml_documents(file.text, file.path);
    if (!documents) {
      if (documents.error().diagnostics.empty()) return fail(std::move(documents).error());
      for (Diagnostic& problem : documents.error().diagnostics) {
        problems.push_back(std::move(problem));
      }
      continue;
    }
    for (const YamlNode& node : *documents) {
      if (node.kind() == YamlKind::kNull) continue;
      Service service = read_service(node, problems);
      const auto same = [&](const Service& other) { return other.id == service.id; };
      const auto twice = std::find_if(services.begin(), services.end(), same);
      if (twice != services.end()) {
        problems.push_back(node.problem(
            fmt::format("service '{}' is declared in {} too", service.id.value, twice->file)));
        continue;
      }
      services.push_back(std::move(service));
      nodes.push_back(node);
    }
  }
  check_references(services, nodes, problems);
  sort_by_place(problems);
  if (!problems.empty()) return fail(std::move(problems));
  return Catalog(std::move(services));
}

}  // namespace daytwo::model
