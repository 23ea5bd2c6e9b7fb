// Registers of other tools as worry files: CRML scenarios (YAML) and CSV as riskquant reads it.
// What has a counterpart is said exactly; what has none is named with its line, never dropped in
// silence. A worry file is `frequency` and `loss` in the language of `daytwo calc`, so a gamma rate
// or a mixture stays what it was. Sources: CRML 1.0 and 1.1 and the scenario documents that
// followed them (crml_scenario 1.0); riskquant's README. Thread rule: pure functions over plain
// values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"

namespace daytwo::model {

// Risks that one file may hold.
inline constexpr std::size_t kMaxImportedRisks = 10'000;

// One risk in words that a worry file reads.
struct ImportedRisk {
  std::string id;
  std::string title;
  std::string frequency;  // "0.1 times a year", "gamma(2, 4 years)"
  std::string loss;       // "USD 1000 to USD 20000", "lognormal(median=EUR 20000, s=1.5)"
  std::string source;
};

// What a file says: its risks, and what is lost on the way, each at its line.
struct RegisterImport {
  std::vector<ImportedRisk> risks;
  Diagnostics lost;
};

// Reads CRML: documents separated by "---" are risks of their own. Frequency: poisson, gamma or
// gamma_poisson, per organisation or per asset times the number of assets (independent ones: the
// shapes of their gammas add up). Severity: lognormal by median or mu, gamma, or a mixture of both;
// US dollars where no currency stands. Errors: kInvalid with every problem at its line: no CRML,
// another model, a parameter that is missing or no number above 0; kLimit above kMaxImportedRisks.
[[nodiscard]] Result<RegisterImport> import_crml(std::string_view text, const std::string& path);

// Reads CSV [RFC 4180]: identifier, name, probability (or frequency), low_loss, high_loss; in that
// order without a head, in any order under one. The third is a rate a year (of a Poisson count, as
// riskquant takes it, though it may call it a probability), the losses are the ends of a 90 %
// interval in US dollars. Errors: kInvalid with every problem at its line; kLimit as above.
[[nodiscard]] Result<RegisterImport> import_risk_csv(std::string_view text,
                                                     const std::string& path);

// The worry file that says the same, with what is lost as comments above it.
[[nodiscard]] std::string to_worry_yaml(const RegisterImport& import);

// An id made of a name: its letters, digits, '.' and '_', with '-' between them; "risk" for none.
[[nodiscard]] std::string worry_id(std::string_view name);

}  // namespace daytwo::model
