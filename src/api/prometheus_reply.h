// Answers in Prometheus's envelope, written without a tree in between: results of queries are the
// largest answers of all. [prometheus.io/docs/prometheus/latest/querying/api]
//   {"status":"success","data":..,"warnings":[..],"infos":[..]}
// Values print as Prometheus prints them: "1", "1e-07", "NaN", "+Inf"; times as seconds with no or
// exactly three decimals.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "http/message.h"
#include "series/labels.h"
#include "series/value.h"

namespace daytwo::api {

// Remarks that go with a result.
struct Remarks {
  std::vector<std::string> warnings;
  std::vector<std::string> infos;
};

// Success around `data`, which is JSON. At most 10 remarks of each kind are written.
[[nodiscard]] http::Response reply_prometheus(std::string_view data, const Remarks& remarks = {});

// The status, type and text of Prometheus for an error: bad_data 400, execution 422, canceled 499,
// timeout 503, not_found 404, unauthorized 401 or 403, internal 500.
[[nodiscard]] http::Response reply_prometheus_error(const Error& error);

// The same with the class given: a query's errors are sorted by the engine.
[[nodiscard]] http::Response reply_prometheus_error(std::string_view error_class,
                                                    std::string_view text);

// 1435781451 or 1435781451.781.
void append_time(std::string& out, Timestamp at);

// The value in quotes: "1.5", "NaN".
void append_value(std::string& out, double value);

// {"a":"b",...}, sorted by name.
void append_labels(std::string& out, const series::Labels& labels);

// ["a","b"].
[[nodiscard]] std::string to_json_list(const std::vector<std::string>& texts);

// {"count":"..","sum":"..","buckets":[[rule,"left","right","count"],..]}; empty buckets left out.
void append_histogram(std::string& out, const series::FloatHistogram& histogram);

// {"metric":{..},"values":[[t,"v"],..],"histograms":[[t,H],..]}; the last two only if not empty.
void append_column(std::string& out, const series::Labels& labels, const series::Column& column);

}  // namespace daytwo::api
