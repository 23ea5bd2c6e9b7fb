#include "store/recover.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "env/files.h"
#include "env/log.h"
#include "series/labels.h"
#include "series/source.h"
#include "series/value.h"
#include "store/block.h"
#include "store/block_removal.h"
#include "store/damage.h"
#include "store/head.h"
#include "store/manifest.h"
#include "store/options.h"
#include "store/record.h"
#include "store/segment.h"
#include "store/series_table.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kMaxMetadataBytes = 256U << 20U;
constexpr std::string_view kMetadataHeader{"D2META\1\1", 8};  // as kSegmentHeader

bool is_broken(const Error& error) {
  return error.code == Code::kCorrupt || error.code == Code::kNotFound;
}

// Takes the records of one segment into the head. A segment numbers its series by itself.
class SegmentReplay {
 public:
  SegmentReplay(Head& head, MetadataMap& metadata) : head_(head), metadata_(metadata) {}

  // REQUIRES: this outlives it.
  RecordVisitor visitor() {
    RecordVisitor out;
    out.define = [this](std::uint32_t series, std::span<const series::LabelView> labels) {
      define(series, labels);
    };
    out.sample = [this](const LoggedSample& logged) {
      load(logged.series, {logged.at, {logged.value, nullptr}});
    };
    out.histogram = [this](const LoggedHistogram& logged) {
      const auto& histogram = logged.sample.histogram;
      load(logged.series, {logged.sample.at, {histogram->sum, histogram}});
    };
    out.metadata = [this](series::Metadata metadata) {
      std::string family = metadata.family;
      metadata_.insert_or_assign(std::move(family), std::move(metadata));
    };
    return out;
  }

  // Samples of series that no whole record named.
  [[nodiscard]] std::uint64_t nameless() const { return nameless_; }

 private:
  void define(std::uint32_t series, std::span<const series::LabelView> labels) {
    constexpr std::uint32_t kMostSeries = 1U << 28U;  // a bound for damaged numbers
    if (series >= kMostSeries) return;
    const std::uint64_t hash = hash_labels(labels, scratch_);
    const auto found = head_.find(labels, hash);
    if (series >= ids_.size()) ids_.resize(series + 1, kNone);
    ids_[series] = found ? *found : head_.add_series(labels, hash);
  }

  void load(std::uint32_t series, const series::Sample& sample) {
    if (series < ids_.size() && ids_[series] != kNone) {
      head_.load(ids_[series], sample);
    } else {
      ++nameless_;
    }
  }

  static constexpr std::uint32_t kNone = UINT32_MAX;
  Head& head_;
  MetadataMap& metadata_;
  std::vector<std::uint32_t> ids_;  // of the head, by the segment's number
  std::string scratch_;
  std::uint64_t nameless_ = 0;
};

class Recovery {
 public:
  Recovery(const Options& options, const World& world, const Layout& layout, Damages& damages)
      : options_(options),
        files_(world.files),
        log_(world.log),
        layout_(layout),
        damages_(damages) {}

  Result<Recovered> run() {
    out_.head = std::make_shared<Head>();
    TRY_VOID(load_blocks());
    TRY_VOID(load_metadata());
    TRY_VOID(replay_log());
    return std::move(out_);
  }

 private:
  Result<void> load_blocks();
  Result<void> quarantine_block(const std::string& name, const Error& why);
  Result<void> drop_replaced();
  Result<void> load_metadata();
  Result<void> replay_log();
  Result<void> replay_segment(std::uint64_t number, bool last);
  Result<void> cut(const std::string& path, std::uint64_t size);
  void report(Damage damage) {
    if (log_ != nullptr) {
      log_->write(env::LogLevel::kError, "store", "damaged file",
                  {{"file", damage.file}, {"offset", damage.offset}, {"what", damage.what}});
    }
    damages_.add(std::move(damage));
  }

  const Options& options_;
  env::Files& files_;
  env::Log* log_;
  const Layout& layout_;
  Damages& damages_;
  Recovered out_;
};

Result<void> Recovery::load_blocks() {
  TRY(std::vector<std::string> names, files_.list(layout_.blocks));
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const std::string path = layout_.blocks + '/' + name;
    if (name.starts_with(kTemporaryPrefix)) {
      TRY_VOID(files_.remove_tree(path));
      continue;
    }
    auto block = Block::open(files_, path, damages_);
    if (block) {
      out_.next_block = std::max(out_.next_block, (*block)->manifest().id + 1);
      out_.blocks.push_back(*std::move(block));
    } else if (is_broken(block.error())) {
      TRY_VOID(quarantine_block(name, block.error()));
    } else {
      return fail_in("opening block " + path, std::move(block).error());
    }
  }
  TRY_VOID(drop_replaced());
  std::sort(out_.blocks.begin(), out_.blocks.end(),
            [](const auto& a, const auto& b) { return a->manifest().order < b->manifest().order; });
  return {};
}

// A merge was finished, but the power went before its inputs were removed.
Result<void> Recovery::drop_replaced() {
  std::set<std::uint64_t> replaced;
  for (const auto& block : out_.blocks) {
    replaced.insert(block->manifest().replaces.begin(), block->manifest().replaces.end());
  }
  for (const auto& block : out_.blocks) {
    const std::uint64_t id = block->manifest().id;
    if (replaced.contains(id)) TRY_VOID(remove_block(files_, layout_.blocks, block_name(id)));
  }
  std::erase_if(out_.blocks,
                [&](const auto& block) { return replaced.contains(block->manifest().id); });
  return {};
}

Result<void> Recovery::quarantine_block(const std::string& name, const Error& why) {
  const std::string from = layout_.blocks + '/' + name;
  std::string to = layout_.quarantine + '/' + name;
  for (int i = 1; files_.facts(to).has_value(); ++i) {
    to = fmt::format("{}/{}.{}", layout_.quarantine, name, i);
  }
  report({from, 0, 0, fmt::format("{}; kept as {}", why.to_string(), to)});
  TRY_VOID(files_.rename(from, to));
  TRY_VOID(files_.sync_directory(layout_.quarantine));
  return files_.sync_directory(layout_.blocks);
}

Result<void> Recovery::load_metadata() {
  auto bytes = files_.read(layout_.metadata, kMaxMetadataBytes);
  if (!bytes && bytes.error().code == Code::kNotFound) return {};
  if (!bytes) return fail(std::move(bytes).error());
  auto metadata = decode_metadata(*bytes);
  if (metadata) {
    out_.metadata = *std::move(metadata);
    return {};
  }
  if (metadata.error().code == Code::kConflict) return fail(std::move(metadata).error());
  const std::string kept = layout_.quarantine + "/metadata";
  TRY_VOID(files_.write_atomic(kept, *bytes, 0644));
  report({layout_.metadata, 0, bytes->size(),
          fmt::format("types and help texts are unreadable; kept as {}", kept)});
  return {};
}

Result<void> Recovery::replay_log() {
  TRY(const std::vector<std::string> names, files_.list(layout_.log));
  std::uint64_t sealed = 0;
  for (const auto& block : out_.blocks) sealed = std::max(sealed, block->manifest().log_through);
  out_.next_segment = sealed + 1;
  std::vector<std::uint64_t> numbers;
  Progress progress;
  for (const std::string& name : names) {
    const auto number = segment_number(name);
    if (!number) continue;
    const std::string path = layout_.log + '/' + name;
    out_.next_segment = std::max(out_.next_segment, *number + 1);
    if (*number <= sealed) {
      TRY_VOID(files_.remove(path));
      continue;
    }
    numbers.push_back(*number);
    TRY(const env::FileFacts facts, files_.facts(path));
    progress.total_bytes += facts.size_bytes;
  }
  std::sort(numbers.begin(), numbers.end());
  for (const std::uint64_t number : numbers) {
    if (options_.progress) options_.progress(progress);
    TRY_VOID(replay_segment(number, number == numbers.back()));
    TRY(const env::FileFacts facts, files_.facts(layout_.log + '/' + segment_name(number)));
    progress.done_bytes += facts.size_bytes;
  }
  progress.done_bytes = progress.total_bytes;
  if (options_.progress) options_.progress(progress);
  out_.replayed_bytes = progress.total_bytes;
  return {};
}

Result<void> Recovery::replay_segment(std::uint64_t number, bool last) {
  const std::string path = layout_.log + '/' + segment_name(number);
  TRY(const auto file, files_.open_read(path));
  TRY(const std::string_view bytes, file->map());
  if (const auto version = other_version(bytes, kSegmentHeader); version != 0) {
    return fail(Code::kConflict, fmt::format("{}: log format {} needs a newer daytwo", path,
                                             static_cast<unsigned>(version)));
  }
  SegmentReplay replay(*out_.head, out_.metadata);
  SegmentFound found = read_segment(bytes, path, replay.visitor());
  if (replay.nameless() > 0) {
    found.damages.push_back(
        {path, 1, 0,
         fmt::format("{} samples belong to series whose names were lost", replay.nameless())});
  }
  if (found.torn && !last) {
    found.damages.push_back({path, found.good_bytes, bytes.size() - found.good_bytes,
                             "the end of the segment is no record"});
  }
  if (!found.damages.empty()) {
    TRY_VOID(files_.write_atomic(layout_.quarantine + '/' + segment_name(number), bytes, 0644));
  }
  for (Damage& damage : found.damages) report(std::move(damage));
  if (!found.torn || !last) return {};
  // Last of all: what is mapped behind a file's new end may not be read.
  out_.torn_bytes = bytes.size() - found.good_bytes;
  return cut(path, found.good_bytes);
}

// Shortens a file for good.
Result<void> Recovery::cut(const std::string& path, std::uint64_t size) {
  TRY_VOID(files_.truncate(path, size));
  TRY(const auto shortened, files_.open_append(path));
  return shortened->sync();
}

}  // namespace

Result<void> make_layout(env::Files& files, const Layout& layout) {
  if (!files.facts(layout.root)) {
    TRY_VOID(files.make_directories(layout.root));
    const std::size_t slash = layout.root.find_last_of('/');
    const std::string parent = slash == std::string::npos ? "."
                               : slash == 0               ? "/"
                                                          : layout.root.substr(0, slash);
    TRY_VOID(files.sync_directory(parent));
  }
  for (const std::string& path : {layout.log, layout.blocks, layout.quarantine}) {
    TRY_VOID(files.make_directories(path));
  }
  return files.sync_directory(layout.root);
}

Result<Recovered> recover(const Options& options, const World& world, const Layout& layout,
                          Damages& damages) {
  return Recovery(options, world, layout, damages).run();
}

std::size_t text_bytes(const series::Metadata& metadata) {
  return metadata.family.size() + metadata.type.size() + metadata.help.size() +
         metadata.unit.size();
}

std::string encode_metadata(const MetadataMap& metadata) {
  std::string out(kMetadataHeader);
  RecordWriter writer;
  for (const auto& [family, entry] : metadata) writer.add(entry);
  writer.finish(out);
  return out;
}

Result<MetadataMap> decode_metadata(std::string_view bytes) {
  MetadataMap out;
  if (const auto version = other_version(bytes, kMetadataHeader); version != 0) {
    return fail(Code::kConflict, fmt::format("metadata format {} needs a newer daytwo",
                                             static_cast<unsigned>(version)));
  }
  if (bytes == kMetadataHeader) return out;
  FoundRecord record;
  if (!bytes.starts_with(kMetadataHeader) || !find_record(bytes, kMetadataHeader.size(), record) ||
      record.end != bytes.size()) {
    return fail(Code::kCorrupt, "the metadata file is damaged");
  }
  RecordVisitor visitor;
  visitor.define = [](std::uint32_t, std::span<const series::LabelView>) {};
  visitor.sample = [](const LoggedSample&) {};
  visitor.histogram = [](const LoggedHistogram&) {};
  visitor.metadata = [&](series::Metadata metadata) {
    std::string family = metadata.family;
    out.insert_or_assign(std::move(family), std::move(metadata));
  };
  TRY_VOID(visit_record(record, visitor));
  return out;
}

}  // namespace daytwo::store
