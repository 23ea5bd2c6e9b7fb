// A sealed block, mapped: immutable, checked when opened (index) and when read (frames).
// A damaged frame costs its own samples and is reported; a damaged index or manifest costs the
// block, which open() then refuses.
// Thread rule: any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "env/files.h"
#include "store/damage.h"
#include "store/label_index.h"
#include "store/manifest.h"
#include "store/part.h"
#include "store/series_table.h"

namespace daytwo::store {

// One frame of a series as the index lists it.
struct FrameRef {
  bool histograms = false;
  series::TimeRange range;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // with the CRC
};

class Block final : public Part, public LabelIndex {
 public:
  // Maps the block in `path`. Errors: kCorrupt (which part is broken), kNotFound (a file is gone),
  // kConflict (newer format), or the file system's. REQUIRES: damages outlives the block.
  [[nodiscard]] static Result<std::shared_ptr<const Block>> open(const env::Files& files,
                                                                 std::string path,
                                                                 Damages& damages);

  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  // Bytes on disk.
  [[nodiscard]] std::uint64_t size_bytes() const;

  // The n-th text; empty for a number that is none.
  [[nodiscard]] std::string_view symbol(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t symbol_count() const { return symbol_count_; }
  [[nodiscard]] std::uint64_t hash(std::uint32_t id) const;
  [[nodiscard]] std::vector<LabelRef> refs(std::uint32_t id) const;
  [[nodiscard]] series::Labels labels(std::uint32_t id) const;
  [[nodiscard]] bool same(std::uint32_t id, const series::Labels& labels) const;
  [[nodiscard]] std::vector<FrameRef> frames(std::uint32_t id) const;
  // Appends the samples of one frame. Errors: kCorrupt, and then the column is as before.
  [[nodiscard]] Result<void> read_frame(const FrameRef& frame, series::Column& out) const;
  // Appends the samples of one series in the range; damaged frames are reported and left out.
  void read(std::uint32_t id, series::TimeRange range, series::Column& out) const;

  // Part.
  [[nodiscard]] series::TimeRange range() const override { return manifest_.range; }
  [[nodiscard]] std::unique_ptr<Selection> select(
      std::span<const series::Matcher> matchers) const override;
  void add_names(std::set<std::string>& out) const override;
  void add_values(std::string_view name, std::set<std::string>& out) const override;

  // LabelIndex.
  [[nodiscard]] std::uint32_t series_count() const override { return series_count_; }
  void postings(std::string_view name, std::string_view value, Ids& out) const override;
  void select_values(std::string_view name,
                     const std::function<bool(std::string_view value)>& visit,
                     Ids& out) const override;

 private:
  struct Values {  // of one name: a run of the value table
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  explicit Block(Damages& damages) : damages_(damages) {}
  [[nodiscard]] Result<void> check_sections();
  [[nodiscard]] Result<void> check_tables();
  [[nodiscard]] std::string_view section(SectionKind kind) const;
  [[nodiscard]] std::string_view entry(std::uint32_t id) const;
  [[nodiscard]] Values values_of(std::string_view name) const;
  void append_list(std::uint32_t value_index, Ids& out) const;

  // Constant after open().
  Damages& damages_;
  std::string path_;
  Manifest manifest_;
  std::unique_ptr<env::ReadFile> index_file_;
  std::unique_ptr<env::ReadFile> frames_file_;
  std::string_view index_;
  std::string_view frames_;
  std::uint32_t symbol_count_ = 0;
  std::uint32_t series_count_ = 0;
  std::uint32_t name_count_ = 0;
  std::uint32_t value_count_ = 0;
};

}  // namespace daytwo::store
