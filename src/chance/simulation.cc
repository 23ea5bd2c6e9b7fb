#include "chance/simulation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/counts.h"
#include "chance/estimate.h"
#include "chance/marks.h"
#include "chance/risk.h"
#include "chance/sampler.h"
#include "chance/seed.h"
#include "chance/year_histogram.h"

namespace daytwo::chance {
namespace {

// Blocks that are in memory at once; their histograms are merged in order.
constexpr std::size_t kWave = 64;

std::uint32_t source_hash(std::string_view name) {
  return static_cast<std::uint32_t>(hash64(name) >> 32U);
}

struct Batch {
  alignas(64) std::array<double, kMarkBatch> sizes;
  alignas(64) std::array<std::uint32_t, kMarkBatch> years;
  alignas(64) std::array<std::uint32_t, kMarkBatch> coins;
};

// Fills a batch with the marks that the sampler inverts uniforms to.
void fill(const Sampler& sampler, const MarkRequest& request, const MarkBuffers& out) {
  const Distribution& x = sampler.distribution();
  if (sampler.inverse() == Inverse::kLognormal) {
    lognormal_marks(request, {x.a, x.b, x.floor, x.cap}, out);
  } else if (sampler.inverse() == Inverse::kTable) {
    table_marks(request, {sampler.cells().data(), x.floor, x.cap}, out);
  } else {
    uniform_marks(request, out);
    for (std::size_t i = 0; i < request.count; ++i) out.sizes[i] = sampler.at(out.sizes[i]);
  }
}

}  // namespace

void in_order(std::size_t count, const std::function<void(std::size_t)>& task) {
  for (std::size_t i = 0; i < count; ++i) task(i);
}

Result<Portfolio> Portfolio::make(std::span<const Risk> risks, Seed seed) {
  TRY_VOID(check_risks(risks));
  Portfolio out;
  out.risks_.assign(risks.begin(), risks.end());
  std::sort(out.risks_.begin(), out.risks_.end(),
            [](const Risk& a, const Risk& b) { return a.name < b.name; });
  out.seed_ = seed;
  const std::uint64_t key = derive(seed, "annual loss").value;
  out.key_ = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U)};
  for (std::size_t i = 0; i < out.risks_.size(); ++i) {
    const Risk& risk = out.risks_[i];
    const bool split =
        risk.hits.empty() && risk.count == Count::kPoisson && risk.size.family == Family::kMixture;
    if (split) {  // each part of a mixture is a Poisson source of its own
      for (std::size_t part = 0; part < risk.size.parts.size(); ++part) {
        Source source{i,
                      risk.rate * risk.size.points[part],
                      source_hash(risk.name + "/" + std::to_string(part)),
                      {}};
        source.marks.push_back({1, Sampler(risk.size.parts[part])});
        out.sources_.push_back(std::move(source));
      }
      continue;
    }
    Source source{i, risk.rate, source_hash(risk.name), {}};
    if (risk.hits.empty()) source.marks.push_back({1, Sampler(risk.size)});
    for (const Hit& hit : risk.hits) source.marks.push_back({hit.chance, Sampler(hit.size)});
    out.sources_.push_back(std::move(source));
  }
  std::map<std::uint32_t, std::size_t> seen;
  for (const Source& source : out.sources_) {
    const auto [other, fresh] = seen.emplace(source.hash, source.risk);
    if (!fresh) {
      return fail(Code::kInvalid, "'" + out.risks_[other->second].name + "' and '" +
                                      out.risks_[source.risk].name +
                                      "' would share their draws: rename one");
    }
  }
  return out;
}

double Portfolio::events_a_year() const {
  double sum = 0;
  for (const Risk& risk : risks_) sum += risk.rate;
  return sum;
}

void Portfolio::add_block(std::uint32_t block, std::span<double> years) const {
  CHECK(!years.empty() && years.size() <= kBlockYears, "a block has its years");
  for (const Source& source : sources_) add_source(source, block, years);
}

void Portfolio::add_source(const Source& source, std::uint32_t block,
                           std::span<double> years) const {
  if (source.rate <= 0) return;
  const Place place{key_, block, source.hash};
  const Risk& risk = risks_[source.risk];
  const bool poisson = risk.count == Count::kPoisson;
  std::vector<std::uint32_t> given;
  std::size_t events = 0;
  if (poisson) {
    PlaceStream stream(place, kCountDraw);
    events = draw_poisson(source.rate * static_cast<double>(years.size()), stream);
  } else {
    given = draw_years(risk, static_cast<std::uint32_t>(years.size()), place);
    events = given.size();
  }
  Batch batch;
  for (std::size_t first = 0; first < events; first += kMarkBatch) {
    MarkRequest request{place, 0, static_cast<std::uint32_t>(first),
                        std::min(kMarkBatch, events - first),
                        static_cast<std::uint32_t>(years.size())};
    const std::uint32_t* year = poisson ? batch.years.data() : given.data() + first;
    for (const Mark& mark : source.marks) {
      const bool coin = mark.chance < 1;
      // Every mark draws its own size and coin; the year is the first one's.
      fill(mark.sampler, request,
           {batch.sizes.data(), poisson && request.draw == 0 ? batch.years.data() : nullptr,
            coin ? batch.coins.data() : nullptr});
      ++request.draw;
      if (coin) {
        const double limit = mark.chance * 0x1p32;
        for (std::size_t i = 0; i < request.count; ++i) {
          if (static_cast<double>(batch.coins[i]) >= limit) batch.sizes[i] = 0;
        }
      }
      double* const losses = years.data();
      const double* const sizes = batch.sizes.data();
      for (std::size_t i = 0; i < request.count; ++i) losses[year[i]] += sizes[i];
    }
  }
}

Estimate Simulation::estimate() const {
  const auto at = [&](double p) { return losses.value_at_risk(p).value; };
  return {at(.05),
          at(.25),
          at(.5),
          at(.75),
          at(.95),
          expected,
          static_cast<std::int64_t>(losses.years()),
          seed};
}

Result<Simulation> simulate(std::span<const Risk> risks, const SimulationOptions& options) {
  if (options.years == 0) return fail(Code::kInvalid, "at least one year");
  if (options.years > kMaxYears) {
    return fail(Code::kLimit, std::to_string(options.years) + " years to draw; the limit is " +
                                  std::to_string(kMaxYears));
  }
  TRY(const Portfolio portfolio, Portfolio::make(risks, options.seed));
  const double events = portfolio.events_a_year() * static_cast<double>(options.years);
  if (events > kMaxEvents) {
    return fail(Code::kLimit, format_double(events) + " events to draw; the limit is " +
                                  format_double(kMaxEvents));
  }
  double expected = 0;
  for (const Risk& risk : portfolio.risks()) expected += risk.annual_mean();
  const YearHistogram empty(top_loss(portfolio.risks()), expected);
  Simulation out{empty, expected, portfolio.events_a_year(), {}, options.seed, mark_target()};
  if (options.keep_years) out.years.resize(options.years);
  const std::size_t blocks = (options.years + kBlockYears - 1) / kBlockYears;
  for (std::size_t wave = 0; wave < blocks; wave += kWave) {
    const std::size_t count = std::min(kWave, blocks - wave);
    std::vector<YearHistogram> parts(count, empty);
    const auto task = [&](std::size_t i) {
      const std::size_t from = (wave + i) * kBlockYears;
      const std::size_t span = std::min(kBlockYears, options.years - from);
      std::vector<double> own;
      if (!options.keep_years) own.resize(span);
      const std::span<double> years =
          options.keep_years ? std::span(out.years).subspan(from, span) : std::span(own);
      portfolio.add_block(static_cast<std::uint32_t>(wave + i), years);
      parts[i].add(years);
    };
    options.parallel == nullptr ? in_order(count, task) : (*options.parallel)(count, task);
    for (const YearHistogram& part : parts) out.losses.merge(part);
  }
  return out;
}

YearHistogram histogram_of(std::span<const double> years, double top, double origin) {
  YearHistogram out(top, origin);
  // In blocks, as a run does, so that its sums are added in the same order.
  for (std::size_t from = 0; from < years.size(); from += kBlockYears) {
    YearHistogram part(top, origin);
    part.add(years.subspan(from, std::min(kBlockYears, years.size() - from)));
    out.merge(part);
  }
  return out;
}

}  // namespace daytwo::chance
