#include "orient/detector.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/id.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"

namespace daytwo::orient {

bool Detector::moved(const facts::Record& /*before*/, const facts::Record& /*after*/) const {
  return false;
}

std::string Detector::closing_sentence(const facts::Record& before) const {
  return "no longer so: " + before.sentence;
}

std::string_view host_of(const facts::Record& sighting) {
  std::string_view key = sighting.key.value;
  const std::size_t first = key.find('/');
  if (first == std::string_view::npos) return {};
  key.remove_prefix(first + 1);
  return key.substr(0, key.find('/'));
}

Claim make_claim(facts::FindingKind kind, std::string key, std::string subject, std::string title,
                 std::string sentence, std::string state) {
  Claim claim;
  claim.record.key = WorryKey(std::move(key));
  claim.record.subject = std::move(subject);
  claim.record.sentence = std::move(sentence);
  claim.state = std::move(state);
  facts::Finding finding;
  finding.kind = kind;
  finding.title = std::move(title);
  claim.record.body = std::move(finding);
  return claim;
}

namespace {

// What each detector looks for, in a reader's words.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kSourceTitles = {{
    {"alert", "alerts of other systems"},
    {"burn", "error budgets"},
    {"cpu", "processor use"},
    {"declared", "declared listeners"},
    {"drift", "drift from the baseline"},
    {"exposure", "advisories for what runs"},
    {"flow", "both ends of flows"},
    {"memory", "memory limits"},
    {"probe", "watched URLs"},
    {"runout", "what runs out"},
    {"tripwire", "tripwires"},
}};

std::string title_of_source(std::string_view name) {
  for (const auto& [known, title] : kSourceTitles) {
    if (known == name) return std::string(title);
  }
  return std::string(name);
}

}  // namespace

Claim make_source_claim(std::string_view name, std::string sentence, std::string enable,
                        std::string state) {
  Claim claim =
      make_claim(facts::FindingKind::kSource, "source/" + std::string(name), std::string(name),
                 title_of_source(name), std::move(sentence), std::move(state));
  finding_of(claim).next_step = std::move(enable);
  return claim;
}

Claim make_stuck_source_claim(std::string_view name, std::string_view stuck, std::string sentence,
                              std::string mend, std::string state) {
  Claim claim = make_source_claim(name, std::move(sentence), std::move(mend), std::move(state));
  claim.record.inputs = {{std::string(kSourceInput), std::string(stuck)}};
  return claim;
}

facts::Finding& finding_of(Claim& claim) {
  auto* finding = std::get_if<facts::Finding>(&claim.record.body);
  CHECK(finding != nullptr, "a claim holds a finding");
  return *finding;
}

void add_amount(Claim& claim, std::string name, const chance::Estimate& estimate,
                std::string_view unit, std::string_view window) {
  claim.record.amounts.push_back(
      {std::move(name), {estimate, std::string(unit), std::string(window), {}, {}}});
}

}  // namespace daytwo::orient
