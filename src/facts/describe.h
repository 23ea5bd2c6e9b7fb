// Descriptions of the journal's structs for JSON: names of fields are names on disk and on the
// wire, so they never change meaning. A field that is new is optional by the lenient rules of the
// codec.
#pragma once

#include "facts/judgement.h"
#include "facts/names.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/json.h"

// Describes struct TYPE of this room by listing its fields; the JSON name is the field's own.
#define DAYTWO_DESCRIBE(TYPE, ...)                                                    \
  template <>                                                                         \
  struct daytwo::model::JsonFields<TYPE> {                                            \
    static constexpr std::string_view kName = #TYPE;                                  \
    template <class V, class Self>                                                    \
    static void describe(V& v, Self& self) {                                          \
      const auto field = [&](std::string_view name, auto& value) { v(name, value); }; \
      __VA_ARGS__                                                                     \
    }                                                                                 \
  }
#define DAYTWO_FIELD(NAME) field(#NAME, self.NAME)

DAYTWO_DESCRIBE(daytwo::Ratio, DAYTWO_FIELD(value););
DAYTWO_DESCRIBE(daytwo::chance::Seed, DAYTWO_FIELD(value););
DAYTWO_DESCRIBE(daytwo::chance::Estimate, DAYTWO_FIELD(p05); DAYTWO_FIELD(p25); DAYTWO_FIELD(p50);
                DAYTWO_FIELD(p75); DAYTWO_FIELD(p95); DAYTWO_FIELD(mean); DAYTWO_FIELD(samples);
                DAYTWO_FIELD(seed););
DAYTWO_DESCRIBE(daytwo::model::Amount, DAYTWO_FIELD(estimate); DAYTWO_FIELD(unit);
                DAYTWO_FIELD(window); DAYTWO_FIELD(as_of); DAYTWO_FIELD(version););
DAYTWO_DESCRIBE(daytwo::model::Tripwire, DAYTWO_FIELD(sentence); DAYTWO_FIELD(input);
                DAYTWO_FIELD(op); DAYTWO_FIELD(value); DAYTWO_FIELD(query); DAYTWO_FIELD(until);
                DAYTWO_FIELD(unit););
DAYTWO_DESCRIBE(daytwo::facts::Input, DAYTWO_FIELD(name); DAYTWO_FIELD(value););
DAYTWO_DESCRIBE(daytwo::facts::NamedAmount, DAYTWO_FIELD(name); DAYTWO_FIELD(amount););
DAYTWO_DESCRIBE(daytwo::facts::Evidence, DAYTWO_FIELD(sentence); DAYTWO_FIELD(query);
                DAYTWO_FIELD(record););

DAYTWO_DESCRIBE(daytwo::facts::HostSeen, DAYTWO_FIELD(host); DAYTWO_FIELD(kernel);
                DAYTWO_FIELD(release); DAYTWO_FIELD(ecosystem); DAYTWO_FIELD(cpus);
                DAYTWO_FIELD(memory_bytes); DAYTWO_FIELD(boot_id););
DAYTWO_DESCRIBE(daytwo::facts::ProcessSeen, DAYTWO_FIELD(pid); DAYTWO_FIELD(start_ticks);
                DAYTWO_FIELD(boot_id); DAYTWO_FIELD(parent_pid); DAYTWO_FIELD(name);
                DAYTWO_FIELD(executable); DAYTWO_FIELD(executable_deleted); DAYTWO_FIELD(user);
                DAYTWO_FIELD(command); DAYTWO_FIELD(cgroup); DAYTWO_FIELD(workload);
                DAYTWO_FIELD(package); DAYTWO_FIELD(started););
DAYTWO_DESCRIBE(daytwo::facts::ListenerSeen, DAYTWO_FIELD(protocol); DAYTWO_FIELD(address);
                DAYTWO_FIELD(port); DAYTWO_FIELD(reach); DAYTWO_FIELD(pids);
                DAYTWO_FIELD(executable); DAYTWO_FIELD(workload); DAYTWO_FIELD(package););
DAYTWO_DESCRIBE(daytwo::facts::PackageSeen, DAYTWO_FIELD(ecosystem); DAYTWO_FIELD(name);
                DAYTWO_FIELD(version); DAYTWO_FIELD(architecture); DAYTWO_FIELD(source);
                DAYTWO_FIELD(source_version););
DAYTWO_DESCRIBE(daytwo::facts::MappingSeen, DAYTWO_FIELD(package); DAYTWO_FIELD(version);
                DAYTWO_FIELD(files); DAYTWO_FIELD(pids); DAYTWO_FIELD(workloads);
                DAYTWO_FIELD(stale););
DAYTWO_DESCRIBE(daytwo::facts::FilesystemSeen, DAYTWO_FIELD(mount); DAYTWO_FIELD(device);
                DAYTWO_FIELD(type); DAYTWO_FIELD(size_bytes); DAYTWO_FIELD(read_only););
DAYTWO_DESCRIBE(daytwo::facts::LimitSeen, DAYTWO_FIELD(cgroup); DAYTWO_FIELD(workload);
                DAYTWO_FIELD(limit_bytes); DAYTWO_FIELD(used_bytes); DAYTWO_FIELD(anonymous_bytes);
                DAYTWO_FIELD(file_bytes); DAYTWO_FIELD(oom_kills); DAYTWO_FIELD(limit_hits);
                DAYTWO_FIELD(processes););
DAYTWO_DESCRIBE(daytwo::facts::CoverageSeen, DAYTWO_FIELD(what); DAYTWO_FIELD(seen);
                DAYTWO_FIELD(total); DAYTWO_FIELD(advice););
DAYTWO_DESCRIBE(daytwo::facts::FeedSeen, DAYTWO_FIELD(feed); DAYTWO_FIELD(path);
                DAYTWO_FIELD(records); DAYTWO_FIELD(skipped); DAYTWO_FIELD(first_skipped);
                DAYTWO_FIELD(dated););
DAYTWO_DESCRIBE(daytwo::facts::ProbeSeen, DAYTWO_FIELD(url); DAYTWO_FIELD(up); DAYTWO_FIELD(reason);
                DAYTWO_FIELD(status); DAYTWO_FIELD(certificate_expires););
DAYTWO_DESCRIBE(daytwo::facts::AlertSeen, DAYTWO_FIELD(fingerprint); DAYTWO_FIELD(sender);
                DAYTWO_FIELD(labels); DAYTWO_FIELD(annotations); DAYTWO_FIELD(starts);
                DAYTWO_FIELD(ends); DAYTWO_FIELD(firing); DAYTWO_FIELD(generator_url););
DAYTWO_DESCRIBE(daytwo::facts::ChangeSeen, DAYTWO_FIELD(what); DAYTWO_FIELD(service);
                DAYTWO_FIELD(version); DAYTWO_FIELD(by); DAYTWO_FIELD(link); DAYTWO_FIELD(at););
DAYTWO_DESCRIBE(daytwo::facts::IncidentSeen, DAYTWO_FIELD(service); DAYTWO_FIELD(title);
                DAYTWO_FIELD(severity); DAYTWO_FIELD(began); DAYTWO_FIELD(ended);
                DAYTWO_FIELD(link););
DAYTWO_DESCRIBE(daytwo::facts::ItemSeen, DAYTWO_FIELD(service); DAYTWO_FIELD(title);
                DAYTWO_FIELD(state); DAYTWO_FIELD(owner); DAYTWO_FIELD(person_days);
                DAYTWO_FIELD(link););
DAYTWO_DESCRIBE(daytwo::facts::NearMissSeen, DAYTWO_FIELD(service); DAYTWO_FIELD(title);
                DAYTWO_FIELD(at); DAYTWO_FIELD(link););
DAYTWO_DESCRIBE(daytwo::facts::AlertDaySeen, DAYTWO_FIELD(alert); DAYTWO_FIELD(service);
                DAYTWO_FIELD(at););
DAYTWO_DESCRIBE(daytwo::facts::CostDay, DAYTWO_FIELD(day); DAYTWO_FIELD(span);
                DAYTWO_FIELD(billed_nanos); DAYTWO_FIELD(effective_nanos););
DAYTWO_DESCRIBE(daytwo::facts::CostSeen, DAYTWO_FIELD(provider); DAYTWO_FIELD(account);
                DAYTWO_FIELD(service); DAYTWO_FIELD(resource); DAYTWO_FIELD(name);
                DAYTWO_FIELD(type); DAYTWO_FIELD(region); DAYTWO_FIELD(commitment);
                DAYTWO_FIELD(tags); DAYTWO_FIELD(kind); DAYTWO_FIELD(currency); DAYTWO_FIELD(month);
                DAYTWO_FIELD(billed_known); DAYTWO_FIELD(effective_known); DAYTWO_FIELD(days););

DAYTWO_DESCRIBE(daytwo::facts::Finding, DAYTWO_FIELD(kind); DAYTWO_FIELD(title);
                DAYTWO_FIELD(service); DAYTWO_FIELD(written); DAYTWO_FIELD(understood);
                DAYTWO_FIELD(evidence); DAYTWO_FIELD(next_step); DAYTWO_FIELD(option);
                DAYTWO_FIELD(symptom); DAYTWO_FIELD(wake); DAYTWO_FIELD(horizon);
                DAYTWO_FIELD(truth_query););
DAYTWO_DESCRIBE(daytwo::facts::Choice, DAYTWO_FIELD(kind); DAYTWO_FIELD(verdict);
                DAYTWO_FIELD(reason); DAYTWO_FIELD(chance_pays); DAYTWO_FIELD(tripwire);
                DAYTWO_FIELD(option); DAYTWO_FIELD(study); DAYTWO_FIELD(by); DAYTWO_FIELD(text);
                DAYTWO_FIELD(source); DAYTWO_FIELD(how); DAYTWO_FIELD(worlds);
                DAYTWO_FIELD(account););
DAYTWO_DESCRIBE(daytwo::facts::Deed, DAYTWO_FIELD(kind); DAYTWO_FIELD(page); DAYTWO_FIELD(to);
                DAYTWO_FIELD(method); DAYTWO_FIELD(idempotency_key); DAYTWO_FIELD(attempt);
                DAYTWO_FIELD(by); DAYTWO_FIELD(error); DAYTWO_FIELD(vote); DAYTWO_FIELD(until);
                DAYTWO_FIELD(trace););
DAYTWO_DESCRIBE(daytwo::facts::Lesson, DAYTWO_FIELD(kind); DAYTWO_FIELD(what); DAYTWO_FIELD(chance);
                DAYTWO_FIELD(unit); DAYTWO_FIELD(due); DAYTWO_FIELD(truth_query);
                DAYTWO_FIELD(truth_rule); DAYTWO_FIELD(outcome); DAYTWO_FIELD(inside);
                DAYTWO_FIELD(score););

#undef DAYTWO_DESCRIBE
#undef DAYTWO_FIELD
