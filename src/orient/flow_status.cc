// The arithmetic of one flow.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "orient/flow.h"
#include "orient/flow/catch_up.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

// Whole minutes that are needed before anything is said.
constexpr std::size_t kMinMinutes = 5;
// A loss shows in the floors of the last minutes, all of them above every floor before.
constexpr std::size_t kProof = 3;
// Nothing came out for this long while something came in.
constexpr Duration kStill = minutes(1);
// What comes in and goes out is measured over this long.
constexpr Duration kRates = minutes(10);

// The count at `at`, linear between samples; the last one after the end.
double count_at(const std::vector<Arrival>& arrivals, Timestamp at) {
  const auto after =
      std::upper_bound(arrivals.begin(), arrivals.end(), at,
                       [](Timestamp value, const Arrival& arrival) { return value < arrival.at; });
  if (after == arrivals.begin()) return 0;
  const Arrival& before = *std::prev(after);
  if (after == arrivals.end()) return before.count;
  const double share = (at - before.at).seconds() / (after->at - before.at).seconds();
  return before.count + share * (after->count - before.count);
}

// The instant by which `count` had arrived: F^-1. Nothing when it arrived before the window.
std::optional<Timestamp> arrived_at(const std::vector<Arrival>& arrivals, double count) {
  if (arrivals.empty() || count < arrivals.front().count) return std::nullopt;
  for (std::size_t i = 1; i < arrivals.size(); ++i) {
    if (arrivals[i].count < count) continue;
    const double step = arrivals[i].count - arrivals[i - 1].count;
    const double share = step <= 0 ? 1 : (count - arrivals[i - 1].count) / step;
    const auto ms = static_cast<std::int64_t>(
        share * static_cast<double>((arrivals[i].at - arrivals[i - 1].at).ms));
    return arrivals[i - 1].at + milliseconds(ms);
  }
  return arrivals.back().at;
}

struct Floor {
  Timestamp minute;
  double value = 0;
};

// The newest value at or before `at`; the first one before that.
double value_at(const std::vector<Arrival>& values, Timestamp at) {
  const auto after =
      std::upper_bound(values.begin(), values.end(), at,
                       [](Timestamp value, const Arrival& arrival) { return value < arrival.at; });
  return after == values.begin() ? after->count : std::prev(after)->count;
}

// The least E of each minute, at the instants where the gone side was measured; less what the stage
// says it holds, where it does. The open minute counts as soon as it has a sample.
std::vector<Floor> floors_of(const FlowReading& reading) {
  std::vector<Floor> out;
  for (const Arrival& gone : reading.gone) {
    double inside = count_at(reading.received, gone.at) - gone.count;
    if (!reading.in_flight.empty()) inside -= value_at(reading.in_flight, gone.at);
    const Timestamp minute{gone.at.ms - gone.at.ms % 60'000};
    if (out.empty() || out.back().minute != minute) {
      out.push_back({minute, inside});
    } else {
      out.back().value = std::min(out.back().value, inside);
    }
  }
  return out;
}

// What the last minutes' floors have risen above every floor before, and since when.
struct Loss {
  double lost = 0;
  Timestamp since;
};
std::optional<Loss> loss_of(const std::vector<Floor>& floors) {
  if (floors.size() < kMinMinutes + kProof) return std::nullopt;
  const auto last = floors.end() - kProof;
  double now = last->value;
  for (auto at = last; at != floors.end(); ++at) now = std::min(now, at->value);
  // The floor that stood: the middle of the first minutes. Where the loss began before the window
  // the rise inside it is what is told.
  std::array<double, kMinMinutes> first{};
  for (std::size_t i = 0; i < kMinMinutes; ++i) first.at(i) = floors[i].value;
  std::sort(first.begin(), first.end());
  const double before = first.at(kMinMinutes / 2);
  // Counters interpolate to fractions: half a message is none. A restless floor proves less; its
  // least one is left out, since a queue that has just begun fills first.
  const double restless = 2 * (first.back() - first.at(1));
  if (now - before < std::max(0.5, restless)) return std::nullopt;
  // Since the last minute that still touched the old floor.
  Timestamp since = floors.front().minute;
  for (auto at = floors.begin(); at != last; ++at) {
    if (at->value < before + 0.5) since = at->minute;
    // A floor that was as high before and came down again was a queue, not a loss.
    if (at->value >= now && std::any_of(at, last, [&](const Floor& later) {
          return later.value < now - 0.5 && later.value < at->value;
        })) {
      return std::nullopt;
    }
  }
  return Loss{now - before, since + minutes(1)};
}

std::string catch_up_words(const flow::CatchUp& time) {
  if (!time.likely) return "never caught up at this rate";
  return fmt::format("caught up in {} ({} to {}, 90 %)", to_words(*time.likely),
                     to_words(time.soonest.value_or(*time.likely)),
                     time.latest ? to_words(*time.latest) : "never");
}

// When the last minutes' rates have worked off what is inside; only of a stage that is late.
std::optional<flow::CatchUp> catch_up_of(const FlowReading& reading, const FlowStatus& status,
                                         double inside) {
  if (inside <= 0 || (status.lag && *status.lag < kFlowLate)) return std::nullopt;
  const Timestamp to = std::min(reading.received.back().at, reading.gone.back().at);
  const Timestamp from =
      std::max({to - kRates, reading.received.front().at, reading.gone.front().at});
  if (to <= from) return std::nullopt;
  const auto within = [&](const std::vector<Arrival>& side) {
    return count_at(side, to) - count_at(side, from);
  };
  return flow::catch_up(inside, within(reading.received), within(reading.gone), to - from);
}

void tell(FlowStatus& status) {
  const std::string lag = status.lag ? "lag " + to_words(*status.lag) : "lag above an hour";
  if (status.state == FlowState::kStalled) {
    status.sentence = fmt::format("nothing has come out since {}, {}",
                                  to_clock(status.since.value_or(Timestamp{})), lag);
  } else if (status.state == FlowState::kLosing) {
    status.sentence =
        fmt::format("{} lost since {} ({} of {}), {}", percent_words(status.lost_share),
                    to_clock(*status.since), number_words(status.lost),
                    number_words(status.lost / status.lost_share), lag);
  } else {
    status.sentence =
        fmt::format("{} received, nothing lost, {}", number_words(status.received), lag);
  }
  if (status.catch_up) status.sentence += ", " + catch_up_words(*status.catch_up);
  if (status.dropped > 0) {
    status.sentence += fmt::format(", {} dropped on purpose", number_words(status.dropped));
  }
}

}  // namespace

double under_way(const FlowReading& reading) {
  if (reading.received.empty()) return 0;
  const Timestamp newest = reading.received.back().at;
  const Timestamp young = newest - kFlowLate;
  const auto inside_at = [&](Timestamp at) {
    return count_at(reading.received, at) - count_at(reading.gone, at);
  };
  const auto held_at = [&](Timestamp at) {
    return reading.in_flight.empty() ? 0 : value_at(reading.in_flight, at);
  };
  const double inside = inside_at(newest);
  double settled = inside_at(young) - held_at(young);  // missing for good, or late
  for (const auto* side : {&reading.received, &reading.gone}) {
    for (const Arrival& sample : *side) {
      if (sample.at <= young || sample.at > newest) continue;
      settled = std::min(settled, inside_at(sample.at) - held_at(sample.at));
    }
  }
  // More than came in lately is not all of it young.
  const double arrived = count_at(reading.received, newest) - count_at(reading.received, young);
  settled += std::max(0.0, held_at(newest) - arrived);
  return std::max(0.0, inside - settled);
}

FlowStatus judge_flow(const FlowReading& reading, Timestamp now) {
  FlowStatus out;
  if (!reading.received.empty()) out.received = reading.received.back().count;
  if (!reading.gone.empty()) out.gone = reading.gone.back().count;
  out.dropped = reading.dropped;
  out.under_way = under_way(reading);
  if (reading.received.size() < 2 || reading.gone.size() < 2 || out.received <= 0) {
    out.sentence = "no traffic in the last hour: nothing is known of it";
    return out;
  }
  const std::vector<Floor> floors = floors_of(reading);
  if (floors.size() < kMinMinutes) {
    out.sentence =
        fmt::format("both ends need {} minutes of counts ({} so far)", kMinMinutes, floors.size());
    return out;
  }
  const auto loss = loss_of(floors);
  const Timestamp newest = std::min(now, reading.received.back().at);
  // The last instant at which something came out.
  Timestamp moved = reading.gone.front().at;
  for (std::size_t i = 1; i < reading.gone.size(); ++i) {
    if (reading.gone[i].count > reading.gone[i - 1].count) moved = reading.gone[i].at;
  }
  const double waiting = out.received - count_at(reading.received, moved);
  const bool still = newest - moved > kStill && waiting > 0;
  // A queue that stands keeps what it has; only one that moves shows what is missing.
  const double lost = loss && !still ? loss->lost : 0;
  // First in, first out: what is inside is the newest of what came in.
  const double inside = reading.in_flight.empty()
                            ? out.received + reading.inside_at_start - out.gone - lost
                            : reading.in_flight.back().count;
  const auto oldest = arrived_at(reading.received, out.received - inside);
  if (oldest) out.lag = Duration{std::max<std::int64_t>((newest - *oldest).ms, 0)};
  out.state = still ? FlowState::kStalled : lost > 0 ? FlowState::kLosing : FlowState::kFine;
  if (still) out.since = moved;
  if (loss && lost > 0) {
    out.lost = lost;
    out.since = loss->since;
    const double since = out.received - count_at(reading.received, loss->since);
    out.lost_share = std::min(lost / std::max(since, lost), 1.0);
  }
  if (!still) out.catch_up = catch_up_of(reading, out, inside);
  tell(out);
  return out;
}

}  // namespace daytwo::orient
