// daytwo query: PromQL on a running daytwo (or any Prometheus-compatible server).
#include <fmt/format.h>

#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

// Only what a table shows of Prometheus's answer; values come as [time, "text"].
struct Point {
  double at = 0;
  std::string value;
};

using Metric = std::map<std::string, std::string>;

std::string series_name(const Metric& metric) {
  std::string name;
  std::string inner;
  for (const auto& [key, value] : metric) {
    if (key == "__name__") {
      name = value;
    } else {
      if (!inner.empty()) inner += ", ";
      inner += fmt::format("{}=\"{}\"", key, value);
    }
  }
  return inner.empty() && !name.empty() ? name : name + '{' + inner + '}';
}

// [1700000000.123, "1.5"]
void read_point(model::JsonReader& reader, Point& point) {
  if (!reader.begin('[', "a pair of time and value")) return;
  for (bool first = true; reader.next_item(first); first = false) {
    if (first) {
      reader.read_double(point.at);
    } else {
      reader.read_string(point.value);
    }
  }
}

// One element of a vector or matrix.
void read_element(model::JsonReader& reader, Table& table) {
  Metric metric;
  std::vector<Point> points;
  std::string key;
  if (!reader.begin('{', "a series")) return;
  for (bool first = true; reader.next_key(key, first); first = false) {
    if (key == "metric") {
      model::read_json(reader, metric);
    } else if (key == "value") {
      read_point(reader, points.emplace_back());
    } else if (key == "values") {
      if (!reader.begin('[', "a list of points")) return;
      for (bool one = true; reader.next_item(one); one = false) {
        read_point(reader, points.emplace_back());
      }
    } else {
      reader.skip_value();
    }
  }
  for (const Point& point : points) {
    const Timestamp at{static_cast<std::int64_t>(point.at * 1000)};
    table.rows.push_back({series_name(metric), to_rfc3339(at), point.value});
  }
}

void read_data(model::JsonReader& reader, Table& table) {
  std::string key;
  std::string type;
  if (!reader.begin('{', "data")) return;
  for (bool first = true; reader.next_key(key, first); first = false) {
    if (key == "resultType") {
      reader.read_string(type);
    } else if (key == "result" && (type == "scalar" || type == "string")) {
      Point point;
      read_point(reader, point);
      table.rows.push_back(
          {type, to_rfc3339({static_cast<std::int64_t>(point.at * 1000)}), point.value});
    } else if (key == "result") {
      if (!reader.begin('[', "a list of series")) return;
      for (bool one = true; reader.next_item(one); one = false) read_element(reader, table);
    } else {
      reader.skip_value();
    }
  }
}

Result<Table> read_answer(const std::string& body) {
  Table table{{"series", "at", "value"}, {}, 0};
  model::JsonReader reader(body, "answer", {.skip_unknown = true, .allow_missing = true});
  std::string key;
  if (reader.begin('{', "an answer")) {
    for (bool first = true; reader.next_key(key, first); first = false) {
      if (key == "data") {
        read_data(reader, table);
      } else {
        reader.skip_value();
      }
    }
  }
  if (reader.failed()) return fail(reader.take_diagnostics());
  return table;
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  std::string path = "/api/v1/query?query=" + encode_component(arguments.sentence());
  if (arguments.has("--time")) path += "&time=" + encode_component(arguments.get("--time"));
  if (arguments.has("--from") || arguments.has("--to")) {
    path = fmt::format(
        "/api/v1/query_range?query={}&start={}&end={}&step={}",
        encode_component(arguments.sentence()), encode_component(arguments.get("--from")),
        encode_component(arguments.get("--to")), encode_component(arguments.get("--step")));
  }
  const auto body = Client(world, arguments).get(path);
  if (!body) return print_error(body.error());
  if (*output == Output::kJson) {
    fmt::print("{}\n", *body);
    return kGood;
  }
  const auto table = read_answer(*body);
  if (!table) return print_error(table.error());
  if (table->rows.empty()) {
    fmt::print(stderr, "no series match at that time\n");
    return kGood;
  }
  print(*output, *table, *body);
  return kGood;
}

}  // namespace

Command query_command() {
  std::vector<Option> options = {
      {"--time", "TIME", "", "RFC 3339 or seconds since the epoch; else now"},
      {"--from", "TIME", "", "start of a range"},
      {"--to", "TIME", "", "end of a range"},
      {"--step", "SPAN", "60s", "step of a range"},
      output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"query"},
          "PROMQL...",
          1,
          200,
          "Ask in PromQL.",
          {"daytwo query 'rate(node_cpu_seconds_total{mode=\"user\"}[5m])'",
           "daytwo query up --output csv"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
