#include "model/kinship.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace daytwo::model {
namespace {

// Shorter words tie nothing together.
constexpr std::size_t kLeastWord = 4;
// A worry of these words alone is that the service does not work, whatever its incident is called.
constexpr std::array<std::string_view, 12> kDown = {"down",   "dark",        "dead", "fails",
                                                    "outage", "unavailable", "lost", "offline",
                                                    "goes",   "does",        "that", "work"};

std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> out;
  std::string word;
  for (const char c : to_lower(text) + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    if (word.size() >= kLeastWord) out.insert(word);
    word.clear();
  }
  return out;
}

}  // namespace

Kinship::Kinship(std::string service, std::string_view what)
    : service_(std::move(service)), words_(words_of(what)) {
  for (const std::string& word : words_of(service_)) words_.erase(word);
  for (const std::string_view word : kDown) words_.erase(std::string(word));
}

bool Kinship::holds(const std::string& service, std::string_view title) const {
  if (service_.empty() || service != service_) return false;
  if (words_.empty()) return true;
  const std::set<std::string> other = words_of(title);
  return std::any_of(words_.begin(), words_.end(),
                     [&](const std::string& word) { return other.contains(word); });
}

}  // namespace daytwo::model
