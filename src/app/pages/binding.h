// Binding: what the word of evidence that a person gave a worry opens to.
// Thread rule: pure but for reading the names of metrics.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/service.h"
#include "series/source.h"

namespace daytwo::app {

// What evidence was found. `to` is "query", "finding:KEY" or "service:NAME", kept as input
// kBoundInput of the worry's record.
struct Binding {
  std::string to;
  facts::Evidence evidence;
  std::string service;      // that the evidence is about; may be empty
  std::string truth_query;  // tells later whether it came true; may be empty
  RecordId cause;           // the finding, or 0
};

// The input under which a worry remembers what it is bound to.
inline constexpr const char* kBoundInput = "bound to";

// Where evidence is looked for.
struct BindingWorld {
  const facts::Snapshot& snapshot;
  const model::Catalog& catalog;
  const series::Source& source;
  Timestamp now;
};

// Reads `text` as the id of a worry (at least four digits of it), a service's name, or a PromQL
// query. Errors: kInvalid, with the nearest known word, for a word that is none of them (a lone
// word is a query only when a metric is called so) and for a query that does not parse.
[[nodiscard]] Result<Binding> bind_evidence(const std::string& text, const BindingWorld& world);

}  // namespace daytwo::app
