#include "decide/plan/looking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/worlds.h"
#include "decide/taught.h"
#include "model/amount.h"
#include "model/teaching.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

using How = model::Teaching::How;

constexpr std::string_view kEvents = ".events";
constexpr std::string_view kSize = ".size";

// `draws` in the proportion in which they lie around their mean, around another mean.
Draws around(const Draws& draws, double mean) {
  const double own =
      std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
  Draws out = draws;
  for (double& each : out) each = own > 0 ? each / own * mean : mean;
  return out;
}

class Look {
 public:
  Look(const model::WorryFile& file, std::size_t number, const Register& reg,
       const std::vector<Looked>& worries)
      : file_(file), written_(file.options[number]), reg_(reg), worries_(worries) {
    out_.option = number;
  }

  Investigation run(std::vector<std::string>& notes) {
    for (const auto& [name, teaching] : written_.narrows) {
      const auto moved = take(name, teaching);
      if (!moved) {
        notes.push_back(
            fmt::format("'{}' of '{}' is not counted: {}", name, written_.id, moved.error().text));
      } else if (!*moved) {
        notes.push_back(
            fmt::format("'{}' of '{}' is not counted here: a plan tells apart worries, "
                        "their .events and .size, causes and options; daytwo worth "
                        "counts all",
                        name, written_.id));
      }
    }
    // Unless it is said, as long as one person works on it.
    const double work = written_.days ? written_.days->mean / model::kHoursAPersonDay : 0;
    const double days = written_.delay ? written_.delay->mean / 24 : work;
    out_.delay_years = days / kDaysPerYear;
    return std::move(out_);
  }

 private:
  // Whether the plan tells it apart.
  Result<bool> take(const std::string& name, const model::Teaching& teaching) {
    if (teaching.how == How::kYears || name.ends_with(kEvents)) {
      if (const Looked* worry = find(name, kEvents)) return take_events(*worry, teaching);
    }
    if (name.ends_with(kSize)) {
      if (const Looked* worry = find(name, kSize)) return take_size(*worry, teaching);
    }
    bool moved = false;
    for (std::size_t cause = 0; cause < reg_.shape.causes.size(); ++cause) {
      if (reg_.shape.causes[cause].name != name && reg_.worry_of[cause] != name) continue;
      TRY(const double share, explained(teaching, {name, reg_.worlds.losses[cause], {}, 0}));
      out_.causes.push_back({cause, share, reg_.worlds.losses[cause]});
      moved = true;
    }
    TRY(const bool option, take_option(name, teaching));
    return moved || option;
  }

  // The worry of a name with or without the suffix.
  [[nodiscard]] const Looked* find(std::string_view name, std::string_view suffix) const {
    if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
    const auto at = std::find_if(worries_.begin(), worries_.end(),
                                 [&](const Looked& each) { return each.worry == name; });
    return at == worries_.end() ? nullptr : &*at;
  }

  Result<bool> take_events(const Looked& worry, const model::Teaching& teaching) {
    TRY(const double share,
        explained(teaching, {worry.worry + ".events", worry.events, std::string(model::kAYear),
                             worry.observed_years}));
    for (std::size_t cause = 0; cause < reg_.shape.causes.size(); ++cause) {
      // Hits of a common cause come by its rate, not by the worry's own.
      if (reg_.worry_of[cause] != worry.worry || !reg_.common_of[cause].empty()) continue;
      out_.causes.push_back({cause, share, around(worry.events, reg_.shape.causes[cause].loss)});
    }
    return true;
  }

  Result<bool> take_size(const Looked& worry, const model::Teaching& teaching) {
    TRY(const double share,
        explained(teaching, {worry.worry + ".size", worry.an_event, reg_.currency, 0}));
    for (std::size_t cause = 0; cause < reg_.shape.causes.size(); ++cause) {
      if (reg_.worry_of[cause] != worry.worry) continue;
      out_.causes.push_back({cause, share, around(worry.an_event, reg_.shape.causes[cause].loss)});
    }
    return true;
  }

  // An option, or one of its numbers.
  Result<bool> take_option(const std::string& name, const model::Teaching& teaching) {
    for (std::size_t number = 0; number < file_.options.size(); ++number) {
      const std::string& id = file_.options[number].id;
      if (name != id && !name.starts_with(id + ".")) continue;
      const std::string part = name == id ? "" : name.substr(id.size() + 1);
      NarrowedOption out;
      out.option = number;
      out.cost = part.empty() || part == "once" || part == "per_year" || part == "days";
      out.value = part.empty() || part == "worth";
      out.effects = part.empty() || part.starts_with("blocks.") || part.starts_with("cuts.");
      if (!out.cost && !out.value && !out.effects) continue;
      const bool in_money = out.cost || out.value;
      TRY(out.explains,
          explained(teaching, {name, draws_of(out), in_money ? reg_.currency : "", 0}));
      out_.options.push_back(out);
      return true;
    }
    return false;
  }

  [[nodiscard]] const Draws& draws_of(const NarrowedOption& option) const {
    const Worlds& worlds = reg_.worlds;
    if (option.cost) return worlds.costs[option.option];
    if (option.value || worlds.stops[option.option].empty()) return worlds.values[option.option];
    return worlds.stops[option.option].front();
  }

  const model::WorryFile& file_;
  const model::SharedOption& written_;
  const Register& reg_;
  const std::vector<Looked>& worries_;
  Investigation out_;
};

}  // namespace

Investigation investigation_of(const model::WorryFile& file, std::size_t number,
                               const Register& reg, const std::vector<Looked>& worries,
                               std::vector<std::string>& notes) {
  return Look(file, number, reg, worries).run(notes);
}

}  // namespace daytwo::decide::plan
