// The journal: the five rooms append, it makes durable, then publishes in process. State is what
// the records say; nothing else is kept. Thread rule: all methods from any thread. Subscribers are
// called on the appending thread, in order, after the commit.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/record.h"

namespace daytwo::facts {

using RecordPtr = std::shared_ptr<const Record>;

// What holds now: the newest record of each (kind, key). Immutable.
class Snapshot {
 public:
  // Newest records of one kind whose state is not closed, sorted by key.
  [[nodiscard]] std::vector<RecordPtr> open(std::string_view kind) const;
  // The newest record of a kind and key, closed or not; null if none.
  [[nodiscard]] RecordPtr find(std::string_view kind, const WorryKey& key) const;
  // Newest records of one room, closed ones too, sorted by kind and key.
  [[nodiscard]] std::vector<RecordPtr> of_room(std::string_view room) const;
  // The newest record of each kind under `key`, sorted by id.
  [[nodiscard]] std::vector<RecordPtr> thread(const WorryKey& key) const;
  // Calls `use` with each key's thread, sorted by key.
  void for_each_thread(const std::function<void(std::span<const RecordPtr>)>& use) const;
  // Id of the newest record; 0 when empty.
  [[nodiscard]] RecordId newest() const;

 private:
  friend class JournalState;
  struct Index;
  std::shared_ptr<const Index> index_;
};

// What the journal holds of a key or a kind.
struct Past {
  std::vector<RecordPtr> records;  // oldest first
  std::size_t unreadable = 0;      // stored among them, left out because they do not read
};

// "2 records could not be read: daytwo db verify names them"; empty for none.
[[nodiscard]] std::string unread_words(std::size_t unreadable);

class Journal {
 public:
  virtual ~Journal() = default;

  using Subscriber = std::function<void(std::span<const RecordPtr>)>;

  // Stores all records in one transaction and gives them rising ids; then publishes. A record
  // without ts gets none: the caller sets it. Errors: kUnavailable (disk full, ledger read-only):
  // nothing was stored.
  [[nodiscard]] virtual Result<std::vector<RecordPtr>> append(std::vector<Record> records) = 0;

  // Calls `subscriber` after each append. Subscribers may append in turn (their records are
  // published after). Never unsubscribed.
  virtual void subscribe(Subscriber subscriber) = 0;

  [[nodiscard]] virtual Snapshot snapshot() const = 0;

  // All records under `key`: the `limit` newest, of which some may be unreadable. Errors: those of
  // the ledger; one damaged record costs itself alone.
  [[nodiscard]] virtual Result<Past> history(const WorryKey& key, std::size_t limit) const = 0;
  // Records of a kind with ts in [from, to): the `limit` newest, of which some may be unreadable.
  [[nodiscard]] virtual Result<Past> between(std::string_view kind, Timestamp from, Timestamp to,
                                             std::size_t limit) const = 0;
};

}  // namespace daytwo::facts
