// Metrics as programs expose them: the text format 0.0.4 and OpenMetrics 1.0 in, samples out.
// Sources: prometheus.io/docs/instrumenting/exposition_formats, OpenMetrics 1.0 specification.
// One broken line costs the whole text, as in Prometheus: half a scrape would look like a whole
// one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "series/labels.h"
#include "series/source.h"

namespace daytwo::wire {

// Which of the two a text is in.
enum class ExpositionFormat { kText, kOpenMetrics };

// The format that a Content-Type names; absent when it names another one.
[[nodiscard]] std::optional<ExpositionFormat> exposition_format(std::string_view content_type);

// Bounds of one text. 0 = none but those of the store.
struct ExpositionLimits {
  std::size_t samples = 0;
  std::size_t labels = 0;  // on one sample, without the name
};

// One line: the name stands under __name__. Labels are as written, in their order, names unique.
struct ExposedSample {
  std::vector<series::Label> labels;
  double value = 0;
  std::optional<Timestamp> at;  // most programs leave the time to who asks
};

// What a program exposes.
struct Exposition {
  std::vector<ExposedSample> samples;
  std::vector<series::Metadata> metadata;
};

// Reads `text`. Names may be UTF-8 in quotes ({"my.name",l="v"}); `le` and `quantile` of histograms
// and summaries become floats ("1" is "1.0"); exemplars are checked and left out. Errors: kInvalid
// with line and column in `source`, kLimit.
[[nodiscard]] Result<Exposition> parse_exposition(std::string_view text, ExpositionFormat format,
                                                  std::string_view source,
                                                  const ExpositionLimits& limits = {});

}  // namespace daytwo::wire
