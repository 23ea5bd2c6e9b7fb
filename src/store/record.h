// Records of the write-ahead log: what one append adds, framed so that a reader can tell a whole
// record from a torn or damaged one, and find the next whole one after damage.
// Series are named by numbers that hold within one segment; a segment defines each before its use.
// Thread rule: pure functions and plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "series/labels.h"
#include "series/source.h"
#include "store/histogram_codec.h"

namespace daytwo::store {

// What a record holds; the number is in the file.
enum class RecordType : std::uint8_t { kSeries = 1, kSamples = 2, kHistograms = 3, kMetadata = 4 };

// One float for a numbered series.
struct LoggedSample {
  std::uint32_t series = 0;
  Timestamp at;
  double value = 0;
};

// One histogram for a numbered series.
struct LoggedHistogram {
  std::uint32_t series = 0;
  HistogramSample sample;
};

// Builds the payloads of one append and frames them.
class RecordWriter {
 public:
  void define(std::uint32_t series, std::span<const series::LabelView> labels);
  void add(const LoggedSample& sample);
  void add(std::uint32_t series, const HistogramSample& sample);
  void add(const series::Metadata& metadata);
  // Nothing was added.
  [[nodiscard]] bool empty() const { return size_bytes() == 0; }
  // Bytes of the payloads so far, uncompressed.
  [[nodiscard]] std::size_t size_bytes() const {
    return series_.size() + samples_.size() + histograms_.size() + metadata_.size();
  }
  // Appends the framed records to `log`, definitions first, and starts anew.
  void finish(std::string& log);

 private:
  std::string series_;
  std::string samples_;
  std::string histograms_;
  std::string metadata_;
  LoggedSample last_;
};

// What replay does with each thing found.
struct RecordVisitor {
  // The labels stand in order, and in the record.
  std::function<void(std::uint32_t series, std::span<const series::LabelView> labels)> define;
  std::function<void(const LoggedSample& sample)> sample;
  std::function<void(const LoggedHistogram& sample)> histogram;
  std::function<void(series::Metadata metadata)> metadata;
};

// A framed record found in a segment.
struct FoundRecord {
  RecordType type = RecordType::kSeries;
  bool compressed = false;
  std::string_view payload;
  std::size_t end = 0;  // offset of the byte after it
};

// The record that begins at `offset`, if it is whole and its CRC fits; else nothing.
[[nodiscard]] bool find_record(std::string_view segment, std::size_t offset, FoundRecord& found);

// Visits all that the record holds. Errors: kCorrupt when the payload contradicts itself although
// its CRC fits (written by other software, or a bug).
[[nodiscard]] Result<void> visit_record(const FoundRecord& record, const RecordVisitor& visitor);

}  // namespace daytwo::store
