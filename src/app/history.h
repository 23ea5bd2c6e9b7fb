// History for commands that work from files: the incidents, near misses and deploys of a server,
// when there is one, teach the rates that the files state.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"
#include "app/world.h"
#include "base/result.h"
#include "decide/history.h"

namespace daytwo::app {

// What happened, and a sentence that says where it is known from.
struct Taught {
  decide::History history;
  std::string note;
};

// The options of commands that ask for history: as server_options, and "none" for the files alone.
[[nodiscard]] std::vector<Option> history_options();

// From --server; from the server of this host when none is named, and nothing when that does not
// answer. Errors: a named server's.
[[nodiscard]] Result<Taught> read_history(World& world, const Arguments& arguments, Timestamp now);

// "14 incidents since 2025-01-02, 260 deploys".
[[nodiscard]] std::string history_sentence(const decide::History& history);

}  // namespace daytwo::app
