// The bytes are drawn in block_writer.cc and manifest.cc.
#include "store/block.h"

#include <fmt/format.h>
#include <zstd.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "env/files.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/source.h"
#include "series/value.h"
#include "store/bytes.h"
#include "store/codec.h"
#include "store/damage.h"
#include "store/histogram_codec.h"
#include "store/label_index.h"
#include "store/manifest.h"
#include "store/part.h"
#include "store/series_table.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kMaxManifestBytes = 1U << 20U;
constexpr std::size_t kMaxHistogramFrameBytes = 256U << 20U;
constexpr std::size_t kNameEntryBytes = 12;
constexpr std::size_t kValueEntryBytes = 12;

bool overlap(series::TimeRange a, series::TimeRange b) { return a.from <= b.to && b.from <= a.to; }

Result<void> decode_histograms(std::string_view frame, series::Column& out) {
  ByteReader in(frame);
  const std::uint64_t count = in.varint();
  const std::uint64_t size = in.varint();
  if (!in.good() || count > kFrameSamples || size > kMaxHistogramFrameBytes) {
    return fail(Code::kCorrupt, "a histogram frame does not say what it holds");
  }
  std::string plain(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompress(plain.data(), plain.size(), in.rest().data(), in.rest().size());
  if (got != plain.size()) return fail(Code::kCorrupt, "a histogram frame does not decompress");
  ByteReader body(plain);
  std::vector<series::Sample> samples;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Timestamp at{body.signed_varint()};
    auto histogram = get_histogram(body);
    if (histogram == nullptr) return fail(Code::kCorrupt, "a histogram is cut");
    samples.push_back({at, {histogram->sum, histogram}});
  }
  for (const series::Sample& sample : samples) out.push(sample);
  return {};
}

}  // namespace

Result<std::shared_ptr<const Block>> Block::open(const env::Files& files, std::string path,
                                                 Damages& damages) {
  std::shared_ptr<Block> out(new Block(damages));
  out->path_ = std::move(path);
  TRY(const std::string manifest, files.read(out->path_ + "/manifest", kMaxManifestBytes));
  TRY_IN(out->path_ + "/manifest", out->manifest_, decode_manifest(manifest));
  TRY(out->index_file_, files.open_read(out->path_ + "/index"));
  TRY(out->index_, out->index_file_->map());
  TRY(out->frames_file_, files.open_read(out->path_ + "/frames"));
  TRY(out->frames_, out->frames_file_->map());
  TRY_VOID(out->check_sections());
  TRY_VOID(out->check_tables());
  return out;
}

std::uint64_t Block::size_bytes() const { return index_.size() + frames_.size(); }

Result<void> Block::check_sections() {
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    const Section& wanted = manifest_.sections[i];
    if (wanted.offset > index_.size() || wanted.length > index_.size() - wanted.offset) {
      return fail(Code::kCorrupt,
                  fmt::format("{}/index: the file ends before its {}", path_, kSectionNames[i]));
    }
    if (crc32c(section(static_cast<SectionKind>(i))) != wanted.crc) {
      return fail(Code::kCorrupt, fmt::format("{}/index: the checksum of {} does not fit", path_,
                                              kSectionNames[i]));
    }
  }
  return {};
}

Result<void> Block::check_tables() {
  const std::string_view symbols = section(SectionKind::kSymbols);
  const std::string_view series = section(SectionKind::kSeries);
  const std::string_view postings = section(SectionKind::kPostings);
  const auto count_at = [](std::string_view bytes, std::size_t offset) {
    return bytes.size() >= offset + 4 ? load_fixed<std::uint32_t>(bytes, offset) : UINT32_MAX;
  };
  symbol_count_ = count_at(symbols, 0);
  series_count_ = count_at(series, 0);
  name_count_ = count_at(postings, 0);
  const std::size_t values_at = 4 + std::size_t{name_count_} * kNameEntryBytes;
  value_count_ = count_at(postings, values_at);
  const bool fits = 4 + (std::size_t{symbol_count_} + 1) * 4 <= symbols.size() &&
                    8 + std::size_t{series_count_} * 12 <= series.size() &&
                    values_at + 4 + std::size_t{value_count_} * kValueEntryBytes <= postings.size();
  if (fits) return {};
  return fail(Code::kCorrupt, fmt::format("{}/index: a table is longer than its section", path_));
}

std::string_view Block::section(SectionKind kind) const {
  const Section& wanted = manifest_.sections[static_cast<std::size_t>(kind)];
  return index_.substr(wanted.offset, wanted.length);
}

std::string_view Block::symbol(std::uint32_t number) const {
  if (number >= symbol_count_) return {};
  const std::string_view bytes = section(SectionKind::kSymbols);
  const std::size_t table = 4 + std::size_t{number} * 4;
  const auto begin = load_fixed<std::uint32_t>(bytes, table);
  const auto end = load_fixed<std::uint32_t>(bytes, table + 4);
  const std::string_view texts = bytes.substr(4 + (std::size_t{symbol_count_} + 1) * 4);
  if (begin > end || end > texts.size()) return {};
  return texts.substr(begin, end - begin);
}

std::uint64_t Block::hash(std::uint32_t id) const {
  CHECK(id < series_count_, "a series number of this block");
  return load_fixed<std::uint64_t>(section(SectionKind::kSeries), 4 + std::size_t{id} * 8);
}

std::string_view Block::entry(std::uint32_t id) const {
  CHECK(id < series_count_, "a series number of this block");
  const std::string_view bytes = section(SectionKind::kSeries);
  const std::size_t offsets = 4 + std::size_t{series_count_} * 8;
  const auto begin = load_fixed<std::uint32_t>(bytes, offsets + std::size_t{id} * 4);
  const auto end = load_fixed<std::uint32_t>(bytes, offsets + (std::size_t{id} + 1) * 4);
  const std::string_view entries = bytes.substr(offsets + (std::size_t{series_count_} + 1) * 4);
  if (begin > end || end > entries.size()) return {};
  return entries.substr(begin, end - begin);
}

std::vector<LabelRef> Block::refs(std::uint32_t id) const {
  ByteReader in(entry(id));
  const std::uint64_t count = in.varint();
  std::vector<LabelRef> out;
  if (count > in.rest().size() / 2) return out;
  out.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto name = static_cast<std::uint32_t>(in.varint());
    out.push_back({name, static_cast<std::uint32_t>(in.varint())});
  }
  return out;
}

series::Labels Block::labels(std::uint32_t id) const {
  std::vector<series::Label> out;
  for (const LabelRef ref : refs(id)) {
    out.push_back({std::string(symbol(ref.name)), std::string(symbol(ref.value))});
  }
  return series::Labels(std::move(out));
}

bool Block::same(std::uint32_t id, const series::Labels& labels) const {
  ByteReader in(entry(id));
  if (in.varint() != labels.all().size()) return false;
  for (const series::Label& label : labels.all()) {
    if (symbol(static_cast<std::uint32_t>(in.varint())) != label.name) return false;
    if (symbol(static_cast<std::uint32_t>(in.varint())) != label.value) return false;
  }
  return in.good();
}

std::vector<FrameRef> Block::frames(std::uint32_t id) const {
  ByteReader in(entry(id));
  for (std::uint64_t left = in.varint(); left > 0 && in.good(); --left) {
    static_cast<void>(in.varint());
    static_cast<void>(in.varint());
  }
  std::uint64_t offset = in.varint();
  std::vector<FrameRef> out;
  // Unsigned: damaged numbers may overflow, and only then.
  std::uint64_t at = 0;
  for (std::uint64_t left = in.varint(); left > 0 && in.good(); --left) {
    FrameRef frame;
    frame.histograms = in.fixed<std::uint8_t>() == 1;
    at += static_cast<std::uint64_t>(in.signed_varint());
    frame.range.from.ms = static_cast<std::int64_t>(at);
    at += in.varint();
    frame.range.to.ms = static_cast<std::int64_t>(at);
    frame.offset = offset;
    frame.length = in.varint();
    offset += frame.length;
    if (in.good()) out.push_back(frame);
  }
  return out;
}

Result<void> Block::read_frame(const FrameRef& frame, series::Column& out) const {
  if (frame.length < 4 || frame.offset > frames_.size() ||
      frame.length > frames_.size() - frame.offset) {
    return fail(Code::kCorrupt, "the file ends before this frame does");
  }
  const std::string_view bytes = frames_.substr(frame.offset, frame.length - 4);
  if (crc32c(bytes) != load_fixed<std::uint32_t>(frames_, frame.offset + frame.length - 4)) {
    return fail(Code::kCorrupt, "a frame's checksum does not fit");
  }
  if (frame.histograms) return decode_histograms(bytes, out);
  TRY_VOID(decode_frame(bytes, out.times, out.numbers));
  if (!out.histograms.empty()) out.histograms.resize(out.times.size());
  return {};
}

void Block::read(std::uint32_t id, series::TimeRange range, series::Column& out) const {
  series::Column whole;
  for (const FrameRef& frame : frames(id)) {
    if (!overlap(frame.range, range)) continue;
    if (const Result<void> done = read_frame(frame, whole); !done) {
      damages_.add({path_ + "/frames", frame.offset, frame.length, done.error().text});
    }
  }
  append_range(whole, range, out);
}

Block::Values Block::values_of(std::string_view name) const {
  const std::string_view bytes = section(SectionKind::kPostings);
  std::uint32_t low = 0;
  std::uint32_t high = name_count_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const std::size_t at = 4 + std::size_t{middle} * kNameEntryBytes;
    const std::string_view found = symbol(load_fixed<std::uint32_t>(bytes, at));
    if (found == name) {
      const auto first = load_fixed<std::uint32_t>(bytes, at + 4);
      const auto count = load_fixed<std::uint32_t>(bytes, at + 8);
      if (first > value_count_ || count > value_count_ - first) return {};
      return {first, count};
    }
    (found < name ? low : high) = found < name ? middle + 1 : middle;
  }
  return {};
}

void Block::append_list(std::uint32_t value_index, Ids& out) const {
  const std::string_view bytes = section(SectionKind::kPostings);
  const std::size_t values = 8 + std::size_t{name_count_} * kNameEntryBytes;
  const std::size_t at = values + std::size_t{value_index} * kValueEntryBytes;
  const auto count = load_fixed<std::uint32_t>(bytes, at + 4);
  const auto offset = load_fixed<std::uint32_t>(bytes, at + 8);
  const std::string_view lists =
      bytes.substr(values + std::size_t{value_count_} * kValueEntryBytes);
  if (offset > lists.size()) return;
  ByteReader in(lists.substr(offset));
  std::uint64_t id = 0;
  for (std::uint32_t i = 0; i < count && in.good(); ++i) {
    id += in.varint();
    if (id >= series_count_) return;
    out.push_back(static_cast<std::uint32_t>(id));
  }
}

void Block::postings(std::string_view name, std::string_view value, Ids& out) const {
  const std::string_view bytes = section(SectionKind::kPostings);
  const Values values = values_of(name);
  const std::size_t table = 8 + std::size_t{name_count_} * kNameEntryBytes;
  std::uint32_t low = values.first;
  std::uint32_t high = values.first + values.count;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const std::string_view found =
        symbol(load_fixed<std::uint32_t>(bytes, table + std::size_t{middle} * kValueEntryBytes));
    if (found == value) {
      append_list(middle, out);
      return;
    }
    (found < value ? low : high) = found < value ? middle + 1 : middle;
  }
}

void Block::select_values(std::string_view name,
                          const std::function<bool(std::string_view value)>& visit,
                          Ids& out) const {
  const std::string_view bytes = section(SectionKind::kPostings);
  const Values values = values_of(name);
  const std::size_t table = 8 + std::size_t{name_count_} * kNameEntryBytes;
  for (std::uint32_t i = values.first; i < values.first + values.count; ++i) {
    const auto value = load_fixed<std::uint32_t>(bytes, table + std::size_t{i} * kValueEntryBytes);
    if (visit(symbol(value))) append_list(i, out);
  }
}

void Block::add_names(std::set<std::string>& out) const {
  const std::string_view bytes = section(SectionKind::kPostings);
  for (std::uint32_t i = 0; i < name_count_; ++i) {
    const std::size_t at = 4 + std::size_t{i} * kNameEntryBytes;
    out.emplace(symbol(load_fixed<std::uint32_t>(bytes, at)));
  }
}

void Block::add_values(std::string_view name, std::set<std::string>& out) const {
  Ids none;
  select_values(
      name,
      [&](std::string_view value) {
        out.emplace(value);
        return false;
      },
      none);
}

namespace {

class BlockSelection final : public Selection {
 public:
  BlockSelection(const Block& block, Ids ids) : block_(block), ids_(std::move(ids)) {}

  [[nodiscard]] std::size_t size() const override { return ids_.size(); }
  [[nodiscard]] std::uint64_t hash(std::size_t index) const override {
    return block_.hash(ids_[index]);
  }
  [[nodiscard]] series::Labels labels(std::size_t index) const override {
    return block_.labels(ids_[index]);
  }
  [[nodiscard]] bool same(std::size_t index, const series::Labels& labels) const override {
    return block_.same(ids_[index], labels);
  }
  void read(std::size_t index, series::TimeRange range, series::Column& out) const override {
    block_.read(ids_[index], range, out);
  }
  [[nodiscard]] bool any(std::size_t index, series::TimeRange range) const override {
    for (const FrameRef& frame : block_.frames(ids_[index])) {
      if (range.from <= frame.range.from && frame.range.from <= range.to) return true;
      if (range.from <= frame.range.to && frame.range.to <= range.to) return true;
    }
    // Only a range inside of a frame is left: look.
    series::Column column;
    block_.read(ids_[index], range, column);
    return !column.empty();
  }

 private:
  const Block& block_;
  Ids ids_;
};

}  // namespace

std::unique_ptr<Selection> Block::select(std::span<const series::Matcher> matchers) const {
  return std::make_unique<BlockSelection>(*this, find_series(*this, matchers));
}

}  // namespace daytwo::store
