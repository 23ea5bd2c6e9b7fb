// Who was told of a worry, and whether somebody has it: a page has a key of its own, and names its
// worry. Thread rule: plain values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "facts/journal.h"

namespace daytwo::facts {

// The pages of a snapshot, by the worry that they are about.
class Told {
 public:
  // Cost: one pass over all pages.
  explicit Told(const Snapshot& snapshot);

  // The newest word on the pages of this occurrence of a worry: "sent to ana by webhook at ...",
  // "ana has it"; empty while nobody was told of it.
  [[nodiscard]] std::string words(const WorryKey& worry) const;
  // Whether somebody acknowledged a page about it at a time in [from, to].
  [[nodiscard]] bool acked(const WorryKey& worry, Timestamp from, Timestamp to) const;

 private:
  struct Page {
    std::string epoch;  // which occurrence
    RecordPtr newest;
    RecordPtr acked;  // null until it is
  };

  Snapshot snapshot_;
  std::map<std::string, std::vector<Page>, std::less<>> pages_;
};

}  // namespace daytwo::facts
