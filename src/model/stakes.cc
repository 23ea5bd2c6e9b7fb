#include "model/stakes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/amount.h"
#include "model/grammar.h"
#include "model/sentence.h"
#include "model/stake_sentence.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"hour", "record", "incident", "failed request",
                                                    "person-hour"};
constexpr std::array<std::string_view, 5> kUnitOf = {kHoursLost, kRecordsExposed, kIncidents,
                                                     kFailedRequests, kPersonHours};

Quantity scaled(Quantity quantity, double factor) {
  quantity.low *= factor;
  quantity.high *= factor;
  if (quantity.likely) *quantity.likely *= factor;
  if (quantity.cap) *quantity.cap *= factor;
  return quantity;
}

// The strict form from its price on: what goes wrong there is told as it is.
Result<HeardStake> hear_price(Grammar& grammar, StakeSubject subject) {
  HeardStake out{subject.thing, std::move(subject.service), {}, ""};
  TRY(out.worth, read_stake_price(grammar));
  if (grammar.accept(",")) {
    if (!grammar.accept("source")) return fail(grammar.expected("'source'"));
    grammar.accept(":");
    out.source = grammar.take_text();
  }
  grammar.accept(".");
  if (!grammar.at_end()) return fail(grammar.expected("the end"));
  return out;
}

Result<HeardStake> hear(std::string_view text) {
  TRY(std::vector<Token> tokens, read_tokens(text));
  Grammar grammar(text, std::move(tokens));
  auto subject = read_stake_subject(grammar);
  if (!subject) return read_plain_stake(text, std::move(subject).error());
  return hear_price(grammar, *std::move(subject));
}

// Figures and caveats as published; the sentence states each as a 90 % interval.
constexpr std::array<BaseRate, 4> kBaseRates = {{
    {"itic-hour-2024", StakeOf::kServiceHour, "an hour down costs $300k to $5M",
     "ITIC, Hourly Cost of Downtime Survey 2024", 2024, "mid and large firms",
     "self-reported and without litigation: 90 % above $300k, 41 % from $1M to over $5M; far above "
     "what a small service loses",
     0.5},
    {"uptime-outage-2023", StakeOf::kIncident, "an incident costs $3.9k to $3.9M",
     "Uptime Institute, Annual Outage Analysis 2024", 2024,
     "data centre operators, their last big outage",
     "54 % of last big outages above $100k and 16 % above $1M; small outages are left out", 0.5},
    {"dbir-ransomware-2023", StakeOf::kIncident, "an incident costs $610 to $1.1M",
     "Verizon, Data Breach Investigations Report 2023", 2023, "ransomware with a loss",
     "median $26k among the 7 % of complaints with a loss, 95 % between $1 and $2.25M", 1},
    {"ibm-record-2020", StakeOf::kRecord, "a record exposed costs $5 to $150",
     "IBM and Ponemon, Cost of a Data Breach 2020", 2020, "breaches of 1 to 10 million records",
     "$50M for 1 to 10 million records: a survey mean of a heavy tail, no median", 0.5},
}};

}  // namespace

std::string_view to_string(StakeOf of) { return kNames.at(static_cast<std::size_t>(of)); }

std::string_view unit_of(StakeOf of) { return kUnitOf.at(static_cast<std::size_t>(of)); }

std::optional<StakeOf> stake_for(std::string_view unit) {
  for (std::size_t i = 0; i < kUnitOf.size(); ++i) {
    if (kUnitOf.at(i) == unit) return static_cast<StakeOf>(i);
  }
  return std::nullopt;
}

std::string Stake::key() const {
  return std::string(to_string(of)) + (service.empty() ? "" : "/" + service);
}

Result<Stake> parse_stake(std::string_view text) {
  TRY(HeardStake heard, hear(text));
  Stake out;
  out.of = heard.thing.of;
  out.service = std::move(heard.service);
  out.worth = scaled(std::move(heard.worth), 1 / heard.thing.units);
  out.text = text;
  out.source = std::move(heard.source);
  return out;
}

std::string question(StakeOf of, std::string_view service) {
  const std::string name = service.empty() ? "" : " of " + std::string(service);
  switch (of) {
    case StakeOf::kServiceHour:
      return "An hour" + name + " down costs between ? and ?";
    case StakeOf::kRecord:
      return "A record" + name + " exposed costs between ? and ?";
    case StakeOf::kIncident:
      return "An incident" + name + " costs between ? and ?";
    case StakeOf::kFailedRequest:
      return "A failed request" + name + " costs between ? and ?";
    case StakeOf::kPersonHour:
      return "A person-day costs between ? and ?";
  }
  return "";
}

std::string example(StakeOf of, std::string_view service) {
  const std::string name = service.empty() ? "" : " of " + std::string(service);
  switch (of) {
    case StakeOf::kServiceHour:
      return "an hour" + name + " down costs $2k to $20k";
    case StakeOf::kRecord:
      return "a record" + name + " exposed costs $1 to $200";
    case StakeOf::kIncident:
      return "an incident" + name + " costs $5k to $100k";
    case StakeOf::kFailedRequest:
      return "a failed request" + name + " costs $0.2 to $9";
    case StakeOf::kPersonHour:
      return "a person-day costs $600 to $1200";
  }
  return "";
}

void Stakes::add(Stake stake) {
  const auto before = [](const Stake& a, const Stake& b) { return a.key() < b.key(); };
  const auto at = std::lower_bound(stakes_.begin(), stakes_.end(), stake, before);
  if (at != stakes_.end() && at->key() == stake.key()) {
    *at = std::move(stake);
  } else {
    stakes_.insert(at, std::move(stake));
  }
}

const Stake* Stakes::find(StakeOf of, std::string_view service) const {
  const Stake* general = nullptr;
  for (const Stake& stake : stakes_) {
    if (stake.of != of) continue;
    if (!service.empty() && stake.service == service) return &stake;
    if (stake.service.empty()) general = &stake;
  }
  return general;
}

std::span<const BaseRate> base_rates() { return kBaseRates; }

std::vector<BaseRate> offered(StakeOf of) {
  std::vector<BaseRate> out;
  std::copy_if(kBaseRates.begin(), kBaseRates.end(), std::back_inserter(out),
               [&](const BaseRate& each) { return each.of == of; });
  return out;
}

}  // namespace daytwo::model
