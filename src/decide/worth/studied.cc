#include "decide/worth/studied.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"
#include "chance/estimate.h"
#include "decide/worlds.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "decide/worth/read.h"
#include "decide/worth/study.h"

namespace daytwo::decide::worth {
namespace {

double deviation(const Draws& draws) {
  const double mean = mean_of(draws);
  double sum = 0;
  for (const double x : draws) sum += (x - mean) * (x - mean);
  return std::sqrt(sum / static_cast<double>(draws.size()));
}

// Acting this many days later loses what it would have brought meanwhile.
std::vector<double> delays(const Reading& reading, double days) {
  std::vector<double> out;
  for (const Choices& taken : reading.among) {
    const Streams each = reading.model.streams(taken);
    const double a_year = mean_of(each.own) + mean_of(each.late) + mean_of(each.theirs_weighted) +
                          mean_of(each.steady);
    out.push_back(std::max(0.0, a_year) / kDaysPerYear * days);
  }
  return out;
}

double width_of(const Draws& draws) {
  const chance::Estimate e = chance::estimate_of(draws, {});
  return e.p95 - e.p05;
}

// `to` moved by this share of the way that `known` lies from its mean.
void move(Draws& to, const Draws& known, double by) {
  const double mean = mean_of(known);
  for (std::size_t w = 0; w < to.size(); ++w) to[w] += by * (known[w] - mean);
}

// What each alternative is expected to be worth after the study, in each world.
Expectations after(const Reading& reading, const Expectations& known, const Study& study) {
  Expectations out;
  for (const Draws& each : known) out.emplace_back(each.size(), mean_of(each));
  const auto add = [&](const Expectations& about, double share) {
    for (std::size_t k = 0; k < out.size(); ++k) move(out[k], about[k], std::sqrt(share));
  };
  if (study.findings.empty()) add(known, study.share);
  for (const Finding& finding : study.findings) {
    add(some_known(reading.model, reading.among, finding.inputs), finding.share);
  }
  return out;
}

Gain gain_by(const Reading& reading, const Study& study, const Expectations& after_it) {
  const std::vector<double> delay = delays(reading, study.delay_days);
  for (const Finding& finding : study.findings) {
    if (const std::optional<Test>& test = finding.test) {
      const Expectations about = some_known(reading.model, reading.among, finding.inputs);
      const Draws& draws = reading.model.inputs[finding.inputs.front()].draws;
      return gain_of_test(about, draws, *test, delay);
    }
  }
  return gain_of(after_it, 1, delay);
}

}  // namespace

std::vector<Study> generic() {
  std::vector<Study> out;
  for (const StudyPlan& plan : generic_studies()) {
    Study study;
    study.name = plan.name;
    study.hours = plan.hours;
    study.delay_days = plan.delay_days;
    study.share = plan.share();
    out.push_back(std::move(study));
  }
  return out;
}

std::vector<Studied> value_studies(const Reading& reading, const Expectations& known,
                                   const std::vector<Study>& studies) {
  const double spread = deviation(known[1]);
  const double width = width_of(known[1]);
  std::vector<Studied> out;
  for (const Study& study : studies) {
    const Expectations after_it = after(reading, known, study);
    const Gain gain = gain_by(reading, study, after_it);
    Studied each{study};
    each.priced = study.hours == 0 || !reading.priced_by.empty();
    each.cost = study.hours * reading.hour + study.money;
    each.value = gain.value;
    each.flip_chance = gain.flip_chance;
    each.width_before = width;
    const double explained = spread > 0 ? std::pow(deviation(after_it[1]) / spread, 2) : 0;
    each.width_after = width * std::sqrt(std::max(0.0, 1 - std::min(1.0, explained)));
    out.push_back(std::move(each));
  }
  std::stable_sort(out.begin(), out.end(), [](const Studied& a, const Studied& b) {
    if (a.priced != b.priced) return a.priced;
    return a.net() > b.net();
  });
  return out;
}

}  // namespace daytwo::decide::worth
