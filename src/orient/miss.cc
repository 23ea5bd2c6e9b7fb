#include "orient/miss.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/chance_words.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/time.h"
#include "chance/beta_binomial.h"
#include "chance/seed.h"
#include "model/objective.h"
#include "orient/event_rings.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

constexpr double kCorrelated = 0.1;
constexpr double kScattered = 3;
constexpr double kMeasured = 0.5;
constexpr std::size_t kLeastBuckets = 24;
constexpr std::size_t kBucketsADay = 12;
constexpr Duration kLeastHistory = days(3);
constexpr int kDraws = 2000;
// Share of the budget that a day such as was not seen yet takes on average: ours, the best of three
// (0.1, 0.2, 0.3) by tests/sim/miss.cc with seed 1, kept with others.
constexpr double kUnseen = 0.1;

double allowed_share(std::int64_t target_ppb) {
  return static_cast<double>(model::kBillion - target_ppb) / static_cast<double>(model::kBillion);
}

std::vector<model::EventSums> measured(std::span<const model::EventSums> buckets) {
  std::vector<model::EventSums> out;
  std::copy_if(buckets.begin(), buckets.end(), std::back_inserter(out),
               [](const auto& each) { return each.known_share >= kMeasured && each.total > 0; });
  return out;
}

double exact_chance(const MissQuestion& question) {
  const double allowed = allowed_share(question.target_ppb);
  // What leaves the window teaches less than what stays: as much as about one bad event does.
  const double weight =
      question.past.total > 0 ? std::min(1.0, 1 / (allowed * question.past.total)) : 0;
  const double bad = question.kept.bad + weight * question.past.bad;
  const double all = question.kept.total + weight * question.past.total;
  const double alpha = 0.5 + bad;
  const double beta = std::max(1.0, 0.5 / allowed - 0.5 + std::max(all - bad, 0.0));
  const double total = question.kept.total + question.kept_unseen + question.rest_events;
  return chance::beta_binomial_above(allowed * total - question.kept.bad, question.rest_events,
                                     alpha, beta);
}

// Days as they were, drawn again.
class Days {
 public:
  // `unseen`: bad events, on average, of a day such as was not seen yet.
  Days(std::vector<model::EventSums> buckets, double unseen)
      : buckets_(std::move(buckets)), unseen_(unseen) {
    const std::size_t count = (buckets_.size() + kBucketsADay - 1) / kBucketsADay;
    weights_.resize(count + 1);
    for (std::size_t start = 0; start < buckets_.size(); ++start) {
      const model::EventSums sums = day(start);
      if (sums.bad > worst_.bad) worst_ = sums;
    }
  }

  // Weights of the days and of half a day unlike them: what was rare may have been luck.
  void weigh(chance::Stream& stream) {
    offset_ = below(stream, buckets_.size());
    double sum = 0;
    for (std::size_t i = 0; i + 1 < weights_.size(); ++i) {
      weights_[i] = sum += -std::log(stream.uniform());
    }
    const double z = stream.normal();
    weights_.back() = sum + z * z / 2;
  }

  [[nodiscard]] model::EventSums draw(chance::Stream& stream) const {
    const double at = stream.uniform() * weights_.back();
    const auto found = static_cast<std::size_t>(
        std::lower_bound(weights_.begin(), weights_.end(), at) - weights_.begin());
    if (found + 1 < weights_.size()) return day(offset_ + found * kBucketsADay);
    model::EventSums out = worst_;
    out.bad = std::min(out.total, -std::log(stream.uniform()) * unseen_);
    return out;
  }

 private:
  static std::size_t below(chance::Stream& stream, std::size_t count) {
    return static_cast<std::size_t>(stream.uniform() * static_cast<double>(count));
  }

  // The day that begins at a bucket; the last one goes on with the first.
  [[nodiscard]] model::EventSums day(std::size_t start) const {
    model::EventSums out;
    for (std::size_t i = 0; i < kBucketsADay; ++i) {
      const model::EventSums& bucket = buckets_[(start + i) % buckets_.size()];
      out.bad += bucket.bad;
      out.total += bucket.total;
    }
    return out;
  }

  std::vector<model::EventSums> buckets_;
  double unseen_ = 0;
  std::vector<double> weights_;  // cumulative; the last is the unseen day's
  std::size_t offset_ = 0;
  model::EventSums worst_;
};

double drawn_chance(const MissQuestion& question, chance::Seed seed) {
  const double allowed = allowed_share(question.target_ppb);
  const double known = question.kept.total + question.kept_unseen;
  Days days_seen(measured(question.buckets), kUnseen * allowed * (known + question.rest_events));
  const double days_to_come = question.rest.days();
  int missed = 0;
  for (int i = 0; i < kDraws; ++i) {
    chance::Stream stream(seed, static_cast<std::uint64_t>(i));
    days_seen.weigh(stream);
    double bad = question.kept.bad;
    double total = known;
    for (double left = days_to_come; left > 0; --left) {
      const model::EventSums day = days_seen.draw(stream);
      const double share = std::min(left, 1.0);
      bad += share * day.bad;
      total += share * day.total;
    }
    if (bad > allowed * total) ++missed;
  }
  // As many draws as there are cannot say never or always.
  return (missed + 0.5) / (kDraws + 1.0);
}

}  // namespace

bool comes_in_clusters(std::span<const model::EventSums> buckets) {
  const std::vector<model::EventSums> seen = measured(buckets);
  if (seen.size() < kLeastBuckets) return false;
  double bad = 0;
  double total = 0;
  for (const model::EventSums& each : seen) {
    bad += each.bad;
    total += each.total;
  }
  if (bad <= 0 || bad >= total) return false;
  const double share = bad / total;
  double squares = 0;
  double neighbours = 0;
  double variance = 0;
  double before = 0;
  for (const model::EventSums& each : seen) {
    const double mean = each.total * share;
    const double residual = (each.bad - mean) / std::sqrt(mean * (1 - share));
    squares += residual * residual;
    neighbours += before * residual;
    variance += 2 + 1 / mean;
    before = residual;
  }
  const double excess = squares - static_cast<double>(seen.size() - 1);
  return neighbours > kCorrelated * squares || excess > kScattered * std::sqrt(variance);
}

MissOutlook miss_of(const MissQuestion& question, chance::Seed seed) {
  CHECK(question.kept.total + question.past.total > 0, "a chance needs events");
  CHECK(question.rest_events > 0 && question.rest.ms > 0, "something is to come");
  MissOutlook out;
  out.clustered = comes_in_clusters(question.buckets);
  out.chance = out.clustered ? drawn_chance(question, seed) : exact_chance(question);
  return out;
}

std::optional<MissOutlook> miss_outlook(const model::Objective& objective, const EventRings& rings,
                                        Timestamp now) {
  if (rings.began() >= now || now - rings.began() < kLeastHistory) return std::nullopt;
  const Duration window = objective.window;
  const Timestamp at = std::max(rings.began() + window, now + milliseconds(window.ms / 4));
  const model::EventSums all = rings.sum(window, now);
  const double known = all.known_share * window.seconds();
  if (all.total <= 0 || known < kLeastHistory.seconds()) return std::nullopt;
  MissQuestion question;
  question.target_ppb = objective.target_ppb;
  question.rest = at - now;
  const Duration stays = window - question.rest;
  question.kept = rings.sum(stays, now);
  question.past = {std::max(all.bad - question.kept.bad, 0.0),
                   std::max(all.total - question.kept.total, 0.0), 0};
  const double rate = all.total / known;
  question.rest_events = rate * question.rest.seconds();
  const double possible = std::min(stays.seconds(), (now - rings.began()).seconds());
  const double unseen = possible - question.kept.known_share * stays.seconds();
  question.kept_unseen = rate * std::max(unseen, 0.0);
  question.buckets = rings.buckets(window, now);
  // The same seed all day: the chance moves with what is seen, not with the draws.
  const std::string name = objective.service.value + "/" + objective.name;
  const chance::Seed seed{hash64(name) ^ static_cast<std::uint64_t>(now.ms / days(1).ms)};
  MissOutlook out = miss_of(question, chance::derive(seed, "miss"));
  out.at = at;
  return out;
}

std::string miss_words(const std::optional<MissOutlook>& outlook) {
  if (!outlook) return "the chance of a miss is unknown before three days are measured";
  return fmt::format(
      "{} chance that it is missed by {}{}", chance_words(outlook->chance), to_clock(outlook->at),
      outlook->clustered ? "; failures come together, so whole days were drawn again" : "");
}

}  // namespace daytwo::orient
