// YAML files as strangers might write them: read or refused, bounds kept; and what our readers of
// worries and services make of them.
#include "model/yaml.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "model/service.h"
#include "model/spec/spec.h"
#include "model/worry_file.h"

namespace {

std::size_t count(const daytwo::model::YamlNode& node, int depth) {
  CHECK(depth <= daytwo::model::kMaxYamlDepth, "nested deeper than the bound");
  std::size_t out = 1;
  for (const auto& item : node.items()) out += count(item, depth + 1);
  for (const auto& [key, value] : node.entries()) out += 1 + count(value, depth + 1);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto documents = daytwo::model::parse_yaml_documents(text, "fuzz.yml");
  if (!documents) {
    CHECK(!documents.error().diagnostics.empty(), "a refusal says where");
    return 0;
  }
  for (const auto& node : *documents) {
    CHECK(count(node, 0) <= 2 * daytwo::model::kMaxYamlNodes, "more nodes than the bound");
  }
  static_cast<void>(daytwo::model::parse_worry_file(text, "fuzz.yml"));
  const daytwo::model::CatalogFile file{"fuzz.yml", std::string(text)};
  static_cast<void>(daytwo::model::load_catalog({&file, 1}));
  const auto specs = daytwo::model::read_specs({&file, 1}, std::nullopt);
  if (!specs) CHECK(!specs.error().diagnostics.empty(), "a refused specification says where");
  return 0;
}
