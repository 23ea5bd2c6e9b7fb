#include "model/register_import.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace daytwo::model {
namespace {

// riskquant's columns, in the order of a file without a head.
constexpr const char* kColumns[] = {"identifier", "name", "frequency", "low_loss", "high_loss"};
constexpr std::size_t kColumnCount = std::size(kColumns);

// A whole cell as a number: "$1,000,000" is one too.
std::optional<double> number_in(std::string_view cell) {
  std::string digits;
  for (const char c : trim(cell)) {
    if (c != ',' && c != ' ' && c != '$') digits += c;
  }
  double out = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (code != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(out)) {
    return std::nullopt;
  }
  return out;
}

// Cells of one line; a quote inside quotes is written twice.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      out.back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back();
    } else if (c != '\r') {
      out.back() += c;
    }
  }
  for (std::string& cell : out) cell = std::string(trim(cell));
  return out;
}

// Where each column stands.
using Columns = std::map<std::string, std::size_t>;

// Reads one CSV file, line by line.
class Sheet {
 public:
  explicit Sheet(std::string path) : path_(std::move(path)) {}

  void take(int line, std::string_view whole) {
    line_ = line;
    whole_ = whole;
    const std::vector<std::string> cells = cells_of(whole);
    if (columns_.empty() && takes_head(cells)) return;
    take_row(cells);
  }

  [[nodiscard]] Result<RegisterImport> finish() {
    if (!problems_.empty()) return fail(std::move(problems_));
    return std::move(out_);
  }

 private:
  Diagnostic at(std::string text, std::string expected = {}) const {
    return {path_, line_, 1, std::move(text), std::string(whole_), std::move(expected), ""};
  }

  // True where the first line is a head; without one the columns stand in their order.
  bool takes_head(const std::vector<std::string>& cells) {
    const bool head = cells.size() < 3 || !number_in(cells[2]);
    for (std::size_t i = 0; i < kColumnCount && !head; ++i) columns_[kColumns[i]] = i;
    if (!head) return false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::string name = to_lower(cells[i]);
      if (name == "probability") name = "frequency";
      columns_[name] = i;
    }
    for (const char* wanted : kColumns) {
      if (columns_.contains(wanted) || std::string_view(wanted) == "name") continue;
      problems_.push_back(at(fmt::format("the head has no column '{}'", wanted),
                             "identifier, name, frequency (or probability), low_loss, high_loss"));
    }
    std::set<std::string> known(std::begin(kColumns), std::end(kColumns));
    for (const auto& [name, index] : columns_) {
      if (!known.contains(name)) out_.lost.push_back(at("the column '" + name + "' is left out"));
    }
    return true;
  }

  void take_row(const std::vector<std::string>& cells) {
    const auto cell = [&](const std::string& name) {
      const auto found = columns_.find(name);
      return found == columns_.end() || found->second >= cells.size() ? std::string()
                                                                      : cells[found->second];
    };
    const auto rate = number_in(cell("frequency"));
    const auto low = number_in(cell("low_loss"));
    const auto high = number_in(cell("high_loss"));
    if (!rate || *rate <= 0) {
      problems_.push_back(at("the frequency is no number above 0", "events a year, such as 0.1"));
    } else if (!low || !high || *low <= 0 || *low >= *high) {
      problems_.push_back(
          at("low_loss and high_loss are no interval", "two numbers above 0, the lower first"));
    } else {
      ImportedRisk risk;
      risk.id = free_id(cell("identifier"));
      risk.title = cell("name");
      risk.frequency = format_fixed(*rate) + " times a year";
      risk.loss = fmt::format("USD {} to USD {}", format_fixed(*low), format_fixed(*high));
      risk.source = "register as CSV";
      out_.risks.push_back(std::move(risk));
    }
  }

  std::string free_id(const std::string& identifier) {
    const std::string wanted = worry_id(identifier);
    std::string id = wanted;
    for (int n = 2; !ids_.insert(id).second; ++n) id = fmt::format("{}-{}", wanted, n);
    if (id != wanted) {
      out_.lost.push_back(
          at(fmt::format("the identifier '{}' stands twice: this one is '{}'", identifier, id)));
    }
    return id;
  }

  std::string path_;
  int line_ = 0;
  std::string_view whole_;
  Columns columns_;
  std::set<std::string> ids_;
  RegisterImport out_;
  Diagnostics problems_;
};

// A scalar between double quotes.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out + '"';
}

// A comment's text: one line, nothing that ends it.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return out;
}

}  // namespace

std::string worry_id(std::string_view name) {
  std::string out;
  for (const char c : to_lower(name)) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_') {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "risk" : out;
}

Result<RegisterImport> import_risk_csv(std::string_view text, const std::string& path) {
  const std::vector<std::string_view> lines = split(text, '\n');
  if (lines.size() > kMaxImportedRisks) {
    return fail(Code::kLimit, fmt::format("{}: more than {} lines", path, kMaxImportedRisks));
  }
  if (trim(text).empty()) {
    return fail(Code::kInvalid, fmt::format("{}: the file is empty; a line is {}", path,
                                            "ALICE,Alice steals the data,0.1,1000000,10000000"));
  }
  Sheet sheet(path);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!trim(lines[i]).empty()) sheet.take(static_cast<int>(i) + 1, lines[i]);
  }
  return sheet.finish();
}

std::string to_worry_yaml(const RegisterImport& import) {
  std::string out;
  for (const Diagnostic& lost : import.lost) {
    out += fmt::format("# line {}: {}\n", lost.line, one_line(lost.text));
  }
  out += import.risks.empty() ? "risks: []\n" : "risks:\n";
  for (const ImportedRisk& risk : import.risks) {
    out += fmt::format("  - id: {}\n", quoted(risk.id));
    if (!risk.title.empty()) out += fmt::format("    title: {}\n", quoted(risk.title));
    out += fmt::format("    frequency: {}\n    loss: {}\n    source: {}\n", quoted(risk.frequency),
                       quoted(risk.loss), quoted(risk.source));
  }
  return out;
}

}  // namespace daytwo::model
