#include "chance/composition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/availability.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

constexpr double kMostVisits = 1 << 22;    // of parts, in an exact enumeration
constexpr double kSampleVisits = 2e6;      // of parts, in a sample
constexpr std::size_t kLeastSample = 200;  // states
constexpr std::size_t kMostSample = 20'000;

bool is_share(double value) { return value >= 0 && value <= 1; }

// True when no request succeeds without all of the need's parts, whatever is tried again.
bool binds(const PartNeed& need) {
  return need.share == 1 && need.least == need.on.size() &&
         (need.tries == 1 || need.persistent == 1);
}

Result<void> check(const Part& part, std::size_t parts) {
  for (const PartNeed& need : part.needs) {
    const std::set<std::size_t> each(need.on.begin(), need.on.end());
    const auto bad = [&](std::string_view why) {
      return fail(Code::kInvalid, fmt::format("'{}' {}", part.name, why));
    };
    if (need.on.empty()) return bad("needs none of no parts");
    if (each.size() != need.on.size()) return bad("needs the same part twice at once");
    if (need.least < 1 || need.least > need.on.size()) {
      return bad(fmt::format("needs {} of {} parts", need.least, need.on.size()));
    }
    if (!is_share(need.share) || !is_share(need.common) || !is_share(need.persistent)) {
      return bad("has a share outside 0 and 1");
    }
    if (need.tries < 1) return bad("does not try once");
    CHECK(*each.rbegin() < parts, "a part that is there");
  }
  return {};
}

// Walks the graph depth first: what is needed comes before what needs it.
class Walk {
 public:
  explicit Walk(const std::vector<Part>& parts) : parts_(parts), mark_(parts.size(), Mark::kNew) {}

  // With a stack of its own: a chain may be as long as the graph is large.
  Result<std::vector<std::size_t>> below(std::size_t root) {
    enter(root);
    while (!stack_.empty()) {
      Frame& top = stack_.back();
      const auto next = advance(top);
      if (!next) {
        mark_[top.part] = Mark::kDone;
        order_.push_back(top.part);
        stack_.pop_back();
      } else if (mark_[*next] == Mark::kOpen) {
        return fail(Code::kInvalid, circle(*next));
      } else if (mark_[*next] == Mark::kNew) {
        enter(*next);
      }
    }
    return std::move(order_);
  }

 private:
  enum class Mark : std::uint8_t { kNew, kOpen, kDone };
  struct Frame {
    std::size_t part = 0;
    std::size_t need = 0;
    std::size_t on = 0;
  };

  void enter(std::size_t part) {
    mark_[part] = Mark::kOpen;
    stack_.push_back({part});
  }

  std::optional<std::size_t> advance(Frame& frame) const {
    const std::vector<PartNeed>& needs = parts_[frame.part].needs;
    while (frame.need < needs.size()) {
      if (frame.on < needs[frame.need].on.size()) return needs[frame.need].on[frame.on++];
      ++frame.need;
      frame.on = 0;
    }
    return std::nullopt;
  }

  // "a needs b, which needs c, which needs a".
  [[nodiscard]] std::string circle(std::size_t again) const {
    std::string out;
    for (const Frame& frame : stack_) {
      if (out.empty() && frame.part != again) continue;
      out += fmt::format("{}'{}'", out.empty() ? "" : " needs ", parts_[frame.part].name);
      if (frame.part != again) out += ", which";
    }
    return fmt::format("{} needs '{}': a circle", out, parts_[again].name);
  }

  const std::vector<Part>& parts_;
  std::vector<Mark> mark_;
  std::vector<Frame> stack_;
  std::vector<std::size_t> order_;
};

}  // namespace

Result<Composition> Composition::make(std::vector<Part> parts, std::size_t root) {
  CHECK(root < parts.size(), "a root that is there");
  for (const Part& part : parts) TRY_VOID(check(part, parts.size()));
  Composition out;
  out.declared_ = parts.size();
  out.root_ = root;
  for (std::size_t part = 0; part < out.declared_; ++part) {
    const std::size_t needs = parts[part].needs.size();
    for (std::size_t need = 0; need < needs; ++need) {
      const PartNeed& each = parts[part].needs[need];
      if (each.common > 0 && each.on.size() > 1) out.common_.push_back({part, need});
    }
  }
  // What takes several parts at once is a node that each of them cannot do without.
  for (const CommonCause& cause : out.common_) {
    const std::vector<std::size_t> on = parts[cause.part].needs[cause.need].on;
    for (const std::size_t each : on) parts[each].needs.push_back({.on = {parts.size()}});
    parts.push_back({fmt::format("a common cause below '{}'", parts[cause.part].name), {}});
  }
  out.parts_ = std::move(parts);
  TRY(out.order_, Walk(out.parts_).below(root));
  out.prepare();
  return out;
}

void Composition::prepare() {
  first_again_.resize(parts_.size());
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    first_again_[part] = needs_;
    needs_ += parts_[part].needs.size();
  }
  for (const std::size_t node : order_) {
    if (node < declared_) reached_.push_back(node);
  }
  std::sort(reached_.begin(), reached_.end());
  // From the root down: what binds, and how many ways lead to a part (two stand for many).
  std::vector<bool> must(parts_.size(), false);
  std::vector<int> ways(parts_.size(), 0);
  must[root_] = true;
  ways[root_] = 1;
  for (auto node = order_.rbegin(); node != order_.rend(); ++node) {
    for (const PartNeed& need : parts_[*node].needs) {
      for (const std::size_t on : need.on) {
        ways[on] = std::min(2, ways[on] + ways[*node]);
        if (must[*node] && binds(need)) must[on] = true;
      }
    }
  }
  std::vector<bool> above(parts_.size(), false);
  for (const std::size_t node : order_) {
    if (must[node]) {
      must_nodes_.push_back(node);
      if (node < declared_) musts_.push_back(node);
    } else if (ways[node] > 1) {
      shared_.push_back(node);
      above[node] = true;
    }
    for (const PartNeed& need : parts_[node].needs) {
      for (const std::size_t on : need.on) above[node] = above[node] || above[on];
    }
    if (above[node]) above_.push_back(node);
  }
  std::sort(musts_.begin(), musts_.end());
}

std::vector<std::size_t> Composition::in_order() const {
  std::vector<std::size_t> out;
  for (const std::size_t node : order_) {
    if (node < declared_) out.push_back(node);
  }
  return out;
}

std::vector<double> Composition::nodes(std::span<const double> works,
                                       std::span<const double> common) const {
  std::vector<double> out(works.begin(), works.end());
  out.resize(parts_.size(), 1);
  for (std::size_t i = 0; i < common_.size(); ++i) {
    const PartNeed& need = parts_[common_[i].part].needs[common_[i].need];
    double least = 1;
    for (const std::size_t on : need.on) least = std::min(least, 1 - works[on]);
    const double takes = (common.empty() ? need.common : common[i]) * least;
    out[declared_ + i] = 1 - takes;
    // The rest is each part's own, so that its availability stays what was said.
    for (const std::size_t on : need.on) {
      out[on] = takes < 1 ? std::min(1.0, out[on] / (1 - takes)) : 1;
    }
  }
  return out;
}

double Composition::need_met(const PartNeed& need, const std::vector<double>& succeeds,
                             double again) {
  double met = 0;
  if (need.least == need.on.size()) {
    met = 1;
    for (const std::size_t on : need.on) met *= succeeds[on];
  } else if (need.least == 1) {
    double none = 1;
    for (const std::size_t on : need.on) none *= 1 - succeeds[on];
    met = 1 - none;
  } else {
    std::vector<double> each;
    each.reserve(need.on.size());
    for (const std::size_t on : need.on) each.push_back(succeeds[on]);
    met = some_of(need.least, each);
  }
  return 1 - need.share * (1 - met) * again;
}

void Composition::evaluate(std::span<const std::size_t> order, const std::vector<double>& works,
                           const std::vector<double>& again, std::vector<double>& succeeds) const {
  for (const std::size_t node : order) {
    double out = works[node];
    const std::vector<PartNeed>& needs = parts_[node].needs;
    for (std::size_t i = 0; i < needs.size(); ++i) {
      out *= need_met(needs[i], succeeds, again[first_again_[node] + i]);
    }
    succeeds[node] = out;
  }
}

std::vector<double> Composition::tried_again(const std::vector<double>& works) const {
  std::vector<double> again(needs_, 1);
  std::vector<double> succeeds(parts_.size(), 1);
  for (const std::size_t node : order_) {
    const std::vector<PartNeed>& needs = parts_[node].needs;
    for (std::size_t i = 0; i < needs.size(); ++i) {
      PartNeed whole = needs[i];
      if (whole.tries == 1) continue;
      whole.share = 1;
      const double fails = 1 - need_met(whole, succeeds, 1);
      again[first_again_[node] + i] =
          whole.persistent +
          (1 - whole.persistent) * std::pow(fails, static_cast<double>(whole.tries - 1));
    }
    evaluate({&node, 1}, works, again, succeeds);
  }
  return again;
}

Composed Composition::availability(std::span<const double> works, Seed seed,
                                   std::span<const double> common) const {
  CHECK(works.size() == declared_, "one chance a part");
  CHECK(common.empty() || common.size() == common_.size(), "one share a common cause");
  std::vector<double> each = nodes(works, common);
  const std::vector<double> again = tried_again(each);
  double musts = 1;
  for (const std::size_t node : must_nodes_) musts *= std::exchange(each[node], 1);
  std::vector<double> succeeds(parts_.size(), 1);
  evaluate(order_, each, again, succeeds);
  std::vector<std::size_t> open;
  for (const std::size_t node : shared_) {
    if (each[node] > 0 && each[node] < 1) open.push_back(node);
  }
  if (open.empty()) return {musts * succeeds[root_], 0};
  const bool few =
      open.size() <= kExactShared &&
      std::ldexp(static_cast<double>(above_.size()), static_cast<int>(open.size())) <= kMostVisits;
  Composed out = few ? exactly(open, std::move(each), again, std::move(succeeds))
                     : sampled(open, std::move(each), again, std::move(succeeds), seed);
  out.availability = std::clamp(musts * out.availability, 0.0, 1.0);
  out.error *= musts;
  return out;
}

Composed Composition::exactly(const std::vector<std::size_t>& open, std::vector<double> works,
                              const std::vector<double>& again,
                              std::vector<double> succeeds) const {
  const std::vector<double> chances = works;
  double out = 0;
  for (std::uint32_t states = 0; states < (1U << open.size()); ++states) {
    double chance = 1;
    for (std::size_t i = 0; i < open.size(); ++i) {
      const bool up = ((states >> i) & 1U) != 0;
      works[open[i]] = up ? 1 : 0;
      chance *= up ? chances[open[i]] : 1 - chances[open[i]];
    }
    evaluate(above_, works, again, succeeds);
    out += chance * succeeds[root_];
  }
  return {out, 0};
}

// States with no or one part down are summed; those with more are drawn, given that there are more.
Composed Composition::sampled(const std::vector<std::size_t>& open, std::vector<double> works,
                              const std::vector<double>& again, std::vector<double> succeeds,
                              Seed seed) const {
  const std::size_t count = open.size();
  std::vector<double> down(count);
  for (std::size_t i = 0; i < count; ++i) down[i] = 1 - std::exchange(works[open[i]], 1);
  // more[k][i]: the chance that at least k of the parts from i on are down.
  std::vector<std::vector<double>> more(3, std::vector<double>(count + 1, 0));
  more[0].assign(count + 1, 1);
  double none = 1;
  for (std::size_t i = count; i-- > 0;) {
    for (std::size_t k = 1; k <= 2; ++k) {
      more[k][i] = down[i] * more[k - 1][i + 1] + (1 - down[i]) * more[k][i + 1];
    }
    none *= 1 - down[i];
  }
  const auto value = [&] {
    evaluate(above_, works, again, succeeds);
    return succeeds[root_];
  };
  double out = none * value();
  for (std::size_t i = 0; i < count; ++i) {
    works[open[i]] = 0;
    out += none * down[i] / (1 - down[i]) * value();
    works[open[i]] = 1;
  }
  const auto draws = static_cast<std::size_t>(
      std::clamp(kSampleVisits / static_cast<double>(above_.size()),
                 static_cast<double>(kLeastSample), static_cast<double>(kMostSample)));
  double mean = 0;
  double square = 0;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    Stream stream(seed, draw);
    std::size_t missing = 2;
    for (std::size_t i = 0; i < count; ++i) {
      const double fails =
          missing == 0 ? down[i] : down[i] * more[missing - 1][i + 1] / more[missing][i];
      const bool is_down = stream.uniform() < fails;
      works[open[i]] = is_down ? 0 : 1;
      if (is_down && missing > 0) --missing;
    }
    const double each = value();
    const double off = each - mean;
    mean += off / static_cast<double>(draw + 1);
    square += off * (each - mean);
  }
  const auto size = static_cast<double>(draws);
  return {out + more[2][0] * mean, more[2][0] * std::sqrt(square / (size - 1) / size)};
}

Bounds Composition::bounds(std::span<const double> works) const {
  CHECK(works.size() == declared_, "one chance a part");
  std::vector<Bounds> each(parts_.size(), Bounds{1, 1});
  // What a need may take off: at most and at least.
  const auto need_bounds = [&](const PartNeed& need) {
    std::vector<Bounds> parts;
    parts.reserve(need.on.size());
    for (const std::size_t on : need.on) parts.push_back(each[on]);
    const Bounds met = bounds_of_some(need.least, parts);
    const double again = need.tries == 1 ? 1 : need.persistent;
    return Bounds{1 - need.share * (1 - met.low), 1 - need.share * again * (1 - met.high)};
  };
  for (const std::size_t node : order_) {
    if (node >= declared_) continue;
    double misses = 1 - works[node];
    double high = works[node];
    for (const PartNeed& need : parts_[node].needs) {
      const Bounds met = need_bounds(need);
      misses += 1 - met.low;
      high = std::min(high, met.high);
    }
    each[node] = {std::max(0.0, 1 - misses), high};
  }
  double misses = 0;
  for (const std::size_t must : musts_) {
    misses += 1 - works[must];
    for (const PartNeed& need : parts_[must].needs) {
      if (!binds(need)) misses += 1 - need_bounds(need).low;
    }
  }
  return {std::max({0.0, 1 - misses, each[root_].low}), each[root_].high};
}

}  // namespace daytwo::chance
