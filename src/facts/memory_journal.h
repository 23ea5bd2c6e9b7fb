// A journal that forgets when it goes: for tests and simulations.
#pragma once

#include <mutex>
#include <vector>

#include "facts/journal.h"
#include "facts/publisher.h"
#include "facts/state.h"

namespace daytwo::facts {

class MemoryJournal final : public Journal {
 public:
  [[nodiscard]] Result<std::vector<RecordPtr>> append(std::vector<Record> records) override;
  void subscribe(Subscriber subscriber) override { publisher_.subscribe(std::move(subscriber)); }
  [[nodiscard]] Snapshot snapshot() const override { return state_.snapshot(); }
  [[nodiscard]] Result<Past> history(const WorryKey& key, std::size_t limit) const override;
  [[nodiscard]] Result<Past> between(std::string_view kind, Timestamp from, Timestamp to,
                                     std::size_t limit) const override;

 private:
  mutable std::mutex mutex_;
  std::vector<RecordPtr> records_;  // GUARDED_BY(mutex_)
  JournalState state_;
  Publisher publisher_;
};

}  // namespace daytwo::facts
