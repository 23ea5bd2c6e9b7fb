#include "http/target.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/percent.h"
#include "base/text.h"

namespace daytwo::http {
namespace {

// More parameters than this are the mark of an attack on quadratic code.
constexpr std::size_t kMaxParams = 1000;

// Takes the text up to `separator` off the front.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

}  // namespace

std::optional<std::string> Params::find(std::string_view name) const {
  for (const auto& [key, value] : all_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string Params::get(std::string_view name) const { return find(name).value_or(""); }

std::vector<std::string> Params::get_all(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : all_) {
    if (key == name) out.push_back(value);
  }
  return out;
}

Result<std::string> decode_text(std::string_view text, bool plus_is_space) {
  std::string spaced(text);
  if (plus_is_space) std::replace(spaced.begin(), spaced.end(), '+', ' ');
  auto out = percent_decode(spaced);
  if (!out) return fail(Code::kInvalid, "a broken % escape in the address");
  if (out->find('\0') != std::string::npos) {
    return fail(Code::kInvalid, "a NUL byte in the address");
  }
  if (!is_utf8(*out)) return fail(Code::kInvalid, "the address is not UTF-8");
  return *std::move(out);
}

Result<Target> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') {
    return fail(Code::kInvalid, "the request's target does not start with /");
  }
  const std::size_t mark = target.find('?');
  Target out;
  if (mark != std::string_view::npos) out.query = target.substr(mark + 1);
  std::string_view rest = target.substr(1, mark == std::string_view::npos ? mark : mark - 1);
  const bool slash_at_end = rest.ends_with('/');
  while (!rest.empty()) {
    TRY(std::string segment, decode_text(take_until(rest, '/'), false));
    if (segment == "." || segment == "..") {
      return fail(Code::kInvalid, "the path holds a segment '.' or '..'");
    }
    out.path += '/';
    for (const char c : segment) {
      if (c == '/') {
        out.path += "%2F";
      } else {
        out.path += c;
      }
    }
  }
  if (slash_at_end || out.path.empty()) out.path += '/';
  return out;
}

Result<void> parse_params(std::string_view text, Params& params) {
  while (!text.empty()) {
    std::string_view pair = take_until(text, '&');
    if (pair.empty()) continue;
    if (params.all().size() >= kMaxParams) return fail(Code::kInvalid, "too many parameters");
    const std::string_view name = take_until(pair, '=');
    TRY(std::string decoded_name, decode_text(name, true));
    TRY(std::string decoded_value, decode_text(pair, true));
    params.add(std::move(decoded_name), std::move(decoded_value));
  }
  return {};
}

bool match_path(std::string_view pattern, std::string_view path, std::vector<std::string>& values) {
  values.clear();
  while (!pattern.empty()) {
    if (path.empty()) return false;
    const bool more_pattern = pattern.find('/') != std::string_view::npos;
    const bool more_path = path.find('/') != std::string_view::npos;
    const std::string_view wanted = take_until(pattern, '/');
    const std::string_view segment = take_until(path, '/');
    if (wanted.starts_with('{') && wanted.ends_with('}')) {
      if (segment.empty()) return false;
      std::string value(segment);
      for (std::size_t at = value.find("%2F"); at != std::string::npos;
           at = value.find("%2F", at)) {
        value.replace(at, 3, "/");
      }
      values.push_back(std::move(value));
    } else if (wanted != segment) {
      return false;
    }
    if (more_pattern != more_path) return false;
  }
  return path.empty();
}

}  // namespace daytwo::http
