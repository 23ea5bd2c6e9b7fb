// From a file of worries and options to the model of one option: the losses it acts on, what it
// costs, what it needs, and what it excludes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/seed.h"
#include "decide/history.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "decide/worth/study.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {

// What is asked: an option of the file, or a worry of it with an option of its own.
struct Asked {
  std::string option;
  Life life;
  std::optional<double> trials_a_year;  // behind a rate per deploy
};

// The model, and what can be chosen in it.
struct Reading {
  Model model;
  Alternatives among;              // nothing, the option, then each that it excludes
  std::vector<std::string> names;  // of the alternatives
  std::vector<std::string> with;   // what the option needs besides
  bool must = false;               // nothing to choose
  std::string priced_by;           // the stake that prices work; empty: none
  double hour = 0;                 // its mean
  std::vector<Study> studies;      // of the file, about something of the model
  std::map<std::string, std::vector<std::string>> worries_of;  // by cause, in the model
  std::vector<std::string> notes;                              // what is assumed or left out
};

// Rates are taught by the incidents and counted by the deploys of `history`; a note says from what
// to what. Errors: kNotFound for an option that the file has not (with the nearest), a worry in
// natural units without a stake (with the question that would settle it), a rate per deploy without
// a count; kInvalid for two currencies or a quantity that fits no distribution.
[[nodiscard]] Result<Reading> read(const model::WorryFile& file, const model::Stakes& stakes,
                                   const Asked& asked, chance::Seed seed, Timestamp now,
                                   const History& history = {});

}  // namespace daytwo::decide::worth
