#include "observe/agent/node_agent.h"

#include <algorithm>
#include <utility>

namespace daytwo::observe {
namespace {

AgentOptions with_host(AgentOptions options, const NodeObserver& node) {
  options.host = node.host();
  while (options.server.ends_with('/')) options.server.pop_back();
  return options;
}

}  // namespace

NodeAgent::NodeAgent(NodeOptions node, AgentOptions agent, const env::Files& files,
                     const env::System& system, env::HttpClient& http, Registry& own)
    : node_options_(std::move(node)),
      files_(files),
      system_(system),
      own_(own),
      node_(std::make_unique<NodeObserver>(node_options_, files, system, own)),
      agent_(with_host(std::move(agent), *node_), http, own) {}

AgentTurn NodeAgent::turn(Timestamp now) {
  if (now < last_) send_due_ = now;  // the wall clock went back
  last_ = now;
  agent_.add(node_->step(now));
  AgentTurn out;
  if (now >= send_due_) {
    const auto sent = agent_.send(now);
    out.sent = sent.has_value();
    if (!sent) out.problem = sent.error();
    out.refused = agent_.refused();
    send_due_ = agent_.next_send();
  }
  // Only a server that answers needs the whole picture again.
  if (out.sent && agent_.take_must_repeat()) {
    node_ = std::make_unique<NodeObserver>(node_options_, files_, system_, own_);
  }
  out.next = std::max(now, std::min(node_->next_due(), send_due_));
  return out;
}

AgentTurn NodeAgent::stop(Timestamp now) {
  agent_.add(node_->stop(now));
  const auto sent = agent_.send(now);
  AgentTurn out;
  out.next = kMaxTimestamp;
  out.sent = sent.has_value();
  if (!sent) out.problem = sent.error();
  return out;
}

}  // namespace daytwo::observe
