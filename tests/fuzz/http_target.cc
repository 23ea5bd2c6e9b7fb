// Targets, parameters, hosts and path patterns as strangers may send them.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/percent.h"
#include "base/text.h"
#include "http/address.h"
#include "http/gzip.h"
#include "http/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
  if (const auto target = daytwo::http::parse_target(text)) {
    CHECK(target->path.starts_with('/'), "a path starts with a slash");
    CHECK(daytwo::is_utf8(target->path), "a path is UTF-8");
    CHECK((target->path + "/").find("/../") == std::string::npos, "no path climbs");
    std::vector<std::string> values;
    static_cast<void>(
        daytwo::http::match_path("/api/v1/label/{name}/values", target->path, values));
  }
  daytwo::http::Params params;
  if (daytwo::http::parse_params(text, params)) {
    std::string again;
    for (const auto& [name, value] : params.all()) {
      again += daytwo::percent_encode(name) + "=" + daytwo::percent_encode(value) + "&";
    }
    daytwo::http::Params twice;
    CHECK(daytwo::http::parse_params(again, twice).has_value(), "what was read can be written");
    CHECK(twice.all() == params.all(), "and reads the same");
  }
  static_cast<void>(daytwo::http::parse_host_header(text));
  static_cast<void>(daytwo::http::parse_listen_address(text));
  static_cast<void>(daytwo::http::accepts_gzip(text));
  return 0;
}
