// /nines: what does the next quarter nine cost and save, and which promise is impossible?
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/view_base.h"
#include "app/pages/decision_pages.h"
#include "app/pages/nines_cache.h"
#include "app/pages/stated.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/availability.h"
#include "decide/decider.h"
#include "decide/history.h"
#include "decide/nines/curve.h"
#include "decide/nines/reading.h"
#include "model/amount.h"
#include "model/objective.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::app {
namespace {

namespace nines = decide::nines;

constexpr double kYears = 3;
constexpr double kMostYears = 50;
constexpr double kNines = 5;
constexpr double kMostNines = 9;

Result<double> within(const char* name, std::optional<double> given, double fallback, double low,
                      double high) {
  const double value = given.value_or(fallback);
  if (value >= low && value <= high) return value;
  return fail(Code::kInvalid, fmt::format("{} is {}: expected {} to {}", name, value, low, high));
}

// What a request asks for beside the service.
struct Horizon {
  decide::plan::Horizon spread;
  double most = kNines;  // the last level
};

Result<Horizon> horizon_of(const api::NinesRequest& request) {
  Horizon out;
  TRY(out.spread.years, within("years", request.years, kYears, 0.01, kMostYears));
  TRY(out.spread.discount, within("discount", request.discount, 0, 0, 1));
  TRY(out.most, within("most", request.most, kNines, 0.25, kMostNines));
  return out;
}

// The configuration's files with those of a request. A file that the configuration has too is one
// file, wherever it lies.
Result<model::WorryFile> with_files(const Config& config, const std::vector<api::SentFile>& sent) {
  std::vector<model::WorrySource> files = config.worry_files;
  for (const api::SentFile& each : sent) {
    const bool known = std::any_of(files.begin(), files.end(),
                                   [&](const auto& one) { return one.text == each.text; });
    if (!known) files.push_back({each.text, each.path});
  }
  return model::parse_worry_files(files);
}

// The objective that says how often a service is there: the one called availability or up that was
// seen longest; a flow or a latency says something else.
std::optional<nines::Measured> measured_of(const std::vector<orient::ObjectiveStatus>& all,
                                           const std::string& service) {
  std::optional<nines::Measured> out;
  for (const orient::ObjectiveStatus& each : all) {
    const model::Objective& objective = each.objective;
    if (objective.service.value != service || !each.sli) continue;
    if (objective.name != "availability" && objective.name != "up") continue;
    const double days = objective.window.days() * (1 - std::min(each.unknown_share, 1.0));
    if (!out || days > out->days) {
      out = nines::Measured{each.sli->value, days, service + "/" + objective.name};
    }
  }
  return out;
}

// To the hundredth of a nine and the day: what is between moves no curve that anyone could tell
// from the one before.
std::string measured_words(const std::optional<nines::Measured>& measured) {
  if (!measured) return "";
  return fmt::format("{} {:.2f} {:.0f}", measured->objective,
                     chance::nines_of(measured->availability), measured->days);
}

api::Amount amount(const chance::Estimate& estimate, const std::string& unit, Timestamp now) {
  return api::to_view(
      {estimate, unit, std::string(model::kAYear), now, std::string(nines::kEngine)});
}

api::NinesStep to_step(const nines::Question& question, const nines::Curve& curve, std::size_t at,
                       Timestamp now) {
  const nines::Step& step = curve.steps[at];
  const auto money = [&](const chance::Estimate& estimate) {
    return amount(estimate, question.currency, now);
  };
  api::NinesStep out;
  out.nines = step.nines;
  out.availability = chance::availability_of(step.nines);
  out.hours = step.hours;
  out.reach = static_cast<api::ReachOfNines>(step.reach);
  out.loss = money(step.loss);
  out.owed = money(step.owed);
  out.received = money(step.received);
  if (step.reach == nines::Reach::kNow || step.reach == nines::Reach::kOptions) {
    out.spend = money(step.spend);
    out.total = money(step.total);
  }
  out.takes = nines::why_in_short(question, step);
  out.best = at == curve.best;
  out.flat = at >= curve.flat_first && at <= curve.flat_last;
  return out;
}

std::vector<std::string> parts_of(const nines::Question& question) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < question.parts.size(); ++i) {
    const nines::Part& part = question.parts[i];
    const std::string& cause = question.levers.causes[i].name;
    const std::string name = cause == part.name ? part.name : part.name + " by " + cause;
    const std::string often =
        part.events > 0 ? fmt::format(", {:.2g} times a year", part.events) : "";
    out.push_back(
        fmt::format("{}: {:.2g} h a year{}", name, question.levers.causes[i].loss, often));
  }
  return out;
}

void fill(const nines::Question& question, const nines::Curve& curve, Timestamp now,
          api::NinesPage& page) {
  page.sentence = nines::sentence(question, curve);
  page.service = question.service;
  page.currency = question.currency;
  page.nines = curve.steps[curve.now].nines;
  page.hours = amount(curve.hours_now, std::string(model::kHoursLost), now);
  page.ceiling = curve.ceiling;
  page.ceiling_low = curve.ceiling_low;
  if (curve.next) page.next = curve.steps[*curve.next].nines;
  page.saves = amount(curve.saves, question.currency, now);
  page.chance_pays = curve.chance_pays;
  for (std::size_t i = 0; i < curve.steps.size(); ++i) {
    page.steps.push_back(to_step(question, curve, i, now));
  }
  for (const nines::Need& each : question.needs) {
    page.needs.push_back({each.name, each.availability, each.best, each.known});
  }
  for (const nines::Promise& each : curve.promises) {
    page.promises.push_back({each.to, each.availability, each.kept, each.possible});
  }
  page.parts = parts_of(question);
  page.notes = question.notes;
}

// How many have a curve, and for how many of those the next step is likelier to pay than not.
std::string sentence_of(const std::vector<api::NinesRow>& rows) {
  if (rows.empty()) return "No service is declared yet.";
  std::size_t priced = 0;
  std::size_t paying = 0;
  for (const api::NinesRow& row : rows) {
    if (!row.curve) continue;
    ++priced;
    if (row.curve->next && row.curve->chance_pays > 0.5) ++paying;
  }
  if (priced == 0) {
    return fmt::format("No curve yet: {} without a price of downtime.",
                       counted(rows.size(), "service", "services"));
  }
  return fmt::format("{} of {} have a price of their downtime; the next step pays for {}.", priced,
                     counted(rows.size(), "service", "services"), paying);
}

}  // namespace

Result<api::NinesOverview> DecisionPages::all_nines() {
  api::NinesOverview page;
  stamp(context_, page);
  const auto config = context_.config();
  for (const model::Service& service : config->catalog.all()) {
    api::NinesRow row;
    row.service = service.id.value;
    api::NinesRequest request;
    request.service = row.service;
    Result<api::NinesPage> curve = nines(request);
    if (curve) {
      row.curve = std::move(*curve);
    } else {
      row.why = curve.error().text;
    }
    page.services.push_back(std::move(row));
  }
  page.sentence = sentence_of(page.services);
  return page;
}

Result<api::NinesPage> DecisionPages::nines(const api::NinesRequest& request) {
  TRY(const Horizon horizon, horizon_of(request));
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const auto config = context_.config();
  model::Stakes stakes = decide::stakes_in(snapshot);
  const Timestamp now = context_.clock.wall();
  const std::vector<orient::ObjectiveStatus> objectives = objectives_();
  const decide::History history = decide::history_of(snapshot, now);
  const auto draw = [&](const model::WorryFile& written) -> Result<DrawnNines> {
    DrawnNines out;
    const auto measured = [&](const std::string& service) {
      auto found = measured_of(objectives, service);
      out.measured.insert_or_assign(service, measured_words(found));
      return found;
    };
    const nines::Sources sources{config->catalog, written,        stakes, measured,
                                 history,         horizon.spread, now};
    TRY(const nines::Question question,
        nines::question_of(request.service, sources, context_.seed));
    TRY(const nines::Curve curve, nines::draw_curve(question, horizon.most, context_.seed));
    fill(question, curve, now, out.page);
    return out;
  };
  api::NinesPage page;
  if (request.files.empty()) {
    const NinesBasis basis{
        config, fmt::format("{}{}", stated_text(stakes, history, 0), now.ms / hours(1).ms)};
    const std::string question =
        fmt::format("{} {} {} {}", horizon.spread.years, horizon.spread.discount, horizon.most,
                    request.service);
    TRY(page, curves_.page(
                  basis, question,
                  [&](const std::string& service) {
                    return measured_words(measured_of(objectives, service));
                  },
                  [&] { return draw(config->written); }));
  } else {
    TRY(const model::WorryFile written, with_files(*config, request.files));
    for (const model::Stake& stake : written.stakes) stakes.add(stake);
    TRY(DrawnNines drawn, draw(written));
    page = std::move(drawn.page);
  }
  stamp(context_, page);
  return page;
}

}  // namespace daytwo::app
