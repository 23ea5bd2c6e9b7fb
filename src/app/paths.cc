#include "app/paths.h"

#include <algorithm>

namespace daytwo::app {
namespace {

bool is_pattern(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// Expands the parts of `rest` below `folder`.
void expand_below(const env::Files& files, const std::string& folder, std::string_view rest,
                  std::vector<std::string>& out) {
  const std::size_t slash = rest.find('/');
  const std::string part(rest.substr(0, slash));
  const bool last = slash == std::string_view::npos;
  const std::string prefix = folder.empty() || folder.ends_with('/') ? folder : folder + '/';
  if (!is_pattern(part)) {
    if (last) {
      if (files.facts(prefix + part)) out.push_back(prefix + part);
    } else {
      expand_below(files, prefix + part, rest.substr(slash + 1), out);
    }
    return;
  }
  const auto names = files.list(folder.empty() ? "." : folder);
  if (!names) return;
  for (const std::string& name : *names) {
    if (name.starts_with('.') || !fits(part, name)) continue;
    if (last) {
      out.push_back(prefix + name);
    } else {
      expand_below(files, prefix + name, rest.substr(slash + 1), out);
    }
  }
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string below(const std::string& folder, const std::string& path) {
  return path.starts_with('/') || folder == "." ? path : folder + '/' + path;
}

bool fits(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string> expand(const env::Files& files, const std::string& pattern) {
  if (!is_pattern(pattern)) return {pattern};
  std::vector<std::string> out;
  if (pattern.starts_with('/')) {
    expand_below(files, "/", std::string_view(pattern).substr(1), out);
  } else {
    expand_below(files, "", pattern, out);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace daytwo::app
