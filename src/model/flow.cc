// Reading one flow from YAML.
#include "model/flow.h"

#include "base/diagnostic.h"
#include "base/id.h"
#include "model/yaml.h"

namespace daytwo::model {

Flow read_flow(const YamlNode& node, const ServiceId& service, Diagnostics& problems) {
  YamlMap inner(node, problems);
  Flow flow;
  flow.name = inner.required_text("name");
  flow.service = service;
  flow.received = inner.required_text("received");
  flow.processed = inner.required_text("processed");
  flow.dropped = inner.text("dropped").value_or("");
  flow.in_flight = inner.text("in_flight").value_or("");
  inner.finish();
  return flow;
}

}  // namespace daytwo::model
