// How a distribution prints and reads back:
//   value = WORD "(" number { "," number } ")"
//         | "empirical(" number { "," number } ")" | "mixture(" w "," value { "," w "," value } ")"
//         | "truncate(" value "," low "," high ")" | "max(" value "," n ")" | "min(" value "," n
//         ")"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "chance/family.h"

namespace daytwo::chance {
namespace {

// Nesting that is still read: mixtures of mixtures, each with its own wrappers.
constexpr int kMaxDepth = 32;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Distribution> all() {
    TRY(Distribution out, value(0));
    skip();
    if (at_ != text_.size()) return wrong();
    return out;
  }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong() const {
    return fail(Code::kInvalid, "'" + std::string(text_) + "' is not a distribution");
  }

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view word() {
    skip();
    const std::size_t from = at_;
    while (at_ < text_.size() && ((text_[at_] >= 'a' && text_[at_] <= 'z') || text_[at_] == '_')) {
      ++at_;
    }
    return text_.substr(from, at_ - from);
  }

  Result<double> number() {
    skip();
    const std::size_t end = std::min(text_.find_first_of(",) ", at_), text_.size());
    const std::string_view digits = text_.substr(at_, end - at_);
    at_ = end;
    if (digits == "+Inf") return INFINITY;
    if (digits == "-Inf") return -INFINITY;
    double out = 0;
    const auto [stop, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (code != std::errc{} || stop != digits.data() + digits.size() || !std::isfinite(out)) {
      return wrong();
    }
    return out;
  }

  Result<std::vector<double>> numbers() {
    std::vector<double> out;
    do {
      TRY(const double next, number());
      out.push_back(next);
    } while (take(','));
    if (!take(')')) return wrong();
    return out;
  }

  Result<Distribution> mixed(int depth) {
    std::vector<Distribution> parts;
    std::vector<double> weights;
    do {
      TRY(const double weight, number());
      if (!take(',')) return wrong();
      TRY(Distribution part, value(depth + 1));
      weights.push_back(weight);
      parts.push_back(std::move(part));
    } while (take(','));
    if (!take(')')) return wrong();
    return mixture(parts, weights);
  }

  // "min(", "max(" and "truncate(": a value, then their numbers.
  Result<Distribution> wrapped(std::string_view name, int depth) {
    TRY(Distribution inner, value(depth + 1));
    if (!take(',')) return wrong();
    TRY(const std::vector<double> ends, numbers());
    if (ends.size() != (name == "truncate" ? 2U : 1U)) return wrong();
    if (name == "min") return capped(std::move(inner), ends[0]);
    if (name == "max") return floored(std::move(inner), ends[0]);
    return truncated(std::move(inner), ends[0], ends[1]);
  }

  Result<Distribution> value(int depth) {
    if (depth > kMaxDepth) return wrong();
    const std::string_view name = word();
    if (!take('(')) return wrong();
    if (name == "min" || name == "max" || name == "truncate") return wrapped(name, depth);
    if (name == "mixture") return mixed(depth);
    TRY(const std::vector<double> parameters, numbers());
    if (name == "empirical") return empirical(parameters);
    for (const FamilyWord& known : family_words()) {
      if (known.word == name && known.parameters > 0) {
        if (parameters.size() != known.parameters) return wrong();
        auto made = make(known.family, parameters);
        if (!made) return wrong();
        return made;
      }
    }
    return wrong();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

}  // namespace

std::string Distribution::to_string() const {
  const FamilyWord& known = word_of(family);
  std::vector<std::string> words;
  if (family == Family::kMixture) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      words.push_back(format_double(points[i]));
      words.push_back(parts[i].to_string());
    }
  } else if (family == Family::kEmpirical) {
    for (const double at : points) words.push_back(format_double(at));
  } else {
    const std::array<double, 5> values = {a, b, c, d, e};
    for (std::size_t i = 0; i < known.parameters; ++i) words.push_back(format_double(values.at(i)));
  }
  std::string out = std::string(known.word) + "(" + joined(words) + ")";
  if (is_truncated()) {
    out = "truncate(" + out + ", " + format_double(above) + ", " + format_double(below) + ")";
  }
  if (!std::isinf(floor)) out = "max(" + out + ", " + format_double(floor) + ")";
  return std::isinf(cap) ? out : "min(" + out + ", " + format_double(cap) + ")";
}

Result<Distribution> parse_distribution(std::string_view text) { return Reader(text).all(); }

}  // namespace daytwo::chance
