#include "app/catalog_checks.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <system_error>

#include "base/text.h"
#include "model/yaml.h"
#include "observe/probe/prober.h"
#include "promql/parse.h"

namespace daytwo::app {
namespace {

using model::YamlKind;
using model::YamlNode;

// Keys whose values are PromQL, by the list they stand in.
struct QueryKeys {
  std::string_view list;
  std::vector<std::string_view> keys;
};
std::vector<QueryKeys> query_keys() {
  return {{"slos", {"good", "bad", "total", "probe"}},
          {"flows", {"received", "processed", "dropped", "in_flight"}},
          {"capacity", {"used", "limit"}}};
}

// Items of the list under `key`; a single value is a list of one.
std::vector<YamlNode> list_of(const YamlNode& map, std::string_view key) {
  for (const auto& [name, value] : map.entries()) {
    if (name.text() != key || value.kind() == YamlKind::kNull) continue;
    if (value.kind() == YamlKind::kList) return value.items();
    return {value};
  }
  return {};
}

// The error of a query, "1:5: parse error: ...", at its column of the text in `node`.
void add_parse_error(const YamlNode& node, const Error& error, Diagnostics& problems) {
  Diagnostic problem;
  problem.text = error.text;
  constexpr std::string_view kFirstLine = "1:";
  const std::string_view text = error.text;
  if (text.starts_with(kFirstLine)) {
    const char* const digits = text.data() + kFirstLine.size();
    const auto [end, failed] = std::from_chars(digits, text.data() + text.size(), problem.column);
    const auto behind = static_cast<std::size_t>(end - text.data());
    if (failed == std::errc{} && text.substr(behind).starts_with(": ")) {
      problem.text = text.substr(behind + 2);
    }
  }
  problem.expected = "PromQL";
  for (Diagnostic& placed : node.placed({std::move(problem)})) {
    problems.push_back(std::move(placed));
  }
}

void check_queries(const YamlNode& service, Diagnostics& problems) {
  for (const QueryKeys& where : query_keys()) {
    for (const YamlNode& item : list_of(service, where.list)) {
      for (const std::string_view key : where.keys) {
        for (const YamlNode& query : list_of(item, key)) {
          if (query.kind() != YamlKind::kScalar) continue;
          const auto read = promql::parse(query.text());
          if (!read) add_parse_error(query, read.error(), problems);
        }
      }
    }
  }
}

void check_probes(const YamlNode& service, Diagnostics& problems) {
  for (const YamlNode& url : list_of(service, "probes")) {
    if (url.kind() != YamlKind::kScalar) continue;
    const auto probe = observe::make_probe(url.text());
    if (probe) continue;
    for (Diagnostic& placed : url.placed(probe.error().diagnostics)) {
      problems.push_back(std::move(placed));
    }
    if (probe.error().diagnostics.empty()) problems.push_back(url.problem(probe.error().text));
  }
}

void check_page(const YamlNode& service, const model::People& people,
                std::vector<std::string>& warnings) {
  if (people.by_name.empty()) return;  // nobody can be told of anything, which the Loop says
  for (const YamlNode& owner : list_of(service, "owner")) {
    for (const YamlNode& page : list_of(owner, "page")) {
      if (page.kind() != YamlKind::kScalar || people.find(page.text()) != nullptr) continue;
      std::vector<std::string> names;
      for (const auto& [name, person] : people.by_name) names.push_back(name);
      const std::string nearest = nearest_word(page.text(), names);
      warnings.push_back(
          fmt::format("{}:{}: nobody under people is called '{}': its pages go to the fallback{}",
                      page.file(), page.line(), to_utf8(page.text()),
                      nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest)));
    }
  }
}

}  // namespace

void check_catalog(std::span<const model::CatalogFile> files, const model::People& people,
                   std::vector<std::string>& warnings, Diagnostics& problems) {
  for (const model::CatalogFile& file : files) {
    const auto documents = model::parse_yaml_documents(file.text, file.path);
    if (!documents) continue;
    for (const YamlNode& service : *documents) {
      check_queries(service, problems);
      check_probes(service, problems);
      check_page(service, people, warnings);
    }
  }
}

}  // namespace daytwo::app
