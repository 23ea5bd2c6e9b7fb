#include "facts/incidents.h"

#include "facts/names.h"

namespace daytwo::facts {

model::IncidentHours incident_hours(const Snapshot& snapshot) {
  model::IncidentHours out;
  for (const RecordPtr& record : snapshot.open(kind_name<IncidentSeen>())) {
    const auto* seen = body_as<IncidentSeen>(*record);
    if (seen == nullptr || seen->ended.ms <= seen->began.ms) continue;
    out[seen->service].push_back((seen->ended - seen->began).hours());
  }
  return out;
}

}  // namespace daytwo::facts
