// Changes only: what was seen before is not said again.
// Model: one entry a key. A sighting that differs from its entry in what identifies it (not in what
// is measured) becomes a record: open when new, changed when it differs, closed when it is gone.
// Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "facts/journal.h"
#include "facts/record.h"

namespace daytwo::observe {

// Changes of one key that are written within an hour; more wait for the next hour, so that a
// program that restarts all the time cannot fill the journal.
inline constexpr int kMaxChangesAnHour = 6;

class SightingTable {
 public:
  // `engine` stands in each record, with its version.
  explicit SightingTable(std::string_view engine, int max_changes_an_hour = kMaxChangesAnHour)
      : engine_(engine), max_changes_(max_changes_an_hour) {}

  // Takes what the journal holds as already said: open sightings of this engine whose key names
  // `host` after its kind ("process/host-1/..."); all of this engine when `host` is empty.
  void restore(std::span<const facts::RecordPtr> records, std::string_view host);

  // Starts a pass over one or more kinds.
  void begin(Timestamp now);
  // Says that this holds now. `subject` is what people call it.
  void see(const std::string& key, std::string subject, facts::Sighting sighting,
           std::string sentence, std::string coverage = {});
  // Says that `key` ended, in the caller's words and with its last facts; nothing when it is not
  // open.
  void close(std::string_view key, std::string sentence, facts::Sighting last);
  // Closes entries of kind T that have not been seen for longer than `grace`. To be called after a
  // pass that saw everything of that kind; a pass with gaps must not.
  template <typename T>
  void close_unseen(Duration grace = {}) {
    close_unseen(kind_index<T>(), grace);
  }
  // Records since the last call.
  [[nodiscard]] std::vector<facts::Record> take();

  // Open entries.
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  // Changes held back by kMaxChangesAnHour, so far.
  [[nodiscard]] std::uint64_t held_back() const { return held_back_; }

 private:
  struct Entry {
    facts::Sighting sighting;
    std::string subject;
    std::uint64_t identity = 0;
    Timestamp seen;
    Timestamp hour;  // when the window of changes began
    int changes = 0;
  };
  template <typename T>
  static std::size_t kind_index() {
    return facts::Sighting{T{}}.what.index();
  }
  void close_unseen(std::size_t kind, Duration grace);
  void draft(const std::string& key, const Entry& entry, facts::State state, std::string sentence,
             std::string coverage);

  const std::string engine_;
  const int max_changes_;
  Timestamp now_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<facts::Record> drafts_;
  std::uint64_t held_back_ = 0;
};

// Hash of what identifies a sighting: measurements that move with every look are left out.
[[nodiscard]] std::uint64_t identity_of(const facts::Sighting& sighting);

}  // namespace daytwo::observe
