// The pager: from open findings to messages owed. A reducer: what the journal says decides, so it
// may be run again after any crash.
#pragma once

#include <string>
#include <vector>

#include "act/page.h"
#include "act/route.h"
#include "env/crypto.h"
#include "facts/journal.h"

namespace daytwo::act {

// What the pager knows besides the journal; replaced whole at reload.
struct PagerSettings {
  model::Catalog catalog;
  model::People people;
};

// Routes, queues, escalates, cancels. Writes Deeds only.
//   A finding that may wake is paged once per occurrence: again only after it closed and opened
//   anew. A crossed tripwire is a notice to whoever decided. Other findings are routed (a ticket)
//   and wake nobody. Without an ack the fallback is told too after `escalate_after`. When it ends,
//   whoever was told hears so.
class Pager {
 public:
  Pager(PagerSettings settings, const env::Crypto& crypto)
      : settings_(std::move(settings)), crypto_(crypto) {}

  // Records to append now; empty when nothing changed. Cost: one pass over open findings.
  [[nodiscard]] std::vector<facts::Record> step(const facts::Snapshot& snapshot,
                                                Timestamp now) const;

  // A test message for `name` under people, as if it were the first page of a worry. Errors:
  // kNotFound, naming who could be tested.
  [[nodiscard]] Result<std::vector<facts::Record>> test(const std::string& name,
                                                        Timestamp now) const;

 private:
  [[nodiscard]] facts::Record queue(const facts::Record& about, const model::Person& person,
                                    std::size_t contact, PagePurpose purpose,
                                    const std::string& epoch, std::int64_t step,
                                    Timestamp now) const;
  void open_worry(const facts::Record& record, const facts::Finding& finding, Timestamp now,
                  std::vector<facts::Record>& out) const;
  void escalate(const facts::Record& record, const facts::Record& routed,
                const std::vector<Page>& told, Timestamp now,
                std::vector<facts::Record>& out) const;
  void close_worry(const facts::Record& record, const facts::Record& routed,
                   const std::vector<Page>& told, Timestamp now,
                   std::vector<facts::Record>& out) const;

  const PagerSettings settings_;
  const env::Crypto& crypto_;
};

}  // namespace daytwo::act
