#include "store/label_index.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace daytwo::store {
namespace {

void sort_unique(Ids& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

Ids intersect(const Ids& a, const Ids& b) {
  Ids out;
  out.reserve(std::min(a.size(), b.size()));
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

Ids subtract(const Ids& a, const Ids& b) {
  Ids out;
  out.reserve(a.size());
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

// Series that carry a value which the matcher takes (wanted) or refuses.
Ids with_value(const LabelIndex& index, const series::Matcher& matcher, bool wanted) {
  Ids out;
  if (matcher.op() == series::MatchOp::kEqual && wanted) {
    index.postings(matcher.name(), matcher.value(), out);
    return out;
  }
  if (matcher.op() == series::MatchOp::kNotEqual && !wanted) {
    index.postings(matcher.name(), matcher.value(), out);
    return out;
  }
  index.select_values(
      matcher.name(), [&](std::string_view value) { return matcher.matches(value) == wanted; },
      out);
  sort_unique(out);
  return out;
}

}  // namespace

Ids find_series(const LabelIndex& index, std::span<const series::Matcher> matchers) {
  std::vector<Ids> required;
  std::vector<const series::Matcher*> refused;
  for (const bool equalities : {true, false}) {
    for (const series::Matcher& matcher : matchers) {
      const bool equality = matcher.op() == series::MatchOp::kEqual;
      if (equality != equalities) continue;
      if (matcher.matches("")) {
        refused.push_back(&matcher);
        continue;
      }
      required.push_back(with_value(index, matcher, true));
      if (required.back().empty()) return {};
    }
  }
  std::sort(required.begin(), required.end(),
            [](const Ids& a, const Ids& b) { return a.size() < b.size(); });
  Ids out;
  if (required.empty()) {
    out.resize(index.series_count());
    std::iota(out.begin(), out.end(), 0U);
  } else {
    out = std::move(required.front());
    for (std::size_t i = 1; i < required.size() && !out.empty(); ++i) {
      out = intersect(out, required[i]);
    }
  }
  for (const series::Matcher* matcher : refused) {
    if (out.empty()) break;
    out = subtract(out, with_value(index, *matcher, false));
  }
  return out;
}

}  // namespace daytwo::store
