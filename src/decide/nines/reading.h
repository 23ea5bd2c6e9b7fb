// From what is declared, stated and measured to the question of nines.
//
// Downtime is put together from two sources that must not count twice. What was measured knows all
// that happens often, and nothing of what is rare; the register knows what is rare. So a worry of
// which the measured window should have seen an event or more is taken to be in the measurement:
// together such worries share the measured hours, by their own estimates. A rarer one is added.
// Thread rule: pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "chance/seed.h"
#include "decide/history.h"
#include "decide/nines/curve.h"
#include "decide/plan/register.h"
#include "model/service.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::nines {

// What an objective or a probe says of a service.
struct Measured {
  double availability = 1;
  double days = 0;        // that were measured
  std::string objective;  // its name
};

// Everything a question is made of.
struct Sources {
  const model::Catalog& catalog;
  const model::WorryFile& written;
  const model::Stakes& stakes;
  std::function<std::optional<Measured>(const std::string& service)> measured;
  const History& history;
  plan::Horizon horizon;  // over which what is paid once is spread
  Timestamp now;
};

// The question for `service`. Errors: kNotFound for a service that is not in the catalog (with the
// nearest name), when neither a measurement nor a worry says how often it is down, and when nobody
// has said what an hour of it costs (with the question that would settle it); kInvalid for two
// currencies and for what does not fit.
[[nodiscard]] Result<Question> question_of(const std::string& service, const Sources& sources,
                                           chance::Seed seed);

}  // namespace daytwo::decide::nines
