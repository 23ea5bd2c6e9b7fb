// The file form of a baseline.
#include <fmt/core.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/diagnostic.h"
#include "base/diagnostic_order.h"
#include "base/result.h"
#include "base/time.h"
#include "model/baseline.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

// A double-quoted YAML scalar.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

// Reads "tcp:0.0.0.0:8080" and "udp:[::1]:53".
std::optional<BaselineListener> parse_listener(std::string_view text) {
  const std::size_t first = text.find(':');
  const std::size_t last = text.rfind(':');
  if (first == std::string_view::npos || last <= first) return std::nullopt;
  BaselineListener out;
  out.protocol = text.substr(0, first);
  std::string_view address = text.substr(first + 1, last - first - 1);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  out.address = address;
  for (const char c : text.substr(last + 1)) {
    if (c < '0' || c > '9' || out.port > 65535) return std::nullopt;
    out.port = out.port * 10 + (c - '0');
  }
  const bool known = out.protocol == "tcp" || out.protocol == "udp";
  if (!known || out.address.empty() || out.port < 1 || out.port > 65535) return std::nullopt;
  return out;
}

}  // namespace

std::string to_yaml(const Baseline& baseline) {
  std::string out =
      "# What is meant to run here. `daytwo baseline diff` shows the difference.\n"
      "# What is meant to be so goes in here by hand, or all of it by `daytwo baseline learn`.\n";
  out += fmt::format("host: {}\nlearned: {}\n", quoted(baseline.host),
                     quoted(to_rfc3339(baseline.learned)));
  out += baseline.listeners.empty() ? "listeners: []\n" : "listeners:\n";
  for (const BaselineListener& listener : baseline.listeners) {
    out += fmt::format("  - {{listen: {}", quoted(listener.name()));
    if (!listener.workload.empty()) out += fmt::format(", by: {}", quoted(listener.workload));
    if (!listener.why.empty()) out += fmt::format(", why: {}", quoted(listener.why));
    out += "}\n";
  }
  out += baseline.processes.empty() ? "processes: []\n" : "processes:\n";
  for (const BaselineProcess& process : baseline.processes) {
    out += fmt::format("  - {{workload: {}", quoted(process.workload));
    if (!process.user.empty()) out += fmt::format(", user: {}", quoted(process.user));
    if (!process.why.empty()) out += fmt::format(", why: {}", quoted(process.why));
    out += "}\n";
  }
  return out;
}

Result<Baseline> parse_baseline(std::string_view text, std::string path) {
  TRY(const YamlNode root, parse_yaml(text, std::move(path)));
  Diagnostics problems;
  Baseline out;
  YamlMap map(root, problems);
  out.host = map.required_text("host");
  if (const auto learned = map.node("learned")) {
    const auto at = parse_rfc3339(learned->text());
    if (at) {
      out.learned = *at;
    } else {
      problems.push_back(learned->problem("not an instant", "2026-11-22T17:00:00Z"));
    }
  }
  for (const YamlNode& node : map.list("listeners")) {
    YamlMap inner(node, problems);
    const std::string listen = inner.required_text("listen");
    auto listener = parse_listener(listen);
    if (!listener) {
      if (!listen.empty()) {
        problems.push_back(node.problem(fmt::format("'{}' is no listener", listen),
                                        "tcp:0.0.0.0:8080 or udp:[::]:53"));
      }
      listener.emplace();
    }
    listener->workload = inner.text("by").value_or("");
    listener->why = inner.text("why").value_or("");
    inner.finish();
    out.listeners.push_back(*std::move(listener));
  }
  for (const YamlNode& node : map.list("processes")) {
    YamlMap inner(node, problems);
    BaselineProcess process;
    process.workload = inner.required_text("workload");
    process.user = inner.text("user").value_or("");
    process.why = inner.text("why").value_or("");
    inner.finish();
    out.processes.push_back(std::move(process));
  }
  map.finish();
  sort_by_place(problems);
  if (!problems.empty()) return fail(std::move(problems));
  return out;
}

}  // namespace daytwo::model
