#include "model/mending.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "chance/learning.h"

namespace daytwo::model {
namespace {

// As weak as one incident: before any is counted, half of all take between a third and three times
// the median.
constexpr double kWeight = 1;
constexpr double kShape = 2;
constexpr double kScale = 2.5;

std::vector<double> positive(const std::vector<double>& hours) {
  std::vector<double> out;
  for (const double x : hours) {
    if (x > 0) out.push_back(x);
  }
  return out;
}

std::string count_words(std::int64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "incident" : "incidents");
}

}  // namespace

std::string Mending::to_words(const std::string& service) const {
  if (own + others == 0) return fmt::format("assumed: {:g} h to mitigate", hours);
  const std::string whose = own == 0 ? fmt::format("{} of other services", count_words(others))
                            : others == 0
                                ? fmt::format("{} of {}", count_words(own), service)
                                : fmt::format("{} of {} (those of others, {}, count as one)",
                                              count_words(own), service, others);
  return fmt::format("{:.2g} h to mitigate: as learned from {}, from beginning to end", hours,
                     whose);
}

Mending mending_of(const IncidentHours& hours, const std::string& service) {
  std::vector<double> own;
  std::vector<double> others;
  for (const auto& [whose, all] : hours) {
    const std::vector<double> said = positive(all);
    std::vector<double>& to = !service.empty() && whose == service ? own : others;
    to.insert(to.end(), said.begin(), said.end());
  }
  const chance::LogBelief assumed{std::log(kAssumedHoursToMend), kWeight, kShape, kScale};
  const chance::LogBelief team = assumed.after(others);
  // What others took is worth one incident, however many they were.
  const chance::LogBelief belief =
      own.empty() ? team : chance::LogBelief{team.m, kWeight, kShape, kScale}.after(own);
  return {std::exp(belief.m), std::ssize(own), std::ssize(others)};
}

}  // namespace daytwo::model
