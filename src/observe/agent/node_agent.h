// `daytwo agent`: watches this host and sends what it sees, in one loop.
// Thread rule: one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/metrics.h"
#include "base/time.h"
#include "env/files.h"
#include "env/http_client.h"
#include "env/system.h"
#include "observe/agent/agent.h"
#include "observe/node/node_observer.h"

namespace daytwo::observe {

// What a turn did.
struct AgentTurn {
  Timestamp next;                // when to come again
  std::optional<Error> problem;  // why sending failed, this turn
  bool sent = false;
  bool refused = false;  // the server observes this host itself: there is nothing to do here
};

// The observer and its queue. The loop of the agent is: turn(), sleep until `next`, again.
class NodeAgent {
 public:
  NodeAgent(NodeOptions node, AgentOptions agent, const env::Files& files,
            const env::System& system, env::HttpClient& http, Registry& own);

  // Observes what is due and sends what is due.
  [[nodiscard]] AgentTurn turn(Timestamp now);
  // Ends the series and sends what still waits, once.
  [[nodiscard]] AgentTurn stop(Timestamp now);
  [[nodiscard]] const Agent& queue() const { return agent_; }

 private:
  const NodeOptions node_options_;
  const env::Files& files_;
  const env::System& system_;
  Registry& own_;
  std::unique_ptr<NodeObserver> node_;  // made anew when records were lost
  Agent agent_;
  Timestamp last_ = kMinTimestamp;
  Timestamp send_due_ = kMinTimestamp;
};

}  // namespace daytwo::observe
