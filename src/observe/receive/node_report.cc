#include "observe/receive/node_report.h"

#include <fmt/format.h>

#include "base/text.h"
#include "facts/codec.h"
#include "observe/observation.h"

namespace daytwo::observe {
namespace {

// The host in "process/HOST/..." or "host/HOST".
std::string_view host_of(std::string_view key) {
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view rest = key.substr(slash + 1);
  return rest.substr(0, rest.find('/'));
}

}  // namespace

std::string to_report(std::span<const facts::Record> records) {
  std::string out;
  for (const facts::Record& record : records) {
    out += facts::to_line(record);
    out += '\n';
  }
  return out;
}

Result<std::string> check_report(std::span<const facts::Record> records) {
  if (records.size() > kMaxReportRecords) {
    return fail(Code::kLimit, fmt::format("more than {} records in a report", kMaxReportRecords));
  }
  std::string host;
  for (const facts::Record& record : records) {
    const std::string_view named = host_of(record.key.value);
    if (!std::holds_alternative<facts::Sighting>(record.body) || record.engine != kNodeEngine ||
        named.empty()) {
      return fail(Code::kDenied,
                  fmt::format("{} is nothing that an agent sees", to_utf8(record.key.value)));
    }
    if (host.empty()) host = named;
    if (named != host) {
      return fail(Code::kDenied,
                  fmt::format("a report of {} speaks of {}", to_utf8(host), to_utf8(named)));
    }
  }
  return host;
}

}  // namespace daytwo::observe
