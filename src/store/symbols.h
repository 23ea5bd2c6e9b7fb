// Strings by number: each distinct text is kept once, in blocks of memory that never move.
// Thread rule: one writer; text() of a known number needs the same lock as intern(), since the list
// of texts may move.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace daytwo::store {

class Symbols {
 public:
  // The number of `text`, new if need be.
  std::uint32_t intern(std::string_view text);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const;
  // REQUIRES: symbol < size().
  [[nodiscard]] std::string_view text(std::uint32_t symbol) const { return texts_[symbol]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  // Rank of each symbol in byte order: rank[symbol].
  [[nodiscard]] std::vector<std::uint32_t> ranks() const;
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view text) const;
  [[nodiscard]] std::string_view keep(std::string_view text);
  void grow();

  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> table_;  // open addressing: symbol + 1, 0 = free
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t chunk_left_ = 0;
  char* chunk_at_ = nullptr;
  std::size_t chunk_bytes_ = 0;
};

}  // namespace daytwo::store
