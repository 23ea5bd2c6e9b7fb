#include "api/openapi.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <map>
#include <string_view>

#include "base/text.h"
#include "daytwo_build.h"
#include "model/json.h"

namespace daytwo::api {
namespace {

using Kind = SchemaType::Kind;

// A JSON string is a YAML scalar too.
std::string quoted(std::string_view text) {
  std::string out;
  model::append_json_string(out, text);
  return out;
}

// The schema of a type as a YAML flow mapping.
std::string flow(const SchemaType& type) {
  switch (type.kind) {
    case Kind::kBoolean:
      return "{type: boolean}";
    case Kind::kInteger:
      return "{type: integer}";
    case Kind::kTime:
      return "{type: integer, format: int64, description: milliseconds since the epoch}";
    case Kind::kNumber:
      return "{type: number}";
    case Kind::kString:
      return "{type: string}";
    case Kind::kList:
      return fmt::format("{{type: array, items: {}}}", flow(*type.inner));
    case Kind::kMap:
      return fmt::format("{{type: object, additionalProperties: {}}}", flow(*type.inner));
    case Kind::kNullable:
      return fmt::format("{{oneOf: [{}, {{type: 'null'}}]}}", flow(*type.inner));
    case Kind::kStruct:
    case Kind::kEnum:
      return fmt::format("{{$ref: '#/components/schemas/{}'}}", type.name);
  }
  return "{}";
}

void append_definitions(std::string& out, const Schema& schema) {
  out +=
      "components:\n  securitySchemes:\n"
      "    token: {type: http, scheme: bearer, description: 'the header Daytwo-As may name, "
      "percent-encoded, who a change is shown to be by'}\n"
      "    password: {type: http, scheme: basic}\n"
      "  schemas:\n";
  for (const auto& [name, definition] : schema.definitions()) {
    out += fmt::format("    {}:\n", name);
    if (definition.is_enum()) {
      out += "      type: string\n      enum: [";
      for (std::size_t i = 0; i < definition.names.size(); ++i) {
        if (i > 0) out += ", ";
        out += definition.names[i];
      }
      out += "]\n";
      continue;
    }
    out += "      type: object\n      properties:\n";
    std::string required;
    for (const SchemaField& field : definition.fields) {
      out += fmt::format("        {}: {}\n", quoted(field.name), flow(field.type));
      if (field.optional) continue;
      if (!required.empty()) required += ", ";
      required += quoted(field.name);
    }
    if (!required.empty()) out += fmt::format("      required: [{}]\n", required);
  }
}

void append_parameters(std::string& out, const Route& route) {
  if (route.parameters.empty()) return;
  out += "      parameters:\n";
  for (const Parameter& parameter : route.parameters) {
    const bool in_path = parameter.name.starts_with('{');
    const std::string_view name =
        in_path ? std::string_view(parameter.name).substr(1, parameter.name.size() - 2)
                : std::string_view(parameter.name);
    out += fmt::format("        - {{name: {}, in: {}, required: {}, schema: {{type: string}}",
                       quoted(name), in_path ? "path" : "query", parameter.required);
    if (!parameter.description.empty()) {
      out += fmt::format(", description: {}", quoted(parameter.description));
    }
    out += "}\n";
  }
}

void append_operation(std::string& out, const Route& route) {
  out += fmt::format("    {}:\n      summary: {}\n", to_lower(route.method), quoted(route.summary));
  if (route.access == Access::kChange) out += "      security: [{token: []}, {password: []}]\n";
  append_parameters(out, route);
  if (route.body) {
    out += fmt::format(
        "      requestBody:\n        required: true\n        content:\n"
        "          application/json: {{schema: {}}}\n",
        flow(*route.body));
  }
  out += "      responses:\n        '200':\n          description: success\n          content:\n";
  out += fmt::format("            {}: {{schema: {}}}\n", route.media,
                     route.answer ? flow(*route.answer) : std::string("{}"));
}

// What TypeScript calls a type.
std::string typescript(const SchemaType& type) {
  switch (type.kind) {
    case Kind::kBoolean:
      return "boolean";
    case Kind::kInteger:
    case Kind::kTime:
    case Kind::kNumber:
      return "number";
    case Kind::kString:
      return "string";
    case Kind::kList: {
      const std::string inner = typescript(*type.inner);
      return inner.find(' ') == std::string::npos ? inner + "[]" : "(" + inner + ")[]";
    }
    case Kind::kMap:
      return fmt::format("Record<string, {}>", typescript(*type.inner));
    case Kind::kNullable:
      return typescript(*type.inner) + " | null";
    case Kind::kStruct:
    case Kind::kEnum:
      return type.name;
  }
  return "unknown";
}

std::string_view group_of(std::string_view path) {
  if (path.starts_with("/api/daytwo/v1/")) return "daytwo";
  if (path.starts_with("/api/")) return "Prometheus and Alertmanager";
  return "Process";
}

}  // namespace

std::string_view access_name(Access access) {
  constexpr std::array<std::string_view, 5> kNames = {"public", "read", "ingest", "change", "link"};
  return kNames[static_cast<std::size_t>(access)];
}

std::string to_openapi(const RouteTable& table) {
  std::string out = fmt::format(
      "# Written from the route table in src/api; do not edit.\n"
      "openapi: 3.1.0\n"
      "info:\n  title: daytwo\n  version: {}\n"
      "  description: Times are milliseconds since the epoch. Errors carry an ErrorBody.\n"
      "paths:\n",
      build_facts().version);
  std::map<std::string, std::vector<const Route*>> by_path;
  for (const Route& route : table.routes()) by_path[route.path].push_back(&route);
  for (const auto& [path, routes] : by_path) {
    out += fmt::format("  {}:\n", quoted(path));
    for (const Route* route : routes) append_operation(out, *route);
  }
  append_definitions(out, table.schema());
  return out;
}

std::string to_typescript(const Schema& schema) {
  std::string out =
      "// Written from the route table in src/api; do not edit.\n"
      "// All under /api/daytwo/v1. Times: milliseconds since the epoch.\n";
  for (const auto& [name, definition] : schema.definitions()) {
    out += '\n';
    if (definition.is_enum()) {
      out += fmt::format("export type {} =", name);
      for (const std::string& value : definition.names) out += fmt::format(" | '{}'", value);
      out += ";\n";
      continue;
    }
    out += fmt::format("export interface {} {{\n", name);
    for (const SchemaField& field : definition.fields) {
      out += fmt::format("  {}{}: {};\n", field.name, field.optional ? "?" : "",
                         typescript(field.type));
    }
    out += "}\n";
  }
  return out;
}

std::string to_reference(const RouteTable& table) {
  std::string out =
      "# API\n\n"
      "Written from the route table in `src/api`; do not edit. The full description, with types, "
      "is\n"
      "[openapi.yaml](openapi.yaml), which a server also answers at "
      "`/api/daytwo/v1/openapi.yaml`.\n\n"
      "Access: *public* to anybody who reaches the port; *read* and *ingest* on loopback, "
      "elsewhere "
      "with\na user of `--web.config.file`; *change* with the token of the data directory "
      "(`Authorization: Bearer`)\nor a user; *link* carries a signature of its own.\n";
  for (const std::string_view group : {"daytwo", "Prometheus and Alertmanager", "Process"}) {
    out += fmt::format("\n## {}\n\n| method | path | access | what |\n|---|---|---|---|\n", group);
    for (const Route& route : table.routes()) {
      if (group_of(route.path) != group) continue;
      out += fmt::format("| {} | `{}` | {} | {} |\n", route.method, route.path,
                         access_name(route.access), route.summary);
    }
  }
  return out;
}

}  // namespace daytwo::api
