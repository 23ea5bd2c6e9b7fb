// What was found broken on disk: named, kept, counted.
// Thread rule: Damages from any thread; Damage is a plain value.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace daytwo::store {

// One broken place and what it cost.
struct Damage {
  std::string file;
  std::uint64_t offset = 0;
  std::uint64_t length_bytes = 0;
  std::string what;  // a sentence
};

// All broken places met since the store was opened; each counts once, however often it is read.
class Damages {
 public:
  void add(Damage damage) {
    const std::lock_guard lock(mutex_);
    if (!places_.emplace(damage.file, damage.offset).second) return;
    if (list_.size() < kMaxListed) list_.push_back(std::move(damage));
  }
  // The first thousand.
  [[nodiscard]] std::vector<Damage> list() const {
    const std::lock_guard lock(mutex_);
    return list_;
  }
  // All of them.
  [[nodiscard]] std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return places_.size();
  }

 private:
  static constexpr std::size_t kMaxListed = 1000;  // enough for people; the count goes on

  mutable std::mutex mutex_;
  std::vector<Damage> list_;                                // guarded by mutex_
  std::set<std::pair<std::string, std::uint64_t>> places_;  // guarded by mutex_
};

}  // namespace daytwo::store
