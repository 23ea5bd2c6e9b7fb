#include "decide/plan/years.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chance/sampler.h"
#include "chance/seed.h"
#include "decide/plan/register.h"
#include "decide/plan/tail.h"
#include "decide/risk/event.h"
#include "decide/risk/rate.h"
#include "decide/risk/sources.h"
#include "decide/risk/yearly_loss.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

constexpr std::size_t kSizes = std::size_t{1} << 15U;  // of an event, drawn
constexpr double kLeastYears = 1'024;

// A worry that a common cause hits: with which chance, what it costs, and as which cause it counts.
struct Hit {
  double chance = 0;
  const std::vector<double>* sizes = nullptr;
  std::uint32_t cause = 0;
};

// How often, a year; and what an event costs.
struct Source {
  std::string name;
  risk::YearlyRate rate;
  std::vector<double> sizes;         // of a worry
  std::vector<std::uint32_t> cause;  // by part of a worry
  std::vector<double> up_to;         // cumulative shares of the parts
  std::vector<Hit> hits;             // of a common cause
};

double pick(const std::vector<double>& sizes, chance::Stream& stream) {
  const double at = stream.uniform() * static_cast<double>(sizes.size());
  return sizes[static_cast<std::size_t>(at)];
}

class Sampling {
 public:
  Sampling(const Register& reg, const risk::YearlyInputs& inputs) : reg_(reg), inputs_(inputs) {}

  Result<YearSample> run(double level) {
    const std::size_t draws =
        inputs_.file.worries.size() > risk::kManyWorries ? risk::kFewEventDraws : kSizes;
    for (const model::FiledWorry& worry : inputs_.file.worries) TRY_VOID(add(worry, draws));
    for (const model::CommonCause& cause : inputs_.file.common_causes) TRY_VOID(add(cause));
    double events = 0;
    for (const Source& source : worries_) events += source.rate.events.mean();
    for (const Source& source : common_) events += source.rate.events.mean();
    const double years = std::min(std::ceil(kWorstYears / (1 - level) - 1e-6),
                                  std::floor(kSampleEvents / std::max(events, 1e-9)));
    if (years < std::min(kLeastYears, kWorstYears / (1 - level))) {
      return fail(Code::kLimit, fmt::format("{:.3g} events a year are too many for a limit on the "
                                            "tail: what happens that often has no bad years",
                                            events));
    }
    out_.years = static_cast<std::size_t>(years);
    for (const Source& source : worries_) draw(source);
    for (const Source& source : common_) draw(source);
    return std::move(out_);
  }

 private:
  Result<void> add(const model::FiledWorry& worry, std::size_t draws) {
    Source source;
    source.name = "worry/" + worry.id;
    TRY(source.rate, risk::rate_of(worry, inputs_.trials_a_year, inputs_.history, inputs_.now));
    TRY(risk::Event event,
        risk::draw_chain(worry, inputs_.file.worries, inputs_.stakes,
                         {.draws = draws, .seed = inputs_.seed, .history = &inputs_.history}));
    source.sizes = std::move(event.own);
    for (std::size_t i = 0; i < event.harm.size(); ++i) {
      source.sizes[i] += inputs_.file.harm_weight * event.harm[i];
    }
    double sum = 0;
    for (std::uint32_t cause = 0; cause < reg_.worry_of.size(); ++cause) {
      if (reg_.worry_of[cause] != worry.id || !reg_.common_of[cause].empty()) continue;
      const auto share = worry.causes.find(reg_.shape.causes[cause].name);
      sum += share == worry.causes.end() ? 1 : share->second;
      source.cause.push_back(cause);
      source.up_to.push_back(sum);
    }
    worries_.push_back(std::move(source));
    return {};
  }

  Result<void> add(const model::CommonCause& cause) {
    Source source;
    source.name = "common/" + cause.id;
    TRY(source.rate.events, cause.rate.events_a_year(inputs_.trials_a_year));
    source.rate.at_most_once = cause.rate.at_most_once();
    for (const auto& [id, chance] : cause.hits) {
      const auto worry = std::find_if(worries_.begin(), worries_.end(), [&](const Source& each) {
        return each.name == "worry/" + id;
      });
      if (worry == worries_.end()) continue;
      for (std::uint32_t i = 0; i < reg_.worry_of.size(); ++i) {
        if (reg_.worry_of[i] != id || reg_.common_of[i] != cause.id) continue;
        source.hits.push_back({chance.mean, &worry->sizes, i});
      }
    }
    common_.push_back(std::move(source));
    return {};
  }

  void draw(const Source& source) {
    const chance::Seed seed = chance::derive(inputs_.seed, "years/" + source.name);
    const std::vector<double> rates =
        chance::draws(source.rate.events, out_.years, chance::derive(seed, "rate"));
    for (std::uint32_t year = 0; year < rates.size(); ++year) {
      const double rate = std::max(0.0, rates[year]);
      chance::Stream stream(seed, year);
      if (source.rate.at_most_once) {
        if (stream.uniform() < rate) add_event(source, year, stream);
        continue;
      }
      // Gaps between events are exponential.
      for (double at = -std::log(stream.uniform()); at < rate; at -= std::log(stream.uniform())) {
        add_event(source, year, stream);
      }
    }
  }

  void add_event(const Source& source, std::uint32_t year, chance::Stream& stream) {
    for (const Hit& each : source.hits) {
      const bool hit = stream.uniform() < each.chance;
      const double loss = pick(*each.sizes, stream);
      if (hit) out_.events.push_back({year, each.cause, loss});
    }
    if (source.cause.empty()) return;
    const double at = stream.uniform() * source.up_to.back();
    const auto part = std::upper_bound(source.up_to.begin(), source.up_to.end() - 1, at);
    const std::uint32_t cause = source.cause[static_cast<std::size_t>(part - source.up_to.begin())];
    out_.events.push_back({year, cause, pick(source.sizes, stream)});
  }

  const Register& reg_;
  const risk::YearlyInputs& inputs_;
  std::vector<Source> worries_;
  std::vector<Source> common_;
  YearSample out_;
};

}  // namespace

Result<YearSample> draw_years(const Register& reg, const risk::YearlyInputs& inputs, double level) {
  return Sampling(reg, inputs).run(level);
}

Result<Tail> read_tail(const Register& reg, const risk::YearlyInputs& inputs,
                       const TailLimit& limit) {
  risk::YearlyInputs again = inputs;
  again.seed = chance::derive(inputs.seed, "years drawn anew");
  TRY(YearSample years, draw_years(reg, inputs, limit.level));
  TRY(YearSample fresh, draw_years(reg, again, limit.level));
  return Tail{limit, TailYears(reg.shape, reg.worlds, years, limit.level, inputs.seed),
              TailYears(reg.shape, reg.worlds, fresh, limit.level, again.seed)};
}

}  // namespace daytwo::decide::plan
