#include "decide/worth/choosing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "decide/worth/model.h"
#include "model/field.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {
namespace {

// A worry's own option as one that could serve several.
Result<model::SharedOption> own_option(const model::FiledWorry& worry,
                                       const model::Definitions& names) {
  model::SharedOption out;
  out.id = worry.option.name.empty() ? worry.id : worry.option.name;
  const auto take = [&](const std::string& text, model::Measure measure,
                        auto&& into) -> Result<void> {
    if (text.empty()) return {};
    // Its last line is what was written; above stand the quantities that it names.
    TRY(into, model::read_field(text.substr(text.rfind('\n') + 1), measure, names));
    return {};
  };
  TRY_VOID(take(worry.option.once, model::Measure::kMoney, out.once));
  TRY_VOID(take(worry.option.takes, model::Measure::kWork, out.days));
  if (!worry.option.cuts.empty()) {
    TRY_VOID(take(worry.option.cuts, model::Measure::kShare, out.cuts[worry.id]));
  }
  return out;
}

class Chooser {
 public:
  Chooser(const model::WorryFile& file, const std::string& asked) : file_(file), asked_(asked) {}

  // The option, what it needs and excludes, as choices and alternatives.
  Result<Choosing> run() {
    TRY_VOID(collect());
    const auto of = [&](const model::SharedOption& option) -> Result<Choices> {
      Choices out;
      TRY_VOID(close(option, out));
      std::sort(out.begin(), out.end());
      return out;
    };
    const auto add = [&](const model::SharedOption& option) -> Result<void> {
      TRY(Choices taken, of(option));
      out_.among.push_back(std::move(taken));
      out_.names.push_back(option.id);
      return {};
    };
    out_.among.emplace_back();
    out_.names.emplace_back("nothing");
    const model::SharedOption* const option = find(asked_);
    TRY_VOID(add(*option));
    for (const std::size_t choice : out_.among.back()) {
      if (out_.options[choice]->id != option->id) out_.with.push_back(out_.options[choice]->id);
    }
    out_.must = option->must;
    for (const model::SharedOption& other : out_.all) {
      const bool apart = lists(option->excludes, other.id) || lists(other.excludes, option->id);
      if (apart) TRY_VOID(add(other));
    }
    return std::move(out_);
  }

 private:
  // All options of the file, those of single worries too. Errors: the asked one is not among them.
  Result<void> collect() {
    out_.all = file_.options;
    for (const model::FiledWorry& worry : file_.worries) {
      const model::FiledOption& own = worry.option;
      if (own.name.empty() && own.once.empty() && own.takes.empty() && own.cuts.empty()) continue;
      TRY_IN("worry '" + worry.id + "'", model::SharedOption option,
             own_option(worry, file_.quantities));
      if (find(option.id) == nullptr) out_.all.push_back(std::move(option));
    }
    if (const model::SharedOption* option = find(asked_); option != nullptr) {
      if (option->narrows.empty()) return {};
      return fail(Code::kInvalid, "'" + asked_ +
                                      "' finds something out, and is weighed beside the "
                                      "options it could change: ask for one of those");
    }
    if (out_.all.empty()) {
      return fail(Code::kNotFound, "no option is declared (options: [{id: " + asked_ +
                                       ", once: \"$40k\", cuts: {...}}])");
    }
    std::vector<std::string> ids;
    for (const model::SharedOption& option : out_.all) ids.push_back(option.id);
    const std::string near = nearest_word(asked_, ids);
    const std::string hint = near.empty() ? "; there are " + fmt::format("{}", fmt::join(ids, ", "))
                                          : "; did you mean '" + near + "'?";
    return fail(Code::kNotFound, "no option '" + asked_ + "' is declared" + hint);
  }

  [[nodiscard]] const model::SharedOption* find(const std::string& id) const {
    const auto at = std::find_if(out_.all.begin(), out_.all.end(),
                                 [&](const auto& each) { return each.id == id; });
    return at == out_.all.end() ? nullptr : &*at;
  }

  static bool lists(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }

  // The option with what it needs, by number; each becomes a choice of the model.
  Result<void> close(const model::SharedOption& option, Choices& taken) {
    const auto at = std::find(out_.options.begin(), out_.options.end(), &option);
    const auto number = static_cast<std::size_t>(at - out_.options.begin());
    if (at == out_.options.end()) {
      out_.options.push_back(&option);
    }
    if (std::find(taken.begin(), taken.end(), number) != taken.end()) return {};
    taken.push_back(number);
    for (const std::string& id : option.requires_ids) {
      const model::SharedOption* needed = find(id);
      if (needed == nullptr) {
        return fail(Code::kNotFound, "'" + option.id + "' needs '" + id + "', which is not there");
      }
      TRY_VOID(close(*needed, taken));
    }
    return {};
  }

  const model::WorryFile& file_;
  const std::string& asked_;
  Choosing out_;
};

}  // namespace

Result<Choosing> choose(const model::WorryFile& file, const std::string& option) {
  return Chooser(file, option).run();
}

}  // namespace daytwo::decide::worth
