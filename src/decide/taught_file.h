// A register as incidents have taught it: how long events take, where a worry states a duration
// that its parts share. (How often is taught where a rate is read: risk/rate.h.) Thread rule: pure
// functions over plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/history.h"
#include "model/worry_file.h"

namespace daytwo::decide {

// A copy of a file with other durations, and from what to what, a sentence each, by worry.
struct TaughtFile {
  model::WorryFile file;
  std::map<std::string, std::string> notes;

  // Writes the sentences behind `out`.
  void note(std::vector<std::string>& out) const;
};

// `file` with the durations that taught_hours() gives; nothing where it gives none. A duration that
// is an expression stays as stated.
[[nodiscard]] std::optional<TaughtFile> taught_by(const model::WorryFile& file,
                                                  const History& history);

// The program of a part of a loss with another `duration`: the line "duration = 1h to 4h" with
// `duration` in place of its own.
[[nodiscard]] std::string lasting(std::string_view program, std::string_view duration);

}  // namespace daytwo::decide
