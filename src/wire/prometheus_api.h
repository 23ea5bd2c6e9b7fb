// The JSON of Prometheus's HTTP API, the asking side: what /api/v1/... answers, as values
// [prometheus.io/docs/prometheus/latest/querying/api].
//   {"status":"success","data":..} or {"status":"error","errorType":..,"error":..}
// Errors of every function below: kInvalid when the body is no such answer; when it says "error",
// its text with the code of its type (bad_data kInvalid, timeout kTimeout, canceled kCanceled,
// unavailable kUnavailable, not_found kNotFound, too_many_requests kLimit, internal kInternal).
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "series/source.h"

namespace daytwo::wire {

// What a server says of itself at /api/v1/status/buildinfo.
struct Build {
  std::string version;
  std::string application;  // Mimir says "Grafana Mimir"; Prometheus says nothing
  std::string go_version;   // VictoriaMetrics says none
};

// Reads the answer of status/buildinfo. VictoriaMetrics leaves all or most of it empty.
[[nodiscard]] Result<Build> parse_build_info(std::string_view body);

// Reads the answer of labels and label/NAME/values; sorted.
[[nodiscard]] Result<std::vector<std::string>> parse_texts(std::string_view body);

// Reads the answer of series; sorted, each once.
[[nodiscard]] Result<std::vector<series::Labels>> parse_label_sets(std::string_view body);

// Reads the answer of metadata: the first entry of each family, sorted by family.
[[nodiscard]] Result<std::vector<series::Metadata>> parse_metadata(std::string_view body);

// Reads the answer of an instant query as one number: a scalar, or the only element of a vector.
// Nothing for no element, several, a histogram or NaN.
[[nodiscard]] Result<std::optional<double>> parse_single_number(std::string_view body);

// The error that a body other than a success holds, for answers whose HTTP status is not 2xx.
// Nothing when it is no error of this API.
[[nodiscard]] std::optional<Error> find_api_error(std::string_view body);

// The sentence in the body of an answer that is no success: the "error" of Prometheus's API, or the
// text of daytwo's own. Empty when it is neither.
[[nodiscard]] std::string error_sentence(std::string_view body);

}  // namespace daytwo::wire
