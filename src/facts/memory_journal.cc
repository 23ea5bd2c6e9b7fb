#include "facts/memory_journal.h"

#include <utility>

namespace daytwo::facts {
namespace {

// The newest `limit` of the records that `wanted` accepts, oldest first.
template <typename Wanted>
Past newest_of(const std::vector<RecordPtr>& records, std::size_t limit, Wanted wanted) {
  std::vector<RecordPtr> out;
  for (const RecordPtr& record : records) {
    if (wanted(*record)) out.push_back(record);
  }
  if (out.size() > limit) {
    out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(limit));
  }
  return {std::move(out), 0};
}

}  // namespace

Result<std::vector<RecordPtr>> MemoryJournal::append(std::vector<Record> records) {
  std::vector<RecordPtr> stored;
  {
    const std::lock_guard lock(mutex_);
    for (Record& record : records) {
      record.id = RecordId(records_.size() + 1);
      records_.push_back(std::make_shared<const Record>(std::move(record)));
      stored.push_back(records_.back());
    }
    state_.add(stored);
    publisher_.enqueue(stored);
  }
  publisher_.drain();
  return stored;
}

Result<Past> MemoryJournal::history(const WorryKey& key, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  return newest_of(records_, limit, [&](const Record& record) { return record.key == key; });
}

Result<Past> MemoryJournal::between(std::string_view kind, Timestamp from, Timestamp to,
                                    std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  return newest_of(records_, limit, [&](const Record& record) {
    return kind_of(record) == kind && record.ts >= from && record.ts < to;
  });
}

}  // namespace daytwo::facts
