#include "decide/worth/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "decide/life.h"
#include "model/amount.h"
#include "model/field.h"

namespace daytwo::decide::worth {
namespace {

// The inputs of a model as columns, one of them perhaps held.
class Columns {
 public:
  Columns(const Model& model, std::optional<Hold> hold) : model_(model) {
    if (!hold) return;
    again_[hold->input].assign(model.worlds, hold->value);
    for (const Derived& derived : model.derived) {
      for (const auto& [name, input] : derived.uses) {
        if (input == hold->input) work_out(derived, name, *hold);
      }
    }
  }

  [[nodiscard]] const Draws& of(std::size_t input) const {
    const auto at = again_.find(input);
    const Draws& out = at != again_.end() ? at->second : model_.inputs[input].draws;
    CHECK(out.size() == model_.worlds, "a draw for each world");
    return out;
  }

  // `scale` times the factors.
  [[nodiscard]] Draws product(std::span<const std::size_t> factors, double scale) const {
    Draws out(model_.worlds, scale);
    for (const std::size_t factor : factors) {
      const Draws& column = of(factor);
      for (std::size_t w = 0; w < out.size(); ++w) out[w] *= column[w];
    }
    return out;
  }

  // Multiplies `left` by what the effect leaves of a loss.
  void leave(const Effect& effect, Draws& left) const {
    for (const auto& share : {effect.stops, effect.cuts}) {
      if (!share) continue;
      const Draws& column = of(*share);
      for (std::size_t w = 0; w < left.size(); ++w) {
        left[w] *= 1 - std::clamp(column[w], 0.0, 1.0);
      }
    }
  }

 private:
  // A field that was read at one value of a quantity may not read at another (a share above 1):
  // then it stays as drawn.
  void work_out(const Derived& derived, const std::string& name, const Hold& hold) {
    auto draws = with_name_at(derived.field, name, hold.value, model_.inputs[hold.input].unit)
                     .draws(derived.options);
    if (draws) again_[derived.input] = *std::move(draws);
  }

  const Model& model_;
  std::map<std::size_t, Draws> again_;
};

bool taken_in(const Choices& taken, std::size_t choice) {
  return std::binary_search(taken.begin(), taken.end(), choice);
}

void add(Draws& sum, const Draws& each, double sign = 1) {
  for (std::size_t w = 0; w < sum.size(); ++w) sum[w] += sign * each[w];
}

// What the choices take away of one loss, a year.
Draws avoided(const Model& model, const Columns& columns, const Loss& loss, const Choices& taken) {
  Draws left(model.worlds, 1);
  bool acts = false;
  for (const Effect& effect : loss.effects) {
    if (!taken_in(taken, effect.choice)) continue;
    columns.leave(effect, left);
    acts = true;
  }
  if (!acts) return {};
  Draws out = columns.product(loss.factors, loss.share);
  for (std::size_t w = 0; w < out.size(); ++w) out[w] *= 1 - left[w];
  return out;
}

}  // namespace

bool Input::known() const {
  return std::all_of(draws.begin(), draws.end(), [&](double x) { return x == draws.front(); });
}

double Input::mean() const { return mean_of(draws); }

bool can_hold(const std::string& unit) {
  return unit.size() == 3 || unit == model::kProbability || unit == model::kHoursLost ||
         unit == model::kAYear;
}

model::Field with_name_at(model::Field field, const std::string& name, double value,
                          const std::string& unit) {
  CHECK(can_hold(unit), "a unit that can be written");
  const std::string head = name + " = ";
  const std::string word = unit == model::kProbability ? ""
                           : unit == model::kHoursLost ? " h"
                           : unit == model::kAYear     ? " / year"
                                                       : " " + unit;
  std::string out;
  for (const std::string_view line : split(field.program, '\n')) {
    if (!out.empty()) out += '\n';
    if (line.starts_with(head)) {
      out += fmt::format("{}{:.17g}{}", head, value, word);
    } else {
      out += line;
    }
  }
  field.program = std::move(out);
  return field;
}

double mean_of(std::span<const double> draws) {
  CHECK(!draws.empty(), "a mean of something");
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

Streams Model::streams(const Choices& taken, std::optional<Hold> hold) const {
  const Columns columns(*this, hold);
  const Draws none(worlds, 0);
  Streams out{none, none, none, none, none, none};
  for (const Loss& loss : losses) {
    const Draws saved = avoided(*this, columns, loss, taken);
    if (saved.empty()) continue;
    if (!loss.weight) {
      add(loss.late ? out.late : out.own, saved);
      continue;
    }
    add(out.theirs, saved);
    const Draws& weight = columns.of(*loss.weight);
    for (std::size_t w = 0; w < worlds; ++w) out.theirs_weighted[w] += saved[w] * weight[w];
  }
  for (const Spending& spending : spendings) {
    if (!taken_in(taken, spending.choice)) continue;
    const Draws money = columns.product(spending.factors, 1);
    if (spending.once) {
      add(out.once, money, spending.brings ? -1 : 1);
    } else {
      add(out.steady, money, spending.brings ? 1 : -1);
    }
  }
  return out;
}

Draws Model::net(const Choices& taken, std::optional<Hold> hold) const {
  const Streams each = streams(taken, hold);
  const PresentValue today = present_value(life);
  Draws out(worlds);
  for (std::size_t w = 0; w < worlds; ++w) {
    out[w] = (each.own[w] + each.theirs_weighted[w]) * today.loss + each.late[w] * today.late +
             each.steady[w] * today.steady - each.once[w];
  }
  return out;
}

std::vector<Flow> Model::flows(const Streams& streams, std::size_t world) const {
  std::vector<Flow> out;
  if (streams.once[world] != 0) out.push_back({0, -streams.once[world]});
  for (const LifeYear& year : years_of(life)) {
    const double loss = (streams.own[world] + streams.theirs_weighted[world]) * year.loss;
    const double amount =
        loss + streams.late[world] * year.late + streams.steady[world] * year.steady;
    if (year.steady > 0 || amount != 0) out.push_back({year.at, amount});
  }
  return out;
}

Draws Model::loss_a_year(bool theirs, const std::string& risk) const {
  const Columns columns(*this, std::nullopt);
  Draws out(worlds, 0);
  for (const Loss& loss : losses) {
    if (!risk.empty() && loss.risk != risk) continue;
    if (loss.weight.has_value() == theirs) add(out, columns.product(loss.factors, loss.share));
  }
  return out;
}

}  // namespace daytwo::decide::worth
