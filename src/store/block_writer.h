// Writes one block: series in label order, each with its samples in frames of 128.
// A block appears whole or not at all: files in a temporary directory, each synced, then a rename,
// then a sync of the parent.
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "env/files.h"
#include "series/value.h"
#include "store/manifest.h"
#include "store/series_table.h"

namespace daytwo::store {

class BlockWriter {
 public:
  // Begins `directory`/tmp-NAME. `symbols` are all texts, in byte order, unique; label refs are
  // numbers in this list. REQUIRES: files outlives the writer.
  [[nodiscard]] static Result<std::unique_ptr<BlockWriter>> begin(
      env::Files& files, std::string directory, std::uint64_t id,
      std::span<const std::string_view> symbols);
  // Adds one series. REQUIRES: refs are greater than those before; the column is not empty.
  [[nodiscard]] Result<void> add(std::span<const LabelRef> refs, std::uint64_t hash,
                                 const series::Column& column);
  // Syncs all, gives the block its name and returns its manifest. `manifest` brings order,
  // log_through and replaces; the rest is filled in. Errors: kUnavailable; then nothing is there
  // but a temporary directory, which the next open removes.
  [[nodiscard]] Result<Manifest> finish(Manifest manifest);

  [[nodiscard]] std::uint64_t samples() const { return samples_; }

 private:
  struct Posting {
    LabelRef label;
    std::uint32_t series = 0;
  };

  BlockWriter(env::Files& files, std::string directory, std::uint64_t id)
      : files_(files), directory_(std::move(directory)), id_(id) {}

  [[nodiscard]] std::string temporary() const;
  void add_floats(const series::Column& column, std::size_t begin, std::size_t end);
  void add_histograms(const series::Column& column, std::size_t begin, std::size_t end);
  void close_frame(std::string_view frame, bool histograms, Timestamp first, Timestamp last);
  [[nodiscard]] std::string series_section() const;
  [[nodiscard]] std::string postings_section();
  [[nodiscard]] Result<void> write_file(const std::string& name, std::string_view bytes);

  // Constant after construction.
  env::Files& files_;
  const std::string directory_;
  const std::uint64_t id_;

  std::unique_ptr<env::AppendFile> frames_;
  std::string pending_;  // frames not yet written
  std::uint64_t frames_bytes_ = 0;
  std::string symbols_;
  std::string entries_;  // of the series section
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> offsets_;
  std::vector<Posting> postings_;
  std::string frame_list_;  // of the series being added
  std::uint64_t frame_count_ = 0;
  Timestamp last_end_;
  std::uint64_t samples_ = 0;
  series::TimeRange range_{kMaxTimestamp, kMinTimestamp};
};

}  // namespace daytwo::store
