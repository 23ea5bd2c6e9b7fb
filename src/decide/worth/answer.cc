#include "decide/worth/answer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/judge.h"
#include "decide/life.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "decide/worth/say.h"
#include "decide/worth/studied.h"
#include "decide/worth/study.h"
#include "decide/worth/study_read.h"
#include "model/tripwire.h"
#include "model/verdict.h"

namespace daytwo::decide::worth {
namespace {

using model::Verdict;

class Weighing {
 public:
  Weighing(Reading reading, chance::Seed seed, Timestamp now) : seed_(seed), now_(now) {
    out_.reading = std::move(reading);
    out_.seed = seed;
    known_ = all_known(model(), among());
  }

  Result<Worth> run(const std::vector<std::string>& studies) {
    out_.best = best_of(known_);
    for (std::size_t k = 0; k < among().size(); ++k) out_.standings.push_back(standing(k));
    repay();
    bear();
    out_.flips = flips_of(model(), among());
    know();
    std::vector<Study> all;
    for (const std::string& text : studies) {
      TRY(Study study, parse_study(text, out_.reading));
      all.push_back(std::move(study));
    }
    for (const Study& study : out_.reading.studies) all.push_back(study);
    for (Study& study : generic()) all.push_back(std::move(study));
    out_.studies = value_studies(out_.reading, known_, all);
    out_.clear = out_.studies.front().net() <= 0 || !out_.studies.front().priced;
    out_.verdict = verdict();
    if (out_.verdict == Verdict::kLeave) out_.tripwire = tripwire_of(out_, now_);
    out_.sentence = sentence(out_);
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Model& model() const { return out_.reading.model; }
  [[nodiscard]] const Alternatives& among() const { return out_.reading.among; }

  [[nodiscard]] Standing standing(std::size_t k) const {
    Standing out;
    out.name = out_.reading.names[k];
    out.net = chance::estimate_of(known_[k], seed_);
    const PresentValue today = present_value(model().life);
    const Streams each = model().streams(among()[k]);
    Draws a_year(model().worlds);
    Draws costs(model().worlds);
    Draws saves(model().worlds);
    std::size_t pays = 0;
    std::size_t best = 0;
    for (std::size_t w = 0; w < model().worlds; ++w) {
      const double net = known_[k][w];
      a_year[w] = net / today.steady;
      saves[w] = (each.own[w] + each.theirs_weighted[w]) * today.loss + each.late[w] * today.late;
      // What comes each year counts with what is saved when it is a gain, else with the cost.
      const double steady = each.steady[w] * today.steady;
      saves[w] += std::max(0.0, steady);
      costs[w] = each.once[w] + std::max(0.0, -steady);
      if (net > 0) ++pays;
      if (std::all_of(known_.begin(), known_.end(),
                      [&](const Draws& other) { return other[w] <= net; })) {
        ++best;
      }
    }
    out.net_a_year = chance::estimate_of(a_year, seed_);
    out.saves = chance::estimate_of(saves, seed_);
    out.costs = chance::estimate_of(costs, seed_);
    const auto worlds = static_cast<double>(model().worlds);
    out.chance_pays = static_cast<double>(pays) / worlds;
    out.chance_best = static_cast<double>(best) / worlds;
    return out;
  }

  void repay() {
    const Streams each = model().streams(among()[1]);
    Draws backs;
    Draws returns;
    for (std::size_t w = 0; w < model().worlds; ++w) {
      const std::vector<Flow> flows = model().flows(each, w);
      if (const auto back = payback(flows, model().life.discount)) backs.push_back(*back);
      if (each.once[w] <= 0) continue;
      if (const auto rate = internal_return(flows)) returns.push_back(*rate);
    }
    const auto some = [&](const Draws& draws) {
      Sometimes out;
      out.share = static_cast<double>(draws.size()) / static_cast<double>(model().worlds);
      if (!draws.empty()) out.when = chance::estimate_of(draws, seed_);
      return out;
    };
    out_.payback = some(backs);
    out_.internal = some(returns);
  }

  void bear() {
    const Streams each = model().streams(among()[1]);
    Draws ours = model().loss_a_year(false);
    Draws theirs = model().loss_a_year(true);
    Draws ours_left = ours;
    Draws theirs_left = theirs;
    for (std::size_t w = 0; w < model().worlds; ++w) {
      ours_left[w] -= each.own[w] + each.late[w];
      theirs_left[w] -= each.theirs[w];
    }
    out_.ours = {chance::estimate_of(ours, seed_), chance::estimate_of(ours_left, seed_)};
    for (const Loss& loss : model().losses) {
      if (!loss.weight) continue;
      out_.weight = model().inputs[*loss.weight].mean();
      out_.theirs = {chance::estimate_of(theirs, seed_), chance::estimate_of(theirs_left, seed_)};
    }
  }

  void know() {
    const std::vector<double> at_once(among().size(), 0);
    out_.knowing = std::max(0.0, gain_of(known_, 1, at_once).value);
    for (std::size_t input = 0; input < model().inputs.size(); ++input) {
      if (model().inputs[input].known()) continue;
      const Expectations one = one_known(model(), among(), input);
      out_.inputs.push_back({input, std::max(0.0, gain_of(one, 1, at_once).value)});
    }
    std::stable_sort(out_.inputs.begin(), out_.inputs.end(),
                     [](const Known& a, const Known& b) { return a.value > b.value; });
  }

  [[nodiscard]] Verdict verdict() const {
    if (out_.reading.must) return Verdict::kDo;
    if (!out_.clear) return Verdict::kFindOut;
    return out_.best == 1 ? Verdict::kDo : Verdict::kLeave;
  }

  const chance::Seed seed_;
  const Timestamp now_;
  Expectations known_;
  Worth out_;
};

}  // namespace

std::optional<model::Tripwire> tripwire_of(const Worth& worth, Timestamp now) {
  if (worth.flips.empty()) return std::nullopt;
  const std::vector<Input>& inputs = worth.reading.model.inputs;
  const auto live = std::find_if(worth.flips.begin(), worth.flips.end(), [&](const Flip& flip) {
    return !inputs[flip.input].query.empty();
  });
  const Flip& flip = live == worth.flips.end() ? worth.flips.front() : *live;
  const Input& input = inputs[flip.input];
  model::Tripwire out;
  out.input = input.id;
  out.unit = input.unit;
  out.op = flip.above ? ">" : "<";
  out.value = flip.value;
  out.query = input.query;
  out.sentence = "flips when " + condition(input, flip);
  if (out.query.empty()) out.until = now + kReview;
  return out;
}

Result<Worth> weigh(Reading reading, const std::vector<std::string>& studies, chance::Seed seed,
                    Timestamp now) {
  return Weighing(std::move(reading), seed, now).run(studies);
}

}  // namespace daytwo::decide::worth
