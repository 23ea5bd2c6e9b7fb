#include "env/os/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstddef>

#include "base/text.h"

namespace daytwo::env::os {
namespace {

constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warn", "error"};
constexpr std::array<int, 4> kPriorities = {7, 6, 4, 3};  // syslog(3)
constexpr Duration kWindow = seconds(10);

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, to_utf8(text));
  out += '"';
}

// Logfmt quotes what has blanks, quotes, equal signs or control characters.
void append_value(std::string& out, std::string_view text) {
  bool plain = !text.empty();
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '=' || c == '\\') plain = false;
  }
  if (plain && is_utf8(text)) {
    out += text;
  } else {
    append_quoted(out, text);
  }
}

}  // namespace

std::string format_line(const LogOptions& options, Timestamp at, LogLevel level,
                        std::string_view room, std::string_view message,
                        std::span<const LogField> fields, int dropped) {
  const bool json = options.format == LogFormat::kJson;
  const auto index = static_cast<std::size_t>(level);
  std::string out;
  if (options.systemd) out += fmt::format("<{}>", kPriorities.at(index));
  if (json) out += '{';
  bool first = true;
  const auto field = [&](std::string_view key, std::string_view value) {
    if (!first) out += json ? ',' : ' ';
    first = false;
    if (json) {
      append_quoted(out, key);
      out += ':';
      append_quoted(out, value);
    } else {
      out += key;
      out += '=';
      append_value(out, value);
    }
  };
  if (!options.systemd) field("ts", to_rfc3339(at));
  field("level", kLevels.at(index));
  field("room", room);
  field("msg", message);
  for (const LogField& extra : fields) field(extra.key, extra.value);
  if (dropped > 0) field("left_out", std::to_string(dropped));
  if (json) out += '}';
  return out;
}

bool StderrLog::allow(std::string_view message, int* dropped) {
  const std::lock_guard lock(mutex_);
  const Duration now = clock_.mono();
  const auto it = rates_.find(message);
  Rate& rate = it != rates_.end() ? it->second : rates_[std::string(message)];
  if (rate.lines == 0 || now - rate.window >= kWindow) {
    *dropped = rate.dropped;
    rate = Rate{now, 0, 0};
  }
  if (rate.lines >= options_.lines_per_message) {
    ++rate.dropped;
    return false;
  }
  ++rate.lines;
  return true;
}

void StderrLog::write(LogLevel level, std::string_view room, std::string_view message,
                      std::initializer_list<LogField> fields) {
  if (level < options_.level) return;
  int dropped = 0;
  if (!allow(message, &dropped)) return;
  std::string line = format_line(options_, clock_.wall(), level, room, message,
                                 std::span(fields.begin(), fields.size()), dropped);
  line += '\n';
  // One write a line, so that lines of several threads do not mix; nothing can be done about a
  // failure.
  const auto written = ::write(2, line.data(), line.size());
  static_cast<void>(written);
}

}  // namespace daytwo::env::os
