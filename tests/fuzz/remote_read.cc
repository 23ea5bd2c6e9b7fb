// Answers of an attached server, raw samples and JSON: no crash, and what is accepted keeps the
// rules of the border.
#include "wire/remote_read.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "wire/prometheus_api.h"
#include "wire/snappy_block.h"

namespace {

void check_columns(std::string_view body) {
  constexpr std::size_t kMost = 100;
  const auto columns = daytwo::wire::decode_read_response(body, kMost);
  if (!columns) return;
  std::size_t samples = 0;
  for (std::size_t i = 0; i < columns->size(); ++i) {
    const daytwo::series::SeriesColumn& one = (*columns)[i];
    CHECK(i == 0 || (*columns)[i - 1].labels < one.labels, "series out of order");
    CHECK(!one.column.empty(), "a series without samples got through");
    CHECK(one.column.numbers.size() == one.column.size(), "columns of unequal length");
    for (std::size_t at = 1; at < one.column.size(); ++at) {
      CHECK(one.column.times[at - 1] < one.column.times[at], "samples out of order");
    }
    samples += one.column.size();
  }
  CHECK(samples <= kMost, "more samples than allowed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  check_columns(body);
  check_columns(daytwo::wire::pack_snappy(body));  // most mutations break the packing alone
  static_cast<void>(daytwo::wire::parse_build_info(body));
  static_cast<void>(daytwo::wire::parse_texts(body));
  static_cast<void>(daytwo::wire::parse_label_sets(body));
  static_cast<void>(daytwo::wire::parse_metadata(body));
  static_cast<void>(daytwo::wire::parse_single_number(body));
  static_cast<void>(daytwo::wire::find_api_error(body));
  return 0;
}
