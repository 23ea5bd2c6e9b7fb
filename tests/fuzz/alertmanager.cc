// Bodies of POST /api/v2/alerts and of an Alertmanager's webhook.
#include "wire/alertmanager.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
  if (const auto posted =
          daytwo::wire::parse_posted_alerts(text, daytwo::Timestamp{1'795'377'600'000})) {
    for (const daytwo::wire::Alert& alert : posted->alerts) {
      CHECK(!alert.labels.empty(), "an alert has a label");
      CHECK(alert.starts <= alert.ends, "an alert ends after its start");
      CHECK(daytwo::wire::fingerprint(alert.labels).size() == 16, "a fingerprint has 16 digits");
    }
  }
  static_cast<void>(daytwo::wire::parse_webhook(text));
  return 0;
}
