// CRML, read document by document; register_import.h says what is read.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "model/register_import.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

// Reads one document into a risk.
class Document {
 public:
  Document(Diagnostics& problems, Diagnostics& lost) : problems_(problems), lost_(lost) {}

  [[nodiscard]] ImportedRisk read(const YamlNode& node) {
    ImportedRisk out;
    const bool scenario = child(node, "crml_scenario").has_value();
    const char* version = scenario ? "crml_scenario" : "crml";
    const auto stated = child(node, version);
    if (!stated || !stated->text().starts_with("1.")) {
      problem(stated.value_or(node), "this is no CRML model that is read here",
              "crml: \"1.0\", crml: \"1.1\" or crml_scenario: \"1.0\"");
      return out;
    }
    out.source = fmt::format("CRML {}", stated->text());
    if (const auto meta = child(node, "meta")) {
      if (const auto name = child(*meta, "name")) out.title = name->text();
      lose(*meta, {"name"}, "has no place in a worry file");
    }
    out.id = worry_id(out.title);
    const char* body = scenario ? "scenario" : "model";
    lose(node, {version, "meta", body}, "has no place in a worry file: it says how a run is made");
    if (const auto model = needed(node, body)) read_model(*model, scenario, out);
    return out;
  }

 private:
  static std::optional<YamlNode> child(const YamlNode& node, std::string_view key) {
    for (const auto& [name, value] : node.entries()) {
      if (name.text() == key) return value;
    }
    return std::nullopt;
  }

  void problem(const YamlNode& node, std::string text, std::string expected = {}) {
    problems_.push_back(node.problem(std::move(text), std::move(expected)));
  }

  // Says that each key of `node` but these is left out.
  void lose(const YamlNode& node, std::initializer_list<std::string_view> kept,
            std::string_view why) {
    for (const auto& [name, value] : node.entries()) {
      if (std::find(kept.begin(), kept.end(), name.text()) != kept.end()) continue;
      lost_.push_back(name.problem(fmt::format("'{}' {}", name.text(), why)));
    }
  }

  std::optional<YamlNode> needed(const YamlNode& node, std::string_view key) {
    auto out = child(node, key);
    if (!out) problem(node, fmt::format("'{}' is missing", key));
    return out;
  }

  // A number above 0; blanks may group its thousands.
  std::optional<double> positive(const YamlNode& node, std::string_view key) {
    const auto value = needed(node, key);
    if (!value) return std::nullopt;
    const auto read = number(*value);
    if (read && *read > 0) return read;
    problem(*value, fmt::format("'{}' is no number above 0", key));
    return std::nullopt;
  }

  static std::optional<double> number(const YamlNode& node) {
    std::string digits;
    for (const char c : node.text()) {
      if (c != ' ') digits += c;
    }
    double out = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    const bool whole = code == std::errc{} && end == digits.data() + digits.size();
    return whole && std::isfinite(out) ? std::optional(out) : std::nullopt;
  }

  void read_model(const YamlNode& model, bool scenario, ImportedRisk& out) {
    lose(model, {"assets", "frequency", "severity"},
         "is left out: a worry file says correlations, options and horizons in its own way");
    std::optional<double> assets;
    if (const auto node = child(model, "assets")) assets = count_assets(*node);
    if (const auto frequency = needed(model, "frequency")) {
      out.frequency = read_frequency(*frequency, assets, scenario);
    }
    if (const auto severity = needed(model, "severity")) out.loss = read_severity(*severity);
  }

  double count_assets(const YamlNode& node) {
    std::vector<YamlNode> groups = node.items();
    if (groups.empty()) groups.push_back(node);
    double sum = 0;
    for (const YamlNode& group : groups) {
      sum += positive(group, "cardinality").value_or(0);
      lose(group, {"cardinality", "name"}, "is left out: rates stand as they are written");
    }
    return sum;
  }

  // How many times what is stated happens: once a portfolio, or once an asset.
  std::optional<double> times(const YamlNode& node, std::optional<double> assets, bool scenario) {
    auto stated = child(node, "scope");
    if (!stated) stated = child(node, "basis");
    const std::string said = stated ? stated->text() : "";
    if (said == "portfolio" || said == "per_organization_per_year") return 1;
    if (!said.empty() && said != "asset" && said != "per_asset_unit_per_year") {
      problem(stated.value_or(node), fmt::format("'{}' is no scope that is known", said),
              "asset, portfolio, per_organization_per_year or per_asset_unit_per_year");
      return std::nullopt;
    }
    if (said.empty() && scenario) return 1;
    if (!assets && !said.empty()) {
      problem(node, "a rate per asset, and no number of assets", "assets: {cardinality: 500}");
      return std::nullopt;
    }
    return assets.value_or(1);
  }

  std::string read_frequency(const YamlNode& node, std::optional<double> assets, bool scenario) {
    const auto model = needed(node, "model");
    const auto parameters = needed(node, "parameters");
    const auto count = times(node, assets, scenario);
    if (!model || !parameters || !count) return {};
    lose(node, {"model", "parameters", "scope", "basis"}, "of a frequency is left out");
    const std::string& name = model->text();
    if (name == "poisson") {
      const double rate = positive(*parameters, "lambda").value_or(0) * *count;
      return format_fixed(rate) + " times a year";
    }
    const bool gamma = name == "gamma";
    if (!gamma && name != "gamma_poisson") {
      problem(*model, fmt::format("a frequency '{}' has no counterpart", name),
              "poisson, gamma or gamma_poisson");
      return {};
    }
    const auto shape = positive(*parameters, gamma ? "shape" : "alpha_base");
    const auto second = positive(*parameters, gamma ? "scale" : "beta_base");
    if (!shape || !second) return {};
    return fmt::format("gamma({}, {} years)", format_fixed(*shape * *count),
                       format_fixed(gamma ? 1 / *second : *second));
  }

  std::string read_severity(const YamlNode& node) {
    const auto model = needed(node, "model");
    if (!model) return {};
    if (model->text() == "mixture") return read_mixture(node);
    const auto parameters = needed(node, "parameters");
    if (!parameters) return {};
    lose(node, {"model", "parameters"}, "of a severity is left out");
    return read_size(model->text(), *model, *parameters, currency_of(*parameters));
  }

  std::string currency_of(const YamlNode& parameters) {
    if (const auto stated = child(parameters, "currency")) {
      return stated->text() == "$" ? "USD" : stated->text();
    }
    lost_.push_back(parameters.problem("no currency is stated: US dollars are taken"));
    return "USD";
  }

  // One size in money: what `daytwo calc` calls it.
  std::string read_size(std::string_view name, const YamlNode& at, const YamlNode& parameters,
                        const std::string& currency) {
    lose(parameters, {"median", "mu", "sigma", "shape", "scale", "weight", "currency"},
         "of a severity is left out");
    if (name == "lognormal") {
      const auto mu = child(parameters, "mu");
      const auto logarithm = mu ? number(*mu) : std::nullopt;
      if (mu && !logarithm) problem(*mu, "'mu' is no number");
      const auto median =
          mu ? std::optional(std::exp(logarithm.value_or(0))) : positive(parameters, "median");
      const auto sigma = positive(parameters, "sigma");
      if (!median || !sigma) return {};
      return fmt::format("lognormal(median={} {}, s={})", currency, format_fixed(*median),
                         format_fixed(*sigma));
    }
    if (name == "gamma") {
      const auto shape = positive(parameters, "shape");
      const auto scale = positive(parameters, "scale");
      if (!shape || !scale) return {};
      return fmt::format("{} {} * gamma({}, 1)", currency, format_fixed(*scale),
                         format_fixed(*shape));
    }
    problem(at, fmt::format("a severity '{}' has no counterpart", name),
            "lognormal, gamma or a mixture of them");
    return {};
  }

  std::string read_mixture(const YamlNode& node) {
    auto components = child(node, "components");
    if (const auto parameters = child(node, "parameters"); parameters && !components) {
      components = child(*parameters, "components");
    }
    if (!components || components->items().empty()) {
      problem(node, "a mixture has 'components'");
      return {};
    }
    std::string parts;
    std::string weights;
    const auto inside = child(components->items().front(), "currency");
    const std::string currency = inside ? inside->text() : currency_of(node);
    for (const YamlNode& component : components->items()) {
      const auto entries = component.entries();
      if (entries.size() != 1) {
        problem(component, "a component is one distribution", "lognormal: {weight: 0.7, ...}");
        continue;
      }
      const auto& [name, parameters] = entries.front();
      const auto weight = positive(parameters, "weight");
      parts += read_size(name.text(), name, parameters, currency) + ", ";
      weights += (weights.empty() ? "" : ", ") + format_fixed(weight.value_or(0));
    }
    return fmt::format("mixture({}weights=[{}])", parts, weights);
  }

  Diagnostics& problems_;
  Diagnostics& lost_;
};

}  // namespace

Result<RegisterImport> import_crml(std::string_view text, const std::string& path) {
  TRY(const std::vector<YamlNode> documents, parse_yaml_documents(text, path));
  if (documents.size() > kMaxImportedRisks) {
    return fail(Code::kLimit, fmt::format("{}: more than {} documents", path, kMaxImportedRisks));
  }
  Diagnostics problems;
  RegisterImport out;
  std::set<std::string> ids;
  for (const YamlNode& node : documents) {
    ImportedRisk risk = Document(problems, out.lost).read(node);
    const std::string wanted = risk.id;
    for (int n = 2; !ids.insert(risk.id).second; ++n) risk.id = fmt::format("{}-{}", wanted, n);
    out.risks.push_back(std::move(risk));
  }
  if (!problems.empty()) return fail(std::move(problems));
  if (out.risks.empty()) return fail(Code::kInvalid, path + ": no document in the file");
  return out;
}

}  // namespace daytwo::model
