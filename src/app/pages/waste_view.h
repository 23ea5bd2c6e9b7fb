// From what is idle, what is paid for and what past clean-ups taught to the page of what can be
// cleaned up. Pure: the page hands over what it read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "api/view_waste.h"
#include "base/time.h"
#include "chance/seed.h"
#include "chance/still_needed.h"
#include "decide/waste/running.h"
#include "facts/journal.h"
#include "model/sentence.h"
#include "orient/idle.h"
#include "orient/named.h"

namespace daytwo::app {

// Good events that an objective of a service counted, and over how many days they were measured.
struct Served {
  std::string service;
  std::string objective;
  double good = 0;
  double measured_days = 0;
};

// What the view is made of.
struct WasteFacts {
  orient::IdleReport idle;
  std::vector<decide::waste::Running> running;
  const orient::RunningNames& names;
  std::vector<chance::CleanUp> past;
  std::optional<model::Quantity> restore;  // money; what putting something back costs
  Duration least;                          // idle for at least so long
  Timestamp now;
  chance::Seed seed;
  std::vector<Served> served = {};
};

// Rows on the page: those that save most. What is left out is counted and priced in a note.
inline constexpr std::size_t kMostWaste = 200;

// Everything but the invoices.
void fill_waste(api::WastePage& page, const WasteFacts& facts);

// The newest month of each currency, split by what it pays for. The parts add up to the invoice to
// the cent: every charge is in one of them.
[[nodiscard]] std::vector<api::Invoice> invoices_of(const facts::Snapshot& snapshot,
                                                    const WasteFacts& facts);

}  // namespace daytwo::app
