#include "app/pages/waste_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "base/text.h"
#include "decide/waste/worth.h"
#include "model/amount.h"
#include "orient/words.h"

namespace daytwo::app {
namespace {

using decide::waste::Price;
using decide::waste::Running;
using orient::percent_words;

// A notice stands so long before anything is stopped, and what is stopped waits so long before it
// is deleted: everyone who works monthly comes by.
constexpr Duration kNotice = days(14);
constexpr Duration kQuarantine = days(30);

// A row, and the numbers behind it that sums are made of.
struct Draft {
  api::WasteRow row;
  Price month;
  std::string currency;  // empty: no bill names it
  chance::Estimate needed;
};

api::Amount to_view(const model::Amount& amount) {
  const chance::Estimate& e = amount.estimate;
  return {e.p05,     e.p25,        e.p50,       e.p75,         e.p95,        e.mean,
          e.samples, e.seed.value, amount.unit, amount.window, amount.as_of, amount.version};
}

std::string day_of(Timestamp at) { return to_rfc3339(at).substr(0, 10); }

api::WasteKind kind_of(orient::IdleOf of) {
  switch (of) {
    case orient::IdleOf::kService:
      return api::WasteKind::kService;
    case orient::IdleOf::kWorkload:
      return api::WasteKind::kWorkload;
    case orient::IdleOf::kFilesystem:
      return api::WasteKind::kFilesystem;
  }
  return api::WasteKind::kWorkload;
}

// Notice, stop, snapshot, delete: each can be taken back until the last.
void add_steps(api::WasteRow& row, Timestamp now) {
  const std::string whom =
      row.owner.empty() ? "everyone, since nobody is declared as its owner" : row.owner;
  const Timestamp stop = now + kNotice;
  row.quarantine = stop;
  if (row.kind == api::WasteKind::kFilesystem) {
    row.steps = {{now, fmt::format("notice: tell {} that {} goes read-only on {}", whom, row.name,
                                   day_of(stop))},
                 {stop, "mount it read-only"},
                 {stop + kQuarantine, "take a snapshot, then shrink or delete it"}};
    return;
  }
  row.steps = {
      {now, fmt::format("notice: tell {} that {} stops on {}", whom, row.name, day_of(stop))},
      {stop, "stop it, and keep its data"},
      {stop + kQuarantine, "take a snapshot that was read back once"},
      {stop + kQuarantine, "delete it, if nobody missed it"}};
}

// "$1.2k a month (90 %: $1.1k to $1.3k)".
std::string price_words(const Price& month, const std::string& currency, Timestamp now) {
  const model::Amount amount = month.amount(currency, now);
  const std::string middle = model::money_words(amount.estimate.mean, currency) + " a month";
  if (month.periods < 2) return middle + " (one charge: how it moves is not known)";
  return fmt::format("{} (90 %: {} to {})", middle,
                     model::money_words(amount.estimate.p05, currency),
                     model::money_words(amount.estimate.p95, currency));
}

void add_price(Draft& draft, const Running& running) {
  const std::string& currency = running.cost->currency;
  if (!draft.currency.empty() && draft.currency != currency) return;  // two currencies never add
  draft.month = draft.currency.empty() ? running.month : draft.month.plus(running.month);
  draft.currency = currency;
  draft.row.resources.push_back(running.name());
}

Draft draft_of_idle(const orient::Idle& idle, const WasteFacts& facts,
                    const std::map<std::string, std::vector<const Running*>>& named) {
  Draft draft;
  draft.row.kind = kind_of(idle.of);
  draft.row.name = idle.name;
  draft.row.where = idle.host;
  draft.row.owner = idle.owner;
  draft.row.evidence = idle.evidence;
  draft.row.idle_since = idle.since;
  if (const auto found = named.find(idle.name);
      found != named.end() && idle.of != orient::IdleOf::kFilesystem) {
    for (const Running* each : found->second) add_price(draft, *each);
  }
  const double idle_days = (facts.now - idle.since).seconds() / 86'400;
  draft.needed = chance::still_needed(facts.past, idle_days);
  const std::string kept =
      idle.bytes > 0 ? fmt::format(", {} {:.1f} GiB",
                                   idle.of == orient::IdleOf::kFilesystem ? "leaves free" : "holds",
                                   idle.bytes / (1 << 30))
                     : "";
  draft.row.sentence = fmt::format("no use seen for {}{}", to_words(facts.now - idle.since), kept);
  add_steps(draft.row, facts.now);
  return draft;
}

Draft draft_of_resource(const Running& running, const WasteFacts& facts,
                        const chance::Estimate& unmeasured) {
  Draft draft;
  draft.row.name = running.name();
  draft.row.where = running.cost->account.empty() ? running.cost->provider : running.cost->account;
  add_price(draft, running);
  if (running.cost->kind == facts::CostKind::kUnused) {
    draft.row.kind = api::WasteKind::kCommitment;
    draft.needed = chance::exactly(0);
    draft.row.sentence = "paid for and not used";
    draft.row.evidence.emplace_back("charges of it say CommitmentDiscountStatus Unused");
    draft.row.steps = {{facts.now, "move more use under it, or buy less when its term ends"}};
    return draft;
  }
  draft.row.kind = api::WasteKind::kResource;
  draft.needed = unmeasured;
  draft.row.sentence = fmt::format("names nothing that runs on the {} seen here",
                                   counted(facts.names.hosts(), "host", "hosts"));
  draft.row.evidence.push_back("on the bill under service " +
                               (running.cost->service.empty() ? "(none)" : running.cost->service));
  draft.row.evidence.emplace_back(
      "its use is not measured: what runs where daytwo does not look is not seen");
  for (const auto& [tag, value] : running.cost->tags) {
    draft.row.evidence.push_back(fmt::format("tag {}={}", tag, value));
    if (to_lower(tag) == "owner" || to_lower(tag) == "team") draft.row.owner = value;
  }
  add_steps(draft.row, facts.now);
  return draft;
}

// The last of it: saving, chance and worth, and the whole sentence.
void finish(Draft& draft, const WasteFacts& facts) {
  api::WasteRow& row = draft.row;
  std::string out = row.name + ": " + row.sentence;
  if (!draft.currency.empty()) {
    row.saving = to_view(draft.month.amount(draft.currency, facts.now));
    out += ", " + price_words(draft.month, draft.currency, facts.now);
  }
  if (row.kind != api::WasteKind::kCommitment) {
    row.needed = to_view(model::Amount{draft.needed, std::string(model::kProbability),
                                       std::string(model::kNow), facts.now, "chance.needed/1"});
    out += fmt::format(", still needed with a chance of {}", percent_words(draft.needed.mean));
  }
  if (facts.restore && facts.restore->unit == draft.currency &&
      row.kind != api::WasteKind::kCommitment) {
    const auto fit = facts.restore->fit();
    const chance::Distribution back = fit ? fit->distribution : chance::point(facts.restore->low);
    const chance::Estimate worth =
        decide::waste::worth_of_a_year({draft.month, draft.needed}, back, facts.seed);
    row.worth = to_view(model::Amount{worth, draft.currency, std::string(model::kAYear), facts.now,
                                      "decide.waste/1"});
    if (worth.mean < 0) {
      out += "; keep it: putting it back would cost more than a year of it";
      row.steps.clear();
      row.quarantine.reset();
    }
  }
  if (!row.steps.empty()) out += "; next: " + row.steps.front().what;
  row.sentence = std::move(out);
}

std::vector<Draft> drafts_of(const WasteFacts& facts) {
  std::map<std::string, std::vector<const Running*>> named;
  const chance::Estimate unmeasured = chance::still_needed(facts.past, 0);
  std::vector<Draft> out;
  for (const Running& each : facts.running) {
    const bool unused = each.cost->kind == facts::CostKind::kUnused;
    const std::string name = unused ? std::string() : facts.names.find(*each.cost);
    if (name.empty()) {
      out.push_back(draft_of_resource(each, facts, unmeasured));
    } else {
      named[name].push_back(&each);
    }
  }
  for (const orient::Idle& each : facts.idle.idle) {
    out.push_back(draft_of_idle(each, facts, named));
  }
  // What it saves on average; without a bill by how long it is idle.
  std::stable_sort(out.begin(), out.end(), [](const Draft& a, const Draft& b) {
    const double left = a.month.mean * (1 - a.needed.mean);
    const double right = b.month.mean * (1 - b.needed.mean);
    if (left != right) return left > right;
    return a.row.idle_since.value_or(kMaxTimestamp) < b.row.idle_since.value_or(kMaxTimestamp);
  });
  return out;
}

// Keeps the largest savings and completes them; a note says what was left out.
void keep_most(std::vector<Draft>& drafts, api::WastePage& page, const WasteFacts& facts) {
  if (drafts.size() > kMostWaste) {
    std::map<std::string, double> left;
    for (std::size_t i = kMostWaste; i < drafts.size(); ++i) {
      if (!drafts[i].currency.empty()) left[drafts[i].currency] += drafts[i].month.mean;
    }
    std::vector<std::string> sums;
    for (const auto& [currency, sum] : left) sums.push_back(model::money_words(sum, currency));
    page.notes.push_back(fmt::format(
        "{} more are left out, the smallest savings{}", drafts.size() - kMostWaste,
        sums.empty() ? "" : ": " + join_words(sums) + " a month all together, needed or not"));
    drafts.resize(kMostWaste);
  }
  for (Draft& each : drafts) finish(each, facts);
}

// "a good event of checkout (availability) costs $0.0021": what its resources cost over the time in
// which its objective counted, by what it counted.
void add_unit_costs(api::WastePage& page, const WasteFacts& facts) {
  for (const Served& served : facts.served) {
    Price month;
    std::string currency;
    for (const Running& each : facts.running) {
      if (each.cost->kind != facts::CostKind::kUsage ||
          facts.names.find(*each.cost) != served.service) {
        continue;
      }
      if (!currency.empty() && currency != each.cost->currency) continue;
      month = currency.empty() ? each.month : month.plus(each.month);
      currency = each.cost->currency;
    }
    if (currency.empty() || served.good <= 0 || served.measured_days <= 0) continue;
    const double scale =
        served.measured_days / decide::waste::kDaysAMonth / served.good;  // months an event
    const model::Amount cost = month.amount(currency, facts.now);
    page.notes.push_back(fmt::format(
        "a good event of {} ({}) costs {} (90 %: {} to {}): {} of them in {} measured days",
        served.service, served.objective, model::money_words(cost.estimate.mean * scale, currency),
        model::money_words(cost.estimate.p05 * scale, currency),
        model::money_words(cost.estimate.p95 * scale, currency),
        static_cast<std::int64_t>(served.good), orient::number_words(served.measured_days)));
  }
}

void add_savings(api::WastePage& page, const std::vector<Draft>& drafts, const WasteFacts& facts) {
  std::map<std::string, std::vector<decide::waste::Candidate>> by_currency;
  for (const Draft& each : drafts) {
    if (!each.currency.empty() && !each.row.steps.empty()) {
      by_currency[each.currency].push_back({each.month, each.needed});
    }
  }
  for (const auto& [currency, all] : by_currency) {
    page.savings.push_back(
        to_view(model::Amount{decide::waste::saved_a_month(all, facts.seed), currency,
                              std::string(decide::waste::kAMonth), facts.now, "decide.waste/1"}));
  }
}

std::string headline(const api::WastePage& page, const std::vector<Draft>& drafts) {
  const auto out = static_cast<std::size_t>(std::count_if(
      drafts.begin(), drafts.end(), [](const Draft& each) { return !each.row.steps.empty(); }));
  std::vector<std::string> sums;
  for (const api::Amount& each : page.savings) {
    sums.push_back(fmt::format(
        "{} a month (90 %: {} to {})", model::money_words(each.mean, each.unit),
        model::money_words(each.p05, each.unit), model::money_words(each.p95, each.unit)));
  }
  const std::string saves =
      sums.empty() ? "what that saves is not known"
                   : "that saves " + join_words(sums) + ", once what is needed is back";
  return counted(out, "thing", "things") + " can be cleaned up: " + saves;
}

// What is not known, and what would tell.
void teach_missing(api::WastePage& page, const WasteFacts& facts) {
  if (facts.running.empty()) {
    page.teach = "daytwo import cost FILE  (a bill in FOCUS, for what it saves)";
  }
  if (facts.idle.watched < facts.least) {
    page.notes.push_back(fmt::format(
        "nothing here was watched for {} yet (the longest for {}): ask again on {}, or with a "
        "smaller --idle",
        to_words(facts.least), to_words(facts.idle.watched),
        day_of(facts.now + (facts.least - facts.idle.watched))));
  }
  for (const std::string& each : facts.idle.needed) {
    page.notes.push_back("idle, and left out because " + each);
  }
  page.notes.emplace_back(
      "the chance that something is needed is an assumption (2 in 10 after 30 idle days), not yet "
      "taught by clean-ups of yours");
}

}  // namespace

void fill_waste(api::WastePage& page, const WasteFacts& facts) {
  std::vector<Draft> drafts = drafts_of(facts);
  keep_most(drafts, page, facts);
  add_savings(page, drafts, facts);
  add_unit_costs(page, facts);
  teach_missing(page, facts);
  if (drafts.empty()) {
    page.sentence =
        facts.running.empty() && facts.idle.watched < facts.least
            ? "nothing can be said yet: no bill was imported, and what runs here was not watched "
              "for long enough"
            : fmt::format("nothing to clean up: {} looked at, none idle for {}",
                          counted(facts.idle.looked_at, "thing", "things"), to_words(facts.least));
    return;
  }
  page.sentence = headline(page, drafts);
  for (Draft& each : drafts) page.rows.push_back(std::move(each.row));
}

}  // namespace daytwo::app
