#include "series/batch.h"

#include <cstddef>
#include <span>

#include "series/labels.h"

namespace daytwo::series {

BatchView::BatchView(const Batch& batch) : metadata(batch.metadata), partial(batch.partial) {
  std::size_t count = 0;
  for (const SeriesSamples& one : batch.series) count += one.labels.all().size();
  labels_.reserve(count);  // so that what series point to does not move
  series.reserve(batch.series.size());
  for (const SeriesSamples& one : batch.series) {
    const std::size_t first = labels_.size();
    for (const Label& label : one.labels.all()) labels_.push_back({label.name, label.value});
    series.push_back({std::span(labels_).subspan(first), one.samples});
  }
}

}  // namespace daytwo::series
