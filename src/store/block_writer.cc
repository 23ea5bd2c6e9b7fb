// frames:    frames back to back, each followed by its u32 CRC32C
//            floats: codec.cc.  histograms: varint count, varint size, zstd of
//            count times (signed time, histogram_codec.cc)
// index:     symbols, series, postings (offsets and checksums in the manifest)
//   symbols:   u32 n, (n + 1) u32 offsets, texts in byte order
//   series:    u32 n, n u64 label hashes, (n + 1) u32 offsets, n entries in label order
//     entry:     varint labels, each varint name, varint value; varint offset of the first frame,
//                varint frames, each u8 kind (0 floats, 1 histograms), signed first time minus the
//                last time before (0 at first), varint last - first, varint bytes with the CRC
//   postings:  u32 names, each u32 name, first value, values; u32 values, each u32 value, count,
//              offset; lists of series numbers as varint steps
#include "store/block_writer.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/result.h"
#include "env/files.h"
#include "series/value.h"
#include "store/bytes.h"
#include "store/codec.h"
#include "store/histogram_codec.h"
#include "store/manifest.h"
#include "store/series_table.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kWriteBytes = 1U << 20U;
constexpr std::size_t kMaxSectionBytes = UINT32_MAX;  // offsets are 32 bits

bool is_histogram(const series::Column& column, std::size_t index) {
  return !column.histograms.empty() && column.histograms[index] != nullptr;
}

std::string symbols_section(std::span<const std::string_view> symbols) {
  std::string out;
  put_fixed(out, static_cast<std::uint32_t>(symbols.size()));
  std::uint32_t at = 0;
  put_fixed(out, at);
  for (const std::string_view symbol : symbols) {
    at += static_cast<std::uint32_t>(symbol.size());
    put_fixed(out, at);
  }
  for (const std::string_view symbol : symbols) out += symbol;
  return out;
}

}  // namespace

std::string BlockWriter::temporary() const {
  return fmt::format("{}/{}{}", directory_, kTemporaryPrefix, block_name(id_));
}

Result<std::unique_ptr<BlockWriter>> BlockWriter::begin(env::Files& files, std::string directory,
                                                        std::uint64_t id,
                                                        std::span<const std::string_view> symbols) {
  std::unique_ptr<BlockWriter> out(new BlockWriter(files, std::move(directory), id));
  TRY_VOID(files.remove_tree(out->temporary()));
  TRY_VOID(files.make_directories(out->temporary()));
  TRY(out->frames_, files.open_append(out->temporary() + "/frames"));
  out->symbols_ = symbols_section(symbols);
  return out;
}

Result<void> BlockWriter::add(std::span<const LabelRef> refs, std::uint64_t hash,
                              const series::Column& column) {
  CHECK(!column.empty(), "a series in a block has samples");
  const auto id = static_cast<std::uint32_t>(hashes_.size());
  hashes_.push_back(hash);
  offsets_.push_back(static_cast<std::uint32_t>(entries_.size()));
  put_varint(entries_, refs.size());
  for (const LabelRef ref : refs) {
    put_varint(entries_, ref.name);
    put_varint(entries_, ref.value);
    postings_.push_back({ref, id});
  }
  put_varint(entries_, frames_bytes_);
  frame_list_.clear();
  frame_count_ = 0;
  last_end_ = {0};
  for (std::size_t begin = 0; begin < column.size();) {
    const bool histograms = is_histogram(column, begin);
    std::size_t end = begin + 1;
    while (end < column.size() && end - begin < kFrameSamples &&
           is_histogram(column, end) == histograms) {
      ++end;
    }
    if (histograms) {
      add_histograms(column, begin, end);
    } else {
      add_floats(column, begin, end);
    }
    begin = end;
  }
  put_varint(entries_, frame_count_);
  entries_ += frame_list_;
  samples_ += column.size();
  range_.from = std::min(range_.from, column.times.front());
  range_.to = std::max(range_.to, column.times.back());
  if (entries_.size() > kMaxSectionBytes / 2) {
    return fail(Code::kLimit, "the index of a block outgrew its format");
  }
  if (pending_.size() >= kWriteBytes) {
    TRY_VOID(frames_->append(pending_));
    pending_.clear();
  }
  return {};
}

void BlockWriter::add_floats(const series::Column& column, std::size_t begin, std::size_t end) {
  std::string frame;
  encode_frame(std::span(column.times).subspan(begin, end - begin),
               std::span(column.numbers).subspan(begin, end - begin), frame);
  close_frame(frame, false, column.times[begin], column.times[end - 1]);
}

void BlockWriter::add_histograms(const series::Column& column, std::size_t begin, std::size_t end) {
  std::string plain;
  for (std::size_t i = begin; i < end; ++i) {
    put_signed(plain, column.times[i].ms);
    put_histogram(plain, *column.histograms[i]);
  }
  std::string frame;
  put_varint(frame, end - begin);
  put_varint(frame, plain.size());
  const std::size_t head = frame.size();
  frame.resize(head + ZSTD_compressBound(plain.size()));
  constexpr int kLevel = 3;  // zstd's own default
  const std::size_t size =
      ZSTD_compress(frame.data() + head, frame.size() - head, plain.data(), plain.size(), kLevel);
  CHECK(ZSTD_isError(size) == 0U, "a buffer of the bound's size is large enough");
  frame.resize(head + size);
  close_frame(frame, true, column.times[begin], column.times[end - 1]);
}

void BlockWriter::close_frame(std::string_view frame, bool histograms, Timestamp first,
                              Timestamp last) {
  frame_list_ += static_cast<char>(histograms ? 1 : 0);
  put_signed(frame_list_, first.ms - last_end_.ms);
  put_varint(frame_list_, static_cast<std::uint64_t>(last.ms - first.ms));
  put_varint(frame_list_, frame.size() + 4);
  last_end_ = last;
  ++frame_count_;
  pending_ += frame;
  put_fixed(pending_, crc32c(frame));
  frames_bytes_ += frame.size() + 4;
}

std::string BlockWriter::series_section() const {
  std::string out;
  put_fixed(out, static_cast<std::uint32_t>(hashes_.size()));
  for (const std::uint64_t hash : hashes_) put_fixed(out, hash);
  for (const std::uint32_t offset : offsets_) put_fixed(out, offset);
  put_fixed(out, static_cast<std::uint32_t>(entries_.size()));
  return out + entries_;
}

std::string BlockWriter::postings_section() {
  std::stable_sort(postings_.begin(), postings_.end(),
                   [](const Posting& a, const Posting& b) { return a.label < b.label; });
  std::string names;
  std::string values;
  std::string lists;
  std::uint32_t name_count = 0;
  std::uint32_t value_count = 0;
  std::size_t i = 0;
  while (i < postings_.size()) {
    const std::uint32_t name = postings_[i].label.name;
    const std::uint32_t first_value = value_count;
    while (i < postings_.size() && postings_[i].label.name == name) {
      const LabelRef label = postings_[i].label;
      const std::size_t begin = i;
      put_fixed(values, label.value);
      const auto offset = static_cast<std::uint32_t>(lists.size());
      std::uint32_t before = 0;
      for (; i < postings_.size() && postings_[i].label == label; ++i) {
        put_varint(lists, postings_[i].series - before);
        before = postings_[i].series;
      }
      put_fixed(values, static_cast<std::uint32_t>(i - begin));
      put_fixed(values, offset);
      ++value_count;
    }
    put_fixed(names, name);
    put_fixed(names, first_value);
    put_fixed(names, value_count - first_value);
    ++name_count;
  }
  std::string out;
  put_fixed(out, name_count);
  out += names;
  put_fixed(out, value_count);
  out += values;
  return out + lists;
}

Result<void> BlockWriter::write_file(const std::string& name, std::string_view bytes) {
  TRY(const auto file, files_.open_append(temporary() + '/' + name));
  TRY_VOID(file->append(bytes));
  return file->sync();
}

Result<Manifest> BlockWriter::finish(Manifest manifest) {
  TRY_VOID(frames_->append(pending_));
  TRY_VOID(frames_->sync());
  const std::array<std::string, kSectionCount> sections = {symbols_, series_section(),
                                                           postings_section()};
  std::string index;
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    if (sections[i].size() > kMaxSectionBytes) {
      return fail(Code::kLimit, "the index of a block outgrew its format");
    }
    manifest.sections[i] = {index.size(), sections[i].size(), crc32c(sections[i])};
    index += sections[i];
  }
  TRY_VOID(write_file("index", index));
  manifest.id = id_;
  manifest.range = range_;
  manifest.series = hashes_.size();
  manifest.samples = samples_;
  manifest.frames_bytes = frames_bytes_;
  TRY_VOID(write_file("manifest", encode_manifest(manifest)));
  TRY_VOID(files_.sync_directory(temporary()));
  TRY_VOID(files_.rename(temporary(), directory_ + '/' + block_name(id_)));
  TRY_VOID(files_.sync_directory(directory_));
  return manifest;
}

}  // namespace daytwo::store
