#include "app/design/writers.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "base/text.h"
#include "chance/availability.h"
#include "decide/design/check.h"
#include "model/amount.h"
#include "model/json.h"

namespace daytwo::app::design {
namespace {

namespace core = decide::design;

void text_of(model::JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  json.begin_object();
  json.key("text");
  json.string(text);
  json.end_object();
}

void write_rules(model::JsonWriter& json) {
  json.key("rules");
  json.begin_array();
  for (const core::Rule& rule : core::rules()) {
    json.begin_object();
    json.key("id");
    json.string(rule.id);
    text_of(json, "shortDescription", std::string(rule.summary));
    text_of(json, "help", std::string(rule.help));
    json.key("defaultConfiguration");
    json.begin_object();
    json.key("level");
    json.string(core::to_string(rule.level));
    json.end_object();
    json.end_object();
  }
  json.end_array();
}

void write_location(model::JsonWriter& json, const FindingRow& row) {
  json.key("locations");
  json.begin_array();
  json.begin_object();
  json.key("physicalLocation");
  json.begin_object();
  json.key("artifactLocation");
  json.begin_object();
  json.key("uri");
  json.string(row.file);
  json.end_object();
  if (row.line > 0) {
    json.key("region");
    json.begin_object();
    json.key("startLine");
    json.integer(row.line);
    if (row.column > 0) {
      json.key("startColumn");
      json.integer(row.column);
    }
    json.end_object();
  }
  json.end_object();
  json.end_object();
  json.end_array();
}

void write_result(model::JsonWriter& json, const FindingRow& row) {
  json.begin_object();
  json.key("ruleId");
  json.string(row.rule);
  json.key("level");
  json.string(row.level);
  text_of(json, "message", row.mend.empty() ? row.text : row.text + "; to mend: " + row.mend);
  if (!row.file.empty()) write_location(json, row);
  json.key("partialFingerprints");
  json.begin_object();
  json.key("finding/v1");
  json.string(row.key);
  json.end_object();
  json.end_object();
}

// Text that XML 1.0 can hold: markup escaped, control characters replaced.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : to_utf8(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

bool failed(const PromiseRow& row) {
  return row.standing == core::to_string(core::Standing::kInfeasible) ||
         row.standing == core::to_string(core::Standing::kOverlap);
}

// A cell of a table: no bar and no line break ends it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string to_sarif(const Page& page) {
  std::string out;
  model::JsonWriter json(out);
  json.begin_object();
  json.key("$schema");
  json.string("https://json.schemastore.org/sarif-2.1.0.json");
  json.key("version");
  json.string("2.1.0");
  json.key("runs");
  json.begin_array();
  json.begin_object();
  json.key("tool");
  json.begin_object();
  json.key("driver");
  json.begin_object();
  json.key("name");
  json.string("daytwo check design");
  write_rules(json);
  json.end_object();
  json.end_object();
  json.key("results");
  json.begin_array();
  for (const FindingRow& row : page.findings) write_result(json, row);
  json.end_array();
  json.end_object();
  json.end_array();
  json.end_object();
  return out;
}

std::string to_junit(const Page& page) {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::string cases;
  const auto add = [&](const std::string& suite, const std::string& name,
                       const std::string& failure, const std::string& text) {
    ++tests;
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml(suite), xml(name));
    if (failure.empty()) {
      cases += "/>\n";
      return;
    }
    ++failures;
    cases += fmt::format(">\n    <failure type=\"{}\" message=\"{}\"/>\n  </testcase>\n",
                         xml(failure), xml(text));
  };
  for (const PromiseRow& row : page.promises) {
    add(row.service, row.objective + " " + row.target + " %", failed(row) ? row.standing : "",
        row.sentence);
  }
  for (const FindingRow& row : page.findings) {
    if (row.level == core::to_string(core::Level::kNote)) continue;
    // A promise that cannot be kept has its case above.
    if (row.rule == "infeasible" || row.rule == "needs-overlap") continue;
    add(row.service, row.rule, row.rule,
        fmt::format("{}:{}: {}{}", row.file, row.line, row.text,
                    row.mend.empty() ? "" : "; to mend: " + row.mend));
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"daytwo check "
      "design\" tests=\"{}\" failures=\"{}\">\n{}</testsuite>\n",
      tests, failures, cases);
}

std::string to_markdown(const Page& page) {
  std::string out = fmt::format("**Design:** {}\n", page.sentence);
  if (!page.changes.empty()) {
    out += "\n**What changed**\n\n";
    for (const std::string& change : page.changes) out += "- " + cell(change) + "\n";
  }
  if (!page.promises.empty()) {
    out +=
        "\n| service | promise | ceiling | standing | downtime of its needs, a year |\n"
        "|---|---|---|---|---|\n";
    for (const PromiseRow& row : page.promises) {
      out += fmt::format(
          "| {} | {} {} % in {} | {} | {} | {} |\n", cell(row.service), cell(row.objective),
          row.target, row.window, chance::short_percent_words(row.ceiling), row.standing,
          row.costs ? fmt::format("{} to {}", model::money_words(row.costs->p05, row.costs->unit),
                                  model::money_words(row.costs->p95, row.costs->unit))
                    : "not priced");
    }
  }
  if (!page.findings.empty()) {
    out += "\n| level | where | finding | what would mend it |\n|---|---|---|---|\n";
    for (const FindingRow& row : page.findings) {
      out += fmt::format("| {} | {}:{} | {} | {} |\n", row.level, cell(row.file), row.line,
                         cell(row.text), cell(row.mend));
    }
  }
  return out;
}

}  // namespace daytwo::app::design
