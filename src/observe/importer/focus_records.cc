// From a bill to records of the journal, and to FOCUS again.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/nanos.h"
#include "facts/bill.h"
#include "facts/journal.h"
#include "facts/names.h"
#include "observe/importer/focus.h"
#include "observe/importer/import.h"
#include "observe/observation.h"

namespace daytwo::observe {
namespace {

// Days of `now`, and those of `before` that `now` does not have.
facts::CostSeen merged(const facts::CostSeen& before, facts::CostSeen now) {
  for (const facts::CostDay& old : before.days) {
    const auto at =
        std::lower_bound(now.days.begin(), now.days.end(), old.day,
                         [](const facts::CostDay& one, std::int64_t day) { return one.day < day; });
    if (at != now.days.end() && at->day == old.day) continue;
    now.days.insert(at, old);
    now.billed_known = now.billed_known && before.billed_known;
    now.effective_known = now.effective_known && before.effective_known;
  }
  return now;
}

std::string sentence_of(const facts::CostSeen& cost) {
  facts::Charged sum;
  sum.add(cost);
  const std::string price =
      !cost.effective_known ? sum.billed.to_cents() + " billed"
      : !cost.billed_known
          ? sum.effective.to_cents()
          : fmt::format("{} ({} billed)", sum.effective.to_cents(), sum.billed.to_cents());
  const std::string& what = !cost.name.empty()       ? cost.name
                            : !cost.resource.empty() ? cost.resource
                                                     : cost.service;
  return fmt::format("{} of {} in {} cost {} {}",
                     json_names(cost.kind).at(static_cast<std::size_t>(cost.kind)),
                     what.empty() ? "no service" : what, to_rfc3339(cost.month).substr(0, 7),
                     cost.currency, price);
}

// A cell: in quotes, with quotes doubled, so that whatever it holds stays one cell.
void put(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += "\",";
}

std::string quoted_json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string tags_text(const facts::CostSeen& cost) {
  std::string out;
  for (const auto& [name, value] : cost.tags) {
    out += fmt::format("{}{}: {}", out.empty() ? "{" : ", ", quoted_json(name), quoted_json(value));
  }
  return out.empty() ? out : out + "}";
}

struct FocusWords {
  std::string_view category;
  std::string_view status;
  std::string_view form;
};

FocusWords words_of(facts::CostKind kind) {
  switch (kind) {
    case facts::CostKind::kUsage:
      return {"Usage", "", ""};
    case facts::CostKind::kUnused:
      return {"Usage", "Unused", ""};
    case facts::CostKind::kPurchase:
      return {"Purchase", "", ""};
    case facts::CostKind::kTax:
      return {"Tax", "", ""};
    case facts::CostKind::kCredit:
      return {"Credit", "", ""};
    case facts::CostKind::kAdjustment:
      return {"Adjustment", "", ""};
    case facts::CostKind::kCorrection:
      return {"Usage", "", "Correction"};
  }
  return {};
}

void put_day(std::string& out, const facts::CostSeen& cost, const facts::CostDay& day) {
  const Timestamp start = cost.month + days(day.day - 1);
  const FocusWords words = words_of(cost.kind);
  const std::size_t slash = cost.account.find('/');
  put(out, to_rfc3339(start));
  put(out, to_rfc3339(start + days(day.span)));
  put(out, cost.currency);
  for (const std::string_view word : {words.category, words.status, words.form}) put(out, word);
  put(out, cost.provider);
  put(out, cost.account.substr(0, slash));
  put(out, slash == std::string::npos ? "" : cost.account.substr(slash + 1));
  for (const std::string* text :
       {&cost.service, &cost.resource, &cost.name, &cost.type, &cost.region, &cost.commitment}) {
    put(out, *text);
  }
  put(out, tags_text(cost));
  put(out, cost.billed_known ? nanos_text(day.billed_nanos) : "");
  put(out, cost.effective_known ? nanos_text(day.effective_nanos) : "");
  out.back() = '\n';
}

}  // namespace

std::vector<facts::Record> to_records(const FocusBill& bill, const facts::Snapshot& snapshot) {
  std::vector<facts::Record> out;
  for (const auto& [key, cost] : bill.costs) {
    facts::Record record;
    record.key = WorryKey(key);
    const facts::RecordPtr known = snapshot.find(facts::kind_name<facts::CostSeen>(), record.key);
    const auto* before = known == nullptr || known->state == facts::State::kClosed
                             ? nullptr
                             : facts::body_as<facts::CostSeen>(*known);
    facts::CostSeen now = before == nullptr ? cost : merged(*before, cost);
    record.ts = now.month + days(now.days.back().day - 1);
    record.subject = now.resource.empty() ? now.service : now.resource;
    record.engine = kImportEngine;
    record.sentence = sentence_of(now);
    record.body = facts::Sighting{std::move(now)};
    out.push_back(std::move(record));
  }
  drop_known(out, snapshot);
  return out;
}

std::string to_focus(const FocusBill& bill, std::size_t from, std::size_t to) {
  std::string out =
      "ChargePeriodStart,ChargePeriodEnd,BillingCurrency,ChargeCategory,CommitmentDiscountStatus,"
      "ChargeClass,ProviderName,BillingAccountId,SubAccountId,ServiceName,ResourceId,ResourceName,"
      "ResourceType,RegionId,CommitmentDiscountId,Tags,BilledCost,EffectiveCost\n";
  const std::size_t last = std::min(to, bill.costs.size());
  auto each = std::next(bill.costs.begin(), static_cast<std::ptrdiff_t>(std::min(from, last)));
  for (std::size_t i = from; i < last; ++i, ++each) {
    for (const facts::CostDay& day : each->second.days) put_day(out, each->second, day);
  }
  return out;
}

}  // namespace daytwo::observe
