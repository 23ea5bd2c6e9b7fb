// Which form a document has, and what the forms share.
#include "model/spec/spec.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/diagnostic_order.h"
#include "base/text.h"
#include "model/spec/parts.h"

namespace daytwo::model {
namespace {

constexpr std::array<std::string_view, 4> kForms = {"sloth", "pyrra", "openslo", "daytwo"};

// The form that a document says it has.
std::optional<SpecForm> form_of(const YamlNode& node) {
  const std::string api = text_below(node, "apiVersion");
  if (text_below(node, "version").starts_with("prometheus/")) return SpecForm::kSloth;
  if (api.starts_with("sloth.slok.dev/")) return SpecForm::kSloth;
  if (api.starts_with("pyrra.dev/")) return SpecForm::kPyrra;
  if (api.starts_with("openslo")) return SpecForm::kOpenSlo;
  if (child_of(node, "service") && !child_of(node, "version")) return SpecForm::kDaytwo;
  return std::nullopt;
}

// Where the next {{.window}} stands: its first byte and its length; nothing when there is none.
std::optional<std::pair<std::size_t, std::size_t>> find_window(std::string_view text,
                                                               std::size_t from) {
  for (std::size_t at = text.find("{{", from); at != std::string_view::npos;
       at = text.find("{{", at + 1)) {
    const std::size_t end = text.find("}}", at);
    if (end == std::string_view::npos) return std::nullopt;
    if (trim(text.substr(at + 2, end - at - 2)) == ".window") return std::pair(at, end + 2 - at);
  }
  return std::nullopt;
}

// Sorts the documents of all files by form, and reads each.
class Reading {
 public:
  explicit Reading(std::optional<SpecForm> only) : only_(only) {}

  void file(const CatalogFile& file) {
    auto documents = parse_yaml_documents(file.text, file.path);
    if (!documents) {
      if (documents.error().code != Code::kInvalid) refused_ = documents.error();
      for (Diagnostic& each : documents.error().diagnostics) problems_.push_back(std::move(each));
      return;
    }
    bool own = false;
    for (const YamlNode& node : *documents) {
      if (node.kind() == YamlKind::kNull) continue;
      // A list of objects counts as so many documents: OpenSLO allows it.
      const bool list = node.kind() == YamlKind::kList;
      for (const YamlNode& each : list ? node.items() : std::vector<YamlNode>{node}) {
        own = document(each) == SpecForm::kDaytwo || own;
      }
    }
    if (own) own_.push_back(file);
  }

  Result<Specs> finish() {
    if (refused_) return fail(*refused_);
    read_openslo(openslo_, specs_, problems_);
    if (!own_.empty()) {
      auto catalog = load_catalog(own_);
      if (catalog) {
        read_own(*catalog, specs_);
      } else {
        for (Diagnostic& each : catalog.error().diagnostics) problems_.push_back(std::move(each));
      }
    }
    sort_by_place(problems_);
    if (!problems_.empty()) return fail(std::move(problems_));
    sort_by_place(specs_.notes);
    return std::move(specs_);
  }

 private:
  std::optional<SpecForm> document(const YamlNode& node) {
    const auto form = form_of(node);
    if (!form || (only_ && form != only_)) {
      problems_.push_back(
          node.problem(only_ ? fmt::format("this is no specification of {}", name_of(*only_))
                             : "this is no specification that is read here",
                       "version: prometheus/v1 (Sloth), or apiVersion: sloth.slok.dev/v1, "
                       "pyrra.dev/v1alpha1, openslo/v1alpha, openslo/v1 or openslo.com/v2alpha"));
    } else if (form == SpecForm::kSloth) {
      read_sloth(node, specs_, problems_);
    } else if (form == SpecForm::kPyrra) {
      read_pyrra(node, specs_, problems_);
    } else if (form == SpecForm::kOpenSlo) {
      openslo_.push_back(node);
    }
    return form;
  }

  std::optional<SpecForm> only_;
  std::optional<Error> refused_;
  Diagnostics problems_;
  Specs specs_;
  std::vector<YamlNode> openslo_;
  std::vector<CatalogFile> own_;
};

}  // namespace

Diagnostic SpecQuery::problem(std::string what, std::string expected) const {
  if (at) return at->problem(std::move(what), std::move(expected));
  Diagnostic out;
  out.text = std::move(what);
  out.expected = std::move(expected);
  return out;
}

std::string_view name_of(SpecForm form) { return kForms.at(static_cast<std::size_t>(form)); }

std::optional<SpecForm> find_spec_form(std::string_view name) {
  for (std::size_t i = 0; i < kForms.size(); ++i) {
    if (kForms.at(i) == name) return static_cast<SpecForm>(i);
  }
  return std::nullopt;
}

std::string_view name_of(SpecMethod method) {
  static constexpr std::array<std::string_view, 3> kNames = {"Occurrences", "Timeslices",
                                                             "RatioTimeslices"};
  return kNames.at(static_cast<std::size_t>(method));
}

std::optional<YamlNode> child_of(const YamlNode& node, std::string_view key) {
  for (const auto& [name, value] : node.entries()) {
    if (name.text() == key && value.kind() != YamlKind::kNull) return value;
  }
  return std::nullopt;
}

std::string text_below(const YamlNode& node, std::string_view key) {
  const auto child = child_of(node, key);
  return child ? child->text() : "";
}

SpecQuery read_query(YamlMap& map, std::string_view key) {
  SpecQuery out;
  out.at = map.node(key);
  out.text = std::string(trim(map.text(key).value_or("")));
  if (!out.at) return out;
  if (out.at->kind() != YamlKind::kScalar || out.text.empty()) out.at.reset();
  return out;
}

SpecTexts read_texts(YamlMap& map, std::string_view key, Diagnostics& problems) {
  SpecTexts out;
  const auto node = map.node(key);
  if (!node) return out;
  for (const auto& [name, value] : yaml_entries(*node, problems)) {
    if (const auto text = yaml_text(value, problems)) out.emplace(name.text(), *text);
  }
  return out;
}

void read_percent(const YamlNode& node, bool share, SpecObjective& out, Diagnostics& problems) {
  const std::string& text = node.text();
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool number = code == std::errc{} && end == text.data() + text.size();
  const double most = share ? 1 : 100;
  if (!number || !std::isfinite(value) || value <= 0 || value > most) {
    problems.push_back(node.problem(fmt::format("'{}' is no target", text),
                                    share ? "a share above 0 and below 1, such as 0.999"
                                          : "a percentage above 0 and at most 100, such as 99.9"));
    return;
  }
  out.percent = share ? value * 100 : value;
  // 0.999 * 100 is 99.9 in decimals, whatever doubles make of it.
  out.target = share ? format_fixed(std::round(value * 1e11) / 1e9) : format_fixed(value);
}

bool has_window(std::string_view query) { return find_window(query, 0).has_value(); }

std::string with_window(std::string_view query, std::string_view window, bool same_length) {
  std::string out;
  std::size_t from = 0;
  while (const auto found = find_window(query, from)) {
    out += query.substr(from, found->first - from);
    out += window;
    if (same_length && found->second > window.size())
      out.append(found->second - window.size(), ' ');
    from = found->first + found->second;
  }
  return out += query.substr(from);
}

void read_own(const Catalog& catalog, Specs& out) {
  for (const Service& service : catalog.all()) {
    for (const Objective& objective : service.objectives) {
      SpecObjective own;
      own.form = SpecForm::kDaytwo;
      own.version = "daytwo";
      own.name = objective.name;
      own.service = service.id.value;
      own.target = target_words(objective.target_ppb);
      own.percent = static_cast<double>(objective.target_ppb) / 1e7;
      own.window = objective.window;
      own.counters = true;
      own.good.text = objective.good;
      own.bad.text = objective.bad;
      own.total.text = objective.total;
      own.alerting.name = "ErrorBudgetBurn";
      own.alerting.policies = objective.rules;
      if (objective.kind == ObjectiveKind::kProbe) {
        own.signal = SpecSignal::kGauge;
        own.good.text = objective.probe;
      } else if (objective.kind == ObjectiveKind::kFlow) {
        own.signal = SpecSignal::kElsewhere;
        own.source = "flow";
      }
      out.objectives.push_back(std::move(own));
    }
  }
}

Result<Specs> read_specs(std::span<const CatalogFile> files, std::optional<SpecForm> only) {
  Reading reading(only);
  for (const CatalogFile& file : files) reading.file(file);
  return reading.finish();
}

}  // namespace daytwo::model
