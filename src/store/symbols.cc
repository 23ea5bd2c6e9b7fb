#include "store/symbols.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/hash.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kChunkBytes = 64U << 10U;

}  // namespace

std::size_t Symbols::slot_of(std::string_view text) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash64(text) & mask;
  while (table_[slot] != 0 && texts_[table_[slot] - 1] != text) slot = (slot + 1) & mask;
  return slot;
}

std::optional<std::uint32_t> Symbols::find(std::string_view text) const {
  if (table_.empty()) return std::nullopt;
  const std::uint32_t found = table_[slot_of(text)];
  if (found == 0) return std::nullopt;
  return found - 1;
}

std::uint32_t Symbols::intern(std::string_view text) {
  if (texts_.size() * 2 >= table_.size()) grow();
  const std::size_t slot = slot_of(text);
  if (table_[slot] == 0) {
    texts_.push_back(keep(text));
    table_[slot] = static_cast<std::uint32_t>(texts_.size());
  }
  return table_[slot] - 1;
}

std::string_view Symbols::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > chunk_left_) {
    const std::size_t size = std::max(kChunkBytes, text.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    chunk_at_ = chunks_.back().get();
    chunk_left_ = size;
    chunk_bytes_ += size;
  }
  char* const at = chunk_at_;
  std::memcpy(at, text.data(), text.size());
  chunk_at_ += text.size();
  chunk_left_ -= text.size();
  return {at, text.size()};
}

void Symbols::grow() {
  table_.assign(std::max<std::size_t>(1024, table_.size() * 2), 0);
  for (std::uint32_t symbol = 0; symbol < texts_.size(); ++symbol) {
    table_[slot_of(texts_[symbol])] = symbol + 1;
  }
}

std::vector<std::uint32_t> Symbols::ranks() const {
  std::vector<std::uint32_t> order(texts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
  std::vector<std::uint32_t> out(order.size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) out[order[rank]] = rank;
  return out;
}

std::size_t Symbols::memory_bytes() const {
  return chunk_bytes_ + texts_.capacity() * sizeof(std::string_view) +
         table_.capacity() * sizeof(std::uint32_t);
}

}  // namespace daytwo::store
