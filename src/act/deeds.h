// Small makers of Deed records, shared by the files of this room.
#pragma once

#include <string>

#include "act/page.h"
#include "facts/record.h"

namespace daytwo::act {

inline constexpr const char* kEngine = "act/1";

// A Deed about `page`, under the page's own key.
[[nodiscard]] inline facts::Record page_deed(const Page& page, facts::DeedKind kind, Timestamp now,
                                             std::string sentence) {
  facts::Record record;
  record.ts = now;
  record.subject = page.to;
  record.key = page_key(page.id);
  record.engine = kEngine;
  record.sentence = std::move(sentence);
  facts::Deed deed;
  deed.kind = kind;
  deed.page = page.id;
  deed.to = page.to;
  deed.method = page.method;
  deed.idempotency_key = page.idempotency_key;
  deed.attempt = page.attempt;
  record.body = std::move(deed);
  return record;
}

// The worry's own line about who has it: the newest `routed` Deed with another sentence.
[[nodiscard]] inline facts::Record routed_again(const facts::Record& routed, Timestamp now,
                                                facts::State state, std::string sentence) {
  facts::Record record = routed;
  record.id = {};
  record.ts = now;
  record.state = state;
  record.causes = {routed.id};
  record.sentence = std::move(sentence);
  return record;
}

}  // namespace daytwo::act
