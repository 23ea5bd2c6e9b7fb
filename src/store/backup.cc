#include "store/backup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "env/files.h"
#include "series/labels.h"
#include "series/source.h"
#include "series/value.h"
#include "store/block.h"
#include "store/damage.h"
#include "store/record.h"
#include "store/recover.h"
#include "store/segment.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kCopyBytes = 4U << 20U;

bool times_grow(const series::Column& column) {
  return std::adjacent_find(column.times.begin(), column.times.end(),
                            [](Timestamp a, Timestamp b) { return a >= b; }) == column.times.end();
}

void verify_block(const Block& block, Report& report) {
  const std::string file = block.path() + "/frames";
  for (std::uint32_t id = 0; id < block.series_count(); ++id) {
    series::Column whole;
    for (const FrameRef& frame : block.frames(id)) {
      if (const Result<void> read = block.read_frame(frame, whole); !read) {
        report.damages.push_back(
            {file, frame.offset, frame.length,
             fmt::format("{}: {}", read.error().text, block.labels(id).to_string())});
      }
    }
    if (!times_grow(whole)) {
      report.damages.push_back({file, 0, 0, "times do not grow: " + block.labels(id).to_string()});
    }
    report.block_samples += whole.size();
  }
  report.block_series += block.series_count();
  ++report.blocks;
}

Result<void> verify_blocks(const env::Files& files, const Layout& layout, Report& report) {
  TRY(std::vector<std::string> names, files.list(layout.blocks));
  std::sort(names.begin(), names.end());
  Damages unused;
  for (const std::string& name : names) {
    if (name.starts_with(kTemporaryPrefix)) continue;
    const auto block = Block::open(files, layout.blocks + '/' + name, unused);
    if (block) {
      verify_block(**block, report);
    } else {
      report.damages.push_back({layout.blocks + '/' + name, 0, 0, block.error().to_string()});
    }
  }
  return {};
}

Result<void> verify_log(const env::Files& files, const Layout& layout, Report& report) {
  auto names = files.list(layout.log);
  if (!names && names.error().code == Code::kNotFound) return {};  // a backup has no log
  if (!names) return fail(std::move(names).error());
  std::sort(names->begin(), names->end());
  std::erase_if(*names, [](const std::string& name) { return !segment_number(name); });
  RecordVisitor visitor;
  visitor.define = [](std::uint32_t, std::span<const series::LabelView>) {};
  visitor.sample = [&](const LoggedSample&) { ++report.log_samples; };
  visitor.histogram = [&](const LoggedHistogram&) { ++report.log_samples; };
  visitor.metadata = [](const series::Metadata&) {};
  for (const std::string& name : *names) {
    const std::string path = layout.log + '/' + name;
    TRY(const auto file, files.open_read(path));
    TRY(const std::string_view bytes, file->map());
    SegmentFound found = read_segment(bytes, path, visitor);
    ++report.log_segments;
    report.log_records += found.records;
    for (Damage& damage : found.damages) report.damages.push_back(std::move(damage));
    const std::uint64_t torn = found.torn ? bytes.size() - found.good_bytes : 0;
    if (torn > 0 && name != names->back()) {
      report.damages.push_back({path, found.good_bytes, torn, "the end is no record"});
    } else {
      report.torn_bytes += torn;
    }
  }
  return {};
}

Result<void> copy_file(env::Files& files, const std::string& from, const std::string& to) {
  TRY(const auto source, files.open_read(from));
  TRY(const auto target, files.open_append(to));
  for (std::uint64_t at = 0; at < source->size();) {
    TRY(const std::string bytes, source->read_at(at, kCopyBytes));
    if (bytes.empty()) return fail(Code::kCorrupt, from + ": the file became shorter");
    TRY_VOID(target->append(bytes));
    at += bytes.size();
  }
  return target->sync();
}

Result<void> copy_block(env::Files& files, const std::string& from, const std::string& to) {
  TRY_VOID(files.make_directories(to));
  for (const char* name : {"/frames", "/index", "/manifest"}) {
    TRY_VOID(copy_file(files, from + name, to + name));
  }
  return files.sync_directory(to);
}

Result<void> check_empty(const env::Files& files, const std::string& path) {
  const auto names = files.list(path);
  if (!names && names.error().code == Code::kNotFound) return {};
  if (!names) return fail(names.error());
  if (names->empty()) return {};
  return fail(Code::kExists, fmt::format("{} is not empty: nothing is overwritten", path));
}

Result<void> copy_into_empty(env::Files& files, const std::string& from, const std::string& to) {
  const Layout source(from);
  const Layout target(to);
  TRY_VOID(files.make_directories(target.blocks));
  TRY(const std::vector<std::string> names, files.list(source.blocks));
  for (const std::string& name : names) {
    if (name.starts_with(kTemporaryPrefix)) continue;
    TRY_VOID(copy_block(files, source.blocks + '/' + name, target.blocks + '/' + name));
  }
  if (files.facts(source.metadata)) TRY_VOID(copy_file(files, source.metadata, target.metadata));
  TRY_VOID(files.sync_directory(target.blocks));
  return files.sync_directory(target.root);
}

}  // namespace

Result<Report> verify(const env::Files& files, const std::string& path) {
  const Layout layout(path);
  Report report;
  TRY_IN("the store in " + path, const env::FileFacts facts, files.facts(layout.blocks));
  static_cast<void>(facts);
  TRY_VOID(verify_blocks(files, layout, report));
  TRY_VOID(verify_log(files, layout, report));
  constexpr std::size_t kMaxMetadataBytes = 256U << 20U;
  if (const auto bytes = files.read(layout.metadata, kMaxMetadataBytes)) {
    if (const auto metadata = decode_metadata(*bytes); !metadata) {
      report.damages.push_back({layout.metadata, 0, bytes->size(), metadata.error().text});
    }
  }
  if (const auto names = files.list(layout.quarantine)) report.quarantined = names->size();
  return report;
}

Result<void> copy_store(env::Files& files, const std::string& from, const std::string& to) {
  TRY_VOID(check_empty(files, to));
  auto copied = copy_into_empty(files, from, to);
  // Half a copy is none: it would only stand in the way of the next try.
  if (!copied) static_cast<void>(files.remove_tree(to));
  return copied;
}

Result<Report> restore(env::Files& files, const std::string& from, const std::string& to) {
  TRY(Report report, verify(files, from));
  if (!report.damages.empty()) {
    const Damage& first = report.damages.front();
    return fail(Code::kCorrupt, fmt::format("the backup is damaged: {} at byte {}: {}", first.file,
                                            first.offset, first.what));
  }
  if (report.log_records > 0) {
    return fail(Code::kInvalid, from + " is a store with an open log, not a backup");
  }
  TRY_VOID(copy_store(files, from, to));
  return report;
}

}  // namespace daytwo::store
