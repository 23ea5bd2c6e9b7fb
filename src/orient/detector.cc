#include "orient/detector.h"

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

Claim make_source_claim(std::string_view name, std::string sentence, std::string enable,
                        std::string state) {
  std::string title = enable.empty() ? std::string(name) + " is watched"
                                     : std::string(name) + " has nothing to go by yet";
  Claim claim =
      make_claim(facts::FindingKind::kSource, "source/" + std::string(name), std::string(name),
                 std::move(title), std::move(sentence), std::move(state));
  finding_of(claim).next_step = std::move(enable);
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
