// The pager: from open findings to messages owed. A reducer: what the journal says decides, so it
// may be run again after any crash.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "act/page.h"
#include "act/route.h"
#include "act/shadow.h"
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
//   whoever was told hears so. "Not mine" and "no power" bring in the fallback at once. Beside
//   every page stands what waiting would have cost (act/shadow.h); it holds nothing back.
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
  // One thread of the journal as this room reads it.
  struct Worry {
    facts::RecordPtr finding;  // the newest that is a worry
    facts::RecordPtr routed;   // null or closed: not ours yet
    facts::RecordPtr verdict;
    facts::RecordPtr shadow;
    std::vector<Page> told;  // pages of the occurrence that `routed` speaks of
    Votes votes;             // on all pages of the same words
    model::Mending mending;  // of its service
  };
  [[nodiscard]] static Worry read(std::span<const facts::RecordPtr> thread);
  // A ticket so far, and its finding may wake by now.
  [[nodiscard]] static bool grew_into_a_page(const Worry& worry);
  [[nodiscard]] facts::Record queue(const facts::Record& about, const model::Person& person,
                                    std::size_t contact, PagePurpose purpose,
                                    const std::string& epoch, std::int64_t step,
                                    Timestamp now) const;
  void open_worry(const Worry& worry, Timestamp now, std::vector<facts::Record>& out) const;
  // A notice that a decision should be looked at again goes to whoever took it, where that is a
  // known person; else it stays with the owner.
  void to_the_one_who_decided(const facts::Record& finding, Route& way) const;
  void escalate(const Worry& worry, Timestamp now, std::vector<facts::Record>& out) const;
  void close_worry(const Worry& worry, Timestamp now, std::vector<facts::Record>& out) const;
  // Waiting against waking for a page to `person`.
  [[nodiscard]] facts::Record shadow_of(const Worry& worry, const model::Person& person,
                                        const std::string& epoch, std::int64_t step,
                                        Timestamp now) const;
  // Weighs again what could not be weighed, once the verdict it lacked is there.
  void weigh_again(const Worry& worry, Timestamp now, std::vector<facts::Record>& out) const;

  const PagerSettings settings_;
  const env::Crypto& crypto_;
};

}  // namespace daytwo::act
