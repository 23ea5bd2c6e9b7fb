// The head: samples that are in the log but in no block yet.
// Layout: struct of arrays by series number; per series an open tail of at most 32 raw samples and
// a chain of compressed frames behind it; samples that came late stand in a sorted side table, and
// so do histograms. A series of one to eight samples costs about 0.4 KB, of 30 about 0.7 KB.
// Invariants: (1) the times of tail and frames grow strictly along the chain; (2) a time stands
// once in a series, whatever its kind; (3) frames never change or move.
// Thread rule: one writer at a time (the caller's duty); any number of readers meanwhile.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "series/source.h"
#include "store/histogram_codec.h"
#include "store/last_samples.h"
#include "store/part.h"
#include "store/series_table.h"
#include "store/tail.h"

namespace daytwo::store {

// What the head knows about a sample before it is taken.
enum class Verdict : std::uint8_t {
  kNew,       // nothing stands at that time
  kStored,    // the same bits stand there
  kConflict,  // something else stands there
};

// New samples of one series, in time order, held by the caller.
struct HeadRow {
  std::uint32_t id = UINT32_MAX;  // none: the row is left out
  std::span<const series::Sample> samples;
};

// What the head holds.
struct HeadFacts {
  std::size_t series = 0;
  std::size_t samples = 0;
  std::size_t memory_bytes = 0;
};

class Head final : public Part {
 public:
  // `before` knows the last sample of each series in the head before this one.
  explicit Head(LastSamples before = {}) : before_(std::move(before)) {}

  // The writer's side.
  [[nodiscard]] std::optional<std::uint32_t> find(std::span<const series::LabelView> labels,
                                                  std::uint64_t hash) const {
    return table_.find(labels, hash);
  }
  std::uint32_t add_series(std::span<const series::LabelView> labels, std::uint64_t hash);
  // Compares with all that this head holds of the series, and with the last sample before it.
  // `stored` gets what stands there on a conflict between floats. Cost: constant for a sample newer
  // than all; decodes frames for late ones.
  [[nodiscard]] Verdict judge(std::uint32_t id, const series::Sample& sample,
                              double* stored = nullptr) const;
  // Takes samples that judge() finds new; others are left out, so repeating is harmless. Readers
  // see all rows or none.
  void add(std::span<const HeadRow> rows);
  // The same for one sample, without the lock. REQUIRES: nobody reads yet (replay).
  void load(std::uint32_t id, const series::Sample& sample) { take(id, sample); }
  // Whether the series is defined in the log's present segment; the caller's note.
  [[nodiscard]] bool defined(std::uint32_t id) const { return defined_[id]; }
  void set_defined(std::uint32_t id) { defined_[id] = true; }
  [[nodiscard]] std::uint32_t series_count() const { return table_.series_count(); }
  [[nodiscard]] const SeriesTable& table() const { return table_; }
  // The last sample of every series, for the next head.
  [[nodiscard]] LastSamples last_samples() const;

  // The readers' side.
  [[nodiscard]] series::TimeRange range() const override;
  [[nodiscard]] std::unique_ptr<Selection> select(
      std::span<const series::Matcher> matchers) const override;
  void add_names(std::set<std::string>& out) const override;
  void add_values(std::string_view name, std::set<std::string>& out) const override;
  [[nodiscard]] HeadFacts facts() const;
  // Metric names with most series, largest first.
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> largest_metrics(
      std::size_t limit) const;

 private:
  friend class HeadSelection;

  // A sealed run of samples; its bytes follow it in memory.
  struct Frame {
    const Frame* before = nullptr;
    Timestamp first;
    Timestamp last;
    std::uint32_t size_bytes = 0;
    [[nodiscard]] std::string_view bytes() const {
      return {reinterpret_cast<const char*>(this + 1), size_bytes};
    }
  };
  struct Sides {  // what does not fit tail and frames
    std::map<Timestamp, double> late;
    std::map<Timestamp, std::shared_ptr<const series::FloatHistogram>> histograms;
  };

  [[nodiscard]] std::optional<double> find_float(std::uint32_t id, Timestamp at) const;
  void take(std::uint32_t id, const series::Sample& sample);
  void add_float(std::uint32_t id, Timestamp at, double value);
  void seal(std::uint32_t id);
  [[nodiscard]] std::byte* allocate(std::size_t bytes);
  void widen(Timestamp at);

  const LastSamples before_;
  mutable std::shared_mutex mutex_;
  // Changed by the writer under mutex_; the writer alone may read without it.
  SeriesTable table_;
  std::vector<Timestamp> last_at_;
  std::vector<double> last_value_;
  std::vector<Tail> tails_;
  std::vector<const Frame*> frames_;
  std::vector<bool> defined_;
  std::unordered_map<std::uint32_t, Sides> sides_;
  TailPool pool_;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::size_t chunk_left_ = 0;
  std::byte* chunk_at_ = nullptr;
  std::size_t samples_ = 0;
  series::TimeRange range_{kMaxTimestamp, kMinTimestamp};
};

}  // namespace daytwo::store
