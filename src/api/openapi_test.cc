// The committed documents follow from the route table. UPDATE=1 in the environment rewrites them.
#include "api/openapi.h"

#include <gtest/gtest.h>

#include <string>

#include "api/world_for_tests.h"
#include "env/os/system.h"
#include "model/yaml.h"

namespace daytwo::api {
namespace {

void expect_committed(const std::string& path, const std::string& wanted) {
  env::os::SystemFiles files;
  const env::os::LiveSystem system;
  if (system.variable("UPDATE") == "1") {
    ASSERT_TRUE(files.write_atomic(path, wanted, 0644));
    return;
  }
  const auto committed = files.read(path, 1U << 22U);
  ASSERT_TRUE(committed) << committed.error().to_string();
  EXPECT_TRUE(*committed == wanted)
      << path << " is stale: run UPDATE=1 build/debug/tests/api_test --gtest_filter='Documents.*'";
}

TEST(Documents, AreThoseOfTheRouteTable) {
  World world;
  expect_committed("docs/reference/openapi.yaml", to_openapi(world.api->table()));
  expect_committed("docs/reference/api.md", to_reference(world.api->table()));
  expect_committed("web/src/api/api.gen.ts", to_typescript(world.api->table().schema()));
}

TEST(OpenApi, IsAYamlThatNamesEveryRouteAndDefinesEveryType) {
  World world;
  const env::HttpResponse answer = world.get("/api/daytwo/v1/openapi.yaml");
  EXPECT_EQ(answer.status, 200);
  const auto parsed = model::parse_yaml(answer.body, "openapi.yaml");
  ASSERT_TRUE(parsed) << parsed.error().to_string();
  for (const Route& route : world.api->table().routes()) {
    EXPECT_NE(answer.body.find("\n  \"" + route.path + "\":\n"), std::string::npos) << route.path;
  }
  for (std::size_t at = answer.body.find("#/components/schemas/"); at != std::string::npos;
       at = answer.body.find("#/components/schemas/", at + 1)) {
    const std::size_t start = at + std::string_view("#/components/schemas/").size();
    const std::string name = answer.body.substr(start, answer.body.find('\'', start) - start);
    EXPECT_NE(answer.body.find("\n    " + name + ":\n"), std::string::npos) << name;
  }
}

TEST(TypeScript, WritesNullableListsAndOptionalFields) {
  World world;
  const std::string types = to_typescript(world.api->table().schema());
  EXPECT_NE(
      types.find("export interface WorryDraft {\n  text: string;\n  service?: string | null;\n"),
      std::string::npos)
      << types;
  EXPECT_NE(types.find("  chance_pays: number | null;\n"), std::string::npos);
  EXPECT_NE(types.find("  worries: WorryRow[];\n"), std::string::npos);
  EXPECT_NE(types.find("export type Verdict = | 'undecided' | 'do' | 'find_out' | 'leave';\n"),
            std::string::npos);
}

}  // namespace
}  // namespace daytwo::api
