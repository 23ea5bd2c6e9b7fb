// Inputs: the unknowns of a model, each made once, however often a file uses it: a stake, a named
// quantity, how often and how long, what a part of an event costs. Thread rule: one thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/worth/model.h"
#include "model/field.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {

// An event of `origin`, seen from `worry`: itself, or what the event set off, which lasts as long.
struct Occurrence {
  const model::FiledWorry& origin;
  const model::FiledWorry& worry;
  [[nodiscard]] bool set_off() const { return &origin != &worry; }
};

// All methods give the number of an input of the model. Errors: kInvalid for a second currency or a
// quantity that fits no distribution; kNotFound for a unit that nobody priced, with the sentence
// that would price it.
class Inputs {
 public:
  // REQUIRES: file, stakes and model outlive it.
  Inputs(const model::WorryFile& file, const model::Stakes& stakes, chance::Seed seed, Model& model)
      : file_(file), stakes_(stakes), seed_(seed), model_(model) {}

  // A field of an option in its own words.
  [[nodiscard]] Result<std::size_t> field(const model::Field& field, Input input);
  [[nodiscard]] Result<std::size_t> money(const model::Field& written, Input input);
  // A share from 0 to 1, made once for each id.
  [[nodiscard]] Result<std::size_t> share(const model::Field& written, Input input);
  // Events a year of a worry or a common cause.
  [[nodiscard]] std::size_t rate(const std::string& id, const Uncertain& events,
                                 const std::string& query);
  // What one event of a plain sentence costs.
  [[nodiscard]] std::size_t size(const model::FiledWorry& worry, const Case& item);
  // What one event costs in a part, capped: its luck averaged out where it stands alone.
  [[nodiscard]] Result<std::size_t> amount(const Occurrence& event, const model::LossPart& part,
                                           bool harm);
  // The price of a unit that is no money. An hour of a service is one unknown, whatever it prices.
  [[nodiscard]] Result<std::size_t> price(const model::FiledWorry& worry, const std::string& unit);
  // The stake on an hour of work; nothing when nobody stated one.
  [[nodiscard]] Result<std::optional<std::size_t>> work_price();
  // How much others' harm counts beside our own loss.
  [[nodiscard]] std::size_t weight();
  // Errors: kInvalid when the model is in another currency already; `who` is for the message.
  [[nodiscard]] Result<void> take_currency(const std::string& code, const std::string& who,
                                           const model::Place& place = {});

 private:
  std::size_t add(Input input);
  [[nodiscard]] Result<std::size_t> field_of(const model::Field& field, Input input,
                                             const model::FiledWorry* origin);
  [[nodiscard]] chance::Seed duration_seed(const model::FiledWorry& worry) const;
  [[nodiscard]] Result<std::optional<std::size_t>> name(const std::string& name,
                                                        const model::FiledWorry* origin);
  [[nodiscard]] Result<std::size_t> duration(const model::FiledWorry& worry, model::Field duration);
  [[nodiscard]] Result<std::size_t> stake(const model::Stake& stake, Input input);

  const model::WorryFile& file_;
  const model::Stakes& stakes_;
  const chance::Seed seed_;
  Model& model_;
  std::map<std::string, std::size_t> prices_;                // by the stake's key
  std::map<std::string, std::size_t> made_;                  // by id: shares, sizes, amounts
  std::map<std::string, std::optional<std::size_t>> names_;  // of quantities
  std::map<std::string, std::size_t> durations_;             // by worry
  std::optional<std::size_t> work_price_;
  std::optional<std::size_t> weight_;
};

}  // namespace daytwo::decide::worth
