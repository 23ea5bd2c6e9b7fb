// Worry: the thread of records that share one key, folded into what a person reads. It has no state
// of its own: facts/ folds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "base/units.h"
#include "model/amount.h"
#include "model/tripwire.h"
#include "model/verdict.h"

namespace daytwo::model {

struct Worry {
  WorryKey key;
  std::string id;    // short_id(key): 12 hex digits
  std::string kind;  // runout, burn, exposure, drift, memory_cap, alert, probe, flow, cpu, written,
                     // tripwire
  std::string title;
  std::string subject;
  std::string service;
  bool open = true;
  bool written = false;  // by a person
  Timestamp first_seen;
  Timestamp changed;

  // Valued by Choices; a person's decision stands above the computed verdict.
  Verdict verdict = Verdict::kUndecided;
  std::string reason;
  std::string decided_by;  // "daytwo" or a person
  std::optional<Ratio> chance_pays;
  std::optional<Amount> loss;          // expected loss if left alone, money once stakes are stated
  std::optional<Amount> loss_per_day;  // ranks the Loop
  std::optional<Tripwire> tripwire;

  // Carried by Deeds.
  std::string owner;
  std::string paged;  // "sent to shop-dev by webhook at ...", or empty
  // Scored by Lessons.
  std::string score;
  std::string next_step;
};

}  // namespace daytwo::model
