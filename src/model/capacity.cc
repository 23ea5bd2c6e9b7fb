// Reading one capacity from YAML.
#include "model/capacity.h"

#include "base/diagnostic.h"
#include "base/time.h"
#include "model/yaml.h"

namespace daytwo::model {

Capacity read_capacity(const YamlNode& node, Diagnostics& problems) {
  YamlMap inner(node, problems);
  Capacity capacity;
  capacity.used = inner.required_text("used");
  capacity.limit = inner.required_text("limit");
  capacity.lead_time = inner.duration("lead_time").value_or(days(14));
  inner.finish();
  return capacity;
}

}  // namespace daytwo::model
