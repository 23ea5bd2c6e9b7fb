// What the pages read: the journal, the samples, what was declared. Borrowed; app owns all of it.
// Thread rule: everything here may be used from many workers at once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/view_base.h"
#include "app/config.h"
#include "chance/seed.h"
#include "env/clock.h"
#include "facts/journal.h"
#include "observe/node/view.h"
#include "series/source.h"

namespace daytwo::app {

struct PageContext {
  env::Clock& clock;
  facts::Journal& journal;
  const series::Source& source;
  std::string host;
  bool simulated = false;
  std::function<std::shared_ptr<const Config>()> config;
  // The value of a PromQL expression now: the only element's, or a scalar's; nothing when it is not
  // known.
  std::function<std::optional<double>(const std::string& query)> ask;
  // The last scan of this host; null when it is not observed.
  std::function<std::shared_ptr<const observe::NodeView>()> node;
  // Runs the loop soon: somebody changed something.
  std::function<void()> wake;
  // The Decider's, for verdicts on what is not stored.
  chance::Seed seed{};
};

// Fills what every page starts with.
void stamp(const PageContext& context, api::Base& page);

}  // namespace daytwo::app
