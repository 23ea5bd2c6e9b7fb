#include "app/worth_page.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/view_base.h"
#include "chance/estimate.h"
#include "decide/worth/answer.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "decide/worth/say.h"
#include "model/amount.h"
#include "model/verdict.h"

namespace daytwo::app {
namespace {

using decide::worth::Worth;

api::Amount amount(const chance::Estimate& estimate, const Worth& worth, std::string window,
                   Timestamp now) {
  api::Amount out;
  out.p05 = estimate.p05;
  out.p25 = estimate.p25;
  out.p50 = estimate.p50;
  out.p75 = estimate.p75;
  out.p95 = estimate.p95;
  out.mean = estimate.mean;
  out.samples = estimate.samples;
  out.seed = worth.seed.value;
  out.unit = worth.reading.model.currency;
  out.window = std::move(window);
  out.as_of = now;
  out.version = std::string(decide::worth::kEngine);
  return out;
}

WorthInput input_view(const Worth& worth, std::size_t index) {
  const decide::worth::Input& input = worth.reading.model.inputs[index];
  WorthInput out;
  out.id = input.id;
  out.words = input.words;
  out.mean = input.mean();
  out.unit = input.unit;
  for (const decide::worth::Flip& flip : worth.flips) {
    if (flip.input != index) continue;
    out.flips_at = flip.value;
    out.flips_when = condition(input, flip);
  }
  for (const decide::worth::Known& known : worth.inputs) {
    if (known.input == index) out.knowing = known.value;
  }
  return out;
}

std::vector<WorthInput> inputs_view(const Worth& worth) {
  std::vector<WorthInput> out;
  std::vector<bool> seen(worth.reading.model.inputs.size(), false);
  for (const decide::worth::Flip& flip : worth.flips) {
    out.push_back(input_view(worth, flip.input));
    seen[flip.input] = true;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) out.push_back(input_view(worth, i));
  }
  return out;
}

WorthStudy study_view(const decide::worth::Studied& studied) {
  WorthStudy out;
  out.name = studied.study.name;
  for (const decide::worth::Finding& finding : studied.study.findings) {
    if (!out.on.empty()) out.on += ", ";
    out.on += finding.about;
  }
  out.value = studied.value;
  out.cost = studied.cost;
  out.priced = studied.priced;
  out.net = studied.net();
  out.flip_chance = studied.flip_chance;
  out.width_before = studied.width_before;
  out.width_after = studied.width_after;
  return out;
}

}  // namespace

WorthPage worth_page(const Worth& worth, Timestamp now) {
  WorthPage out;
  out.as_of = now;
  out.sentence = worth.sentence;
  out.verdict = model::to_string(worth.verdict);
  out.currency = worth.reading.model.currency;
  out.years = worth.reading.model.life.years;
  const std::string a_year(model::kAYear);
  for (const decide::worth::Standing& each : worth.standings) {
    out.alternatives.push_back(
        {each.name, amount(each.net, worth, "life", now),
         amount(each.net_a_year, worth, a_year, now), amount(each.saves, worth, "life", now),
         amount(each.costs, worth, "life", now), each.chance_pays, each.chance_best});
  }
  if (worth.payback.when) out.payback_years = worth.payback.when->p50;
  out.chance_of_payback = worth.payback.share;
  if (worth.internal.when) out.internal_return = worth.internal.when->p50;
  out.chance_of_return = worth.internal.share;
  out.inputs = inputs_view(worth);
  out.knowing_everything = worth.knowing;
  for (const decide::worth::Studied& each : worth.studies) {
    out.studies.push_back(study_view(each));
  }
  out.clear = worth.clear;
  out.ours = amount(worth.ours.skipped, worth, a_year, now);
  if (worth.theirs) out.theirs = amount(worth.theirs->skipped, worth, a_year, now);
  out.weight = worth.weight;
  out.who_bears = who_bears(worth);
  if (worth.tripwire) out.tripwire = worth.tripwire->sentence;
  out.notes = worth.reading.notes;
  return out;
}

}  // namespace daytwo::app
