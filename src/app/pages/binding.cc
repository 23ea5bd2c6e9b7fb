#include "app/pages/binding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "base/text.h"
#include "facts/fold.h"
#include "model/worry.h"
#include "promql/parse.h"

namespace daytwo::app {
namespace {

// Shortest beginning of an id that is taken for it.
constexpr std::size_t kLeastId = 4;
// How far back a metric's name counts as known.
constexpr Duration kKnownWithin = days(2);

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':' || c == '-' ||
           c == '.';
  });
}

// The worries that `text` can mean.
std::vector<model::Worry> worries_called(const std::vector<model::Worry>& all,
                                         const std::string& text) {
  std::vector<model::Worry> out;
  for (const model::Worry& worry : all) {
    if (worry.id == text || worry.key.value == text) return {worry};
    if (text.size() >= kLeastId && worry.id.starts_with(text)) out.push_back(worry);
  }
  return out;
}

// The finding at the head of a worry's thread. REQUIRES: the worry is in the snapshot.
facts::RecordPtr finding_of(const facts::Snapshot& snapshot, const model::Worry& worry) {
  for (const facts::RecordPtr& record : snapshot.thread(worry.key)) {
    if (facts::body_as<facts::Finding>(*record) != nullptr) return record;
  }
  return nullptr;
}

Binding to_finding(const facts::Snapshot& snapshot, const model::Worry& worry) {
  Binding out;
  out.to = "finding:" + worry.key.value;
  out.service = worry.service;
  out.evidence.sentence = fmt::format("{} {}: {}", worry.kind, worry.id, worry.title);
  const facts::RecordPtr record = finding_of(snapshot, worry);
  if (record == nullptr) return out;
  out.cause = record->id;
  out.evidence.record = record->id.value;
  const auto* finding = facts::body_as<facts::Finding>(*record);
  out.truth_query = finding->truth_query;
  for (const facts::Evidence& evidence : finding->evidence) {
    if (out.evidence.query.empty()) out.evidence.query = evidence.query;
  }
  return out;
}

Binding to_service(const model::Service& service) {
  Binding out;
  out.to = "service:" + service.id.value;
  out.service = service.id.value;
  out.evidence.sentence = fmt::format("the service {}: {}, {}, {}", service.id.value,
                                      counted(service.objectives.size(), "objective", "objectives"),
                                      counted(service.probes.size(), "probe", "probes"),
                                      counted(service.flows.size(), "flow", "flows"));
  return out;
}

Error nothing_called(const std::string& text, std::vector<std::string> known) {
  Diagnostic problem;
  problem.file = "evidence";
  problem.line = problem.column = 1;
  problem.source_line = to_utf8(text);
  problem.text = "neither a worry's id, nor a service, nor a metric is called so";
  problem.expected = "an id of `daytwo worry list`, a service, or a query such as up == 0";
  problem.suggestion = nearest_word(text, known);
  return make_error(Diagnostics{std::move(problem)});
}

}  // namespace

Result<Binding> bind_evidence(const std::string& text, const BindingWorld& world) {
  const std::vector<model::Worry> all = facts::worries(world.snapshot, true);
  const std::vector<model::Worry> meant = worries_called(all, text);
  if (meant.size() == 1) return to_finding(world.snapshot, meant.front());
  if (meant.size() > 1) {
    return fail(Code::kInvalid, fmt::format("{} worries begin with {}", meant.size(), text));
  }
  std::vector<std::string> known;
  for (const model::Service& service : world.catalog.all()) {
    if (service.id.value == text) return to_service(service);
    known.push_back(service.id.value);
  }
  if (is_word(text)) {
    auto metrics = world.source.label_values("__name__", {},
                                             {world.now - kKnownWithin, world.now + minutes(1)});
    if (!metrics) return fail_in("evidence", std::move(metrics).error());
    const bool measured = std::binary_search(metrics->begin(), metrics->end(), text);
    for (const model::Worry& worry : all) known.push_back(worry.id);
    std::move(metrics->begin(), metrics->end(), std::back_inserter(known));
    if (!measured) return fail(nothing_called(text, std::move(known)));
  }
  const auto query = promql::parse(text);
  if (!query) return fail_in("evidence", query.error());
  return Binding{"query", {"bound to a query", text, 0}, "", text, {}};
}

}  // namespace daytwo::app
