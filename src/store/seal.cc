#include "store/seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "base/time.h"
#include "env/files.h"
#include "series/source.h"
#include "series/value.h"
#include "store/block.h"
#include "store/block_writer.h"
#include "store/head.h"
#include "store/manifest.h"
#include "store/part.h"
#include "store/series_table.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kMergeWidth = 4;

std::vector<LabelRef> renumber(std::span<const LabelRef> refs,
                               const std::vector<std::uint32_t>& numbers) {
  std::vector<LabelRef> out;
  out.reserve(refs.size());
  for (const LabelRef ref : refs) out.push_back({numbers[ref.name], numbers[ref.value]});
  return out;
}

// One input of a merge: a block, its place, and its symbols' numbers in the merged block.
struct Input {
  const Block* block = nullptr;
  std::vector<std::uint32_t> numbers;
  std::uint32_t next = 0;
  std::vector<LabelRef> refs;  // of the next series

  void load() {
    refs.clear();
    if (next < block->series_count()) refs = renumber(block->refs(next), numbers);
  }
};

std::vector<std::string_view> all_symbols(std::span<const std::shared_ptr<const Block>> blocks) {
  std::vector<std::string_view> out;
  for (const auto& block : blocks) {
    for (std::uint32_t i = 0; i < block->symbol_count(); ++i) out.push_back(block->symbol(i));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::uint32_t> numbers_in(const Block& block,
                                      const std::vector<std::string_view>& symbols) {
  std::vector<std::uint32_t> out(block.symbol_count());
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    while (symbols[at] != block.symbol(i)) ++at;  // both are sorted
    out[i] = static_cast<std::uint32_t>(at);
  }
  return out;
}

Result<series::Column> read_whole(const Block& block, std::uint32_t id) {
  series::Column out;
  for (const FrameRef& frame : block.frames(id)) {
    TRY_IN(fmt::format("{}/frames at byte {}", block.path(), frame.offset), auto done,
           block.read_frame(frame, out).map([] { return true; }));
    CHECK(done, "a frame was read");
  }
  return out;
}

// Takes the least series off all inputs and adds it to the writer.
Result<bool> merge_next(std::vector<Input>& inputs, BlockWriter& writer) {
  const std::vector<LabelRef>* least = nullptr;
  for (const Input& input : inputs) {
    if (input.next < input.block->series_count() && (least == nullptr || input.refs < *least)) {
      least = &input.refs;
    }
  }
  if (least == nullptr) return false;
  const std::vector<LabelRef> refs = *least;
  std::vector<series::Column> columns;
  std::uint64_t hash = 0;
  for (Input& input : inputs) {
    if (input.next == input.block->series_count() || input.refs != refs) continue;
    hash = input.block->hash(input.next);
    TRY(columns.emplace_back(), read_whole(*input.block, input.next));
    ++input.next;
    input.load();
  }
  const series::Column merged = merge_columns(columns);
  if (!merged.empty()) TRY_VOID(writer.add(refs, hash, merged));
  return true;
}

}  // namespace

Result<Manifest> seal_head(env::Files& files, const std::string& directory, std::uint64_t id,
                           const Head& head, std::uint64_t log_through) {
  const SeriesTable& table = head.table();
  const std::vector<std::uint32_t> ranks = table.symbols().ranks();
  std::vector<std::string_view> symbols(ranks.size());
  for (std::uint32_t symbol = 0; symbol < ranks.size(); ++symbol) {
    symbols[ranks[symbol]] = table.symbols().text(symbol);
  }
  std::vector<std::uint32_t> order(table.series_count());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto left = table.refs(a);
    const auto right = table.refs(b);
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                        [&](LabelRef x, LabelRef y) {
                                          return std::pair(ranks[x.name], ranks[x.value]) <
                                                 std::pair(ranks[y.name], ranks[y.value]);
                                        });
  });
  if (head.facts().samples == 0) return Manifest{};
  TRY(const auto writer, BlockWriter::begin(files, directory, id, symbols));
  const std::unique_ptr<Selection> all = head.select({});
  for (const std::uint32_t series : order) {
    series::Column column;
    all->read(series, {}, column);
    if (column.empty()) continue;
    TRY_VOID(writer->add(renumber(table.refs(series), ranks), table.hash(series), column));
  }
  Manifest manifest;
  manifest.order = id;
  manifest.log_through = log_through;
  return writer->finish(std::move(manifest));
}

Result<Manifest> merge_blocks(env::Files& files, const std::string& directory, std::uint64_t id,
                              std::span<const std::shared_ptr<const Block>> blocks) {
  CHECK(blocks.size() >= 2, "a merge has two inputs or more");
  const std::vector<std::string_view> symbols = all_symbols(blocks);
  std::vector<Input> inputs;
  Manifest manifest;
  manifest.order = UINT64_MAX;
  for (const auto& block : blocks) {
    inputs.push_back({block.get(), numbers_in(*block, symbols), 0, {}});
    inputs.back().load();
    manifest.order = std::min(manifest.order, block->manifest().order);
    manifest.log_through = std::max(manifest.log_through, block->manifest().log_through);
    manifest.replaces.push_back(block->manifest().id);
  }
  TRY(const auto writer, BlockWriter::begin(files, directory, id, symbols));
  while (true) {
    TRY(const bool more, merge_next(inputs, *writer));
    if (!more) break;
  }
  return writer->finish(std::move(manifest));
}

std::vector<std::shared_ptr<const Block>> plan_merge(
    std::span<const std::shared_ptr<const Block>> blocks, std::uint64_t max_bytes,
    Duration max_span) {
  for (std::size_t end = blocks.size(); end >= kMergeWidth; --end) {
    const auto run = blocks.subspan(end - kMergeWidth, kMergeWidth);
    std::uint64_t sum = 0;
    std::uint64_t largest = 0;
    series::TimeRange range{kMaxTimestamp, kMinTimestamp};
    for (const auto& block : run) {
      sum += block->size_bytes();
      largest = std::max(largest, block->size_bytes());
      range.from = std::min(range.from, block->range().from);
      range.to = std::max(range.to, block->range().to);
    }
    if (sum <= max_bytes && largest * 2 <= sum && range.to - range.from <= max_span) {
      return {run.begin(), run.end()};
    }
  }
  return {};
}

}  // namespace daytwo::store
