// What a writer brings: samples of many series, all or nothing.
// Two forms. A Batch owns its labels and samples; whoever makes samples himself fills one. A
// BatchView points to texts and samples that stand elsewhere, in a Batch or in the bytes of a
// request, so that samples of known series reach a store without a string being made:
//
//   bytes of a request   ..n u p . 1 j o b x..     stay where they are
//   labels               [name, value] [name, value] ...      flat, views into the bytes
//   samples              [time, value] ...                    flat
//   series               [labels from..to, samples from..to] ...
//
// Thread rule: plain values.
#pragma once

#include <span>
#include <vector>

#include "series/labels.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::series {

// New samples of one series, in any order.
struct SeriesSamples {
  Labels labels;
  std::vector<Sample> samples;
};

// What one request, scrape or scan brings. All or nothing unless `partial`.
struct Batch {
  std::vector<SeriesSamples> series;
  std::vector<Metadata> metadata;
  bool partial = false;  // true: keep what is valid, report the rest (remote write 2.0, scrapes)
};

// The same as SeriesSamples, held by somebody else. The labels stand as Labels would hold them:
// sorted by name, names distinct, no value empty.
struct SeriesView {
  std::span<const LabelView> labels;
  std::span<const Sample> samples;
};

// A batch held by somebody else, for the length of a call. Moving it keeps it valid.
class BatchView {
 public:
  BatchView() = default;
  // Borrows all of `batch`; implicit, as std::string_view is of a string.
  BatchView(const Batch& batch);  // NOLINT(google-explicit-constructor): it is a view
  BatchView(const BatchView&) = delete;
  BatchView& operator=(const BatchView&) = delete;
  BatchView(BatchView&&) = default;
  BatchView& operator=(BatchView&&) = default;
  ~BatchView() = default;

  std::vector<SeriesView> series;
  std::span<const Metadata> metadata;
  bool partial = false;

 private:
  std::vector<LabelView> labels_;  // of a Batch, whose labels are strings
};

}  // namespace daytwo::series
