#include "orient/use.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "series/source.h"
#include "series/value.h"

namespace daytwo::orient {
namespace {

constexpr Duration kSlice = days(1);
constexpr int kEmptySlices = 3;

// Movement by the piece it ends in.
using Pieces = std::map<std::int64_t, double>;

void add(Pieces& pieces, UseSign& sign, const series::Column& column) {
  std::optional<double> before;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const double value = column.numbers[i];
    if (series::is_stale_marker(value) || std::isnan(value)) continue;
    const Timestamp at = column.times[i];
    sign.first = std::min(sign.first.value_or(at), at);
    sign.last = std::max(sign.last.value_or(at), at);
    if (before) {
      const double change = sign.gauge        ? std::abs(value - *before)
                            : value < *before ? value
                                              : value - *before;
      pieces[at.ms / kUsePiece.ms] += change;
    }
    before = value;
  }
}

// Reads one slice of one sign; whether it had a sample.
Result<bool> read_slice(const View& view, UseSign& sign, Timestamp from, Timestamp to) {
  // A piece more before it, so that the first increase inside is seen.
  TRY(const auto columns, view.source.select(sign.matchers, {from - kUsePiece, to}, {}));
  Pieces pieces;
  bool any = false;
  for (const series::SeriesColumn& each : columns) {
    any = any || !each.column.empty();
    add(pieces, sign, each.column);
  }
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    if (piece->second <= sign.noise) continue;
    const Timestamp end{(piece->first + 1) * kUsePiece.ms};
    sign.used = std::max(sign.used.value_or(end), std::min(end, view.now));
    break;
  }
  return any;
}

}  // namespace

bool UseOf::is_used() const {
  return std::any_of(signs.begin(), signs.end(),
                     [](const UseSign& sign) { return sign.used.has_value(); });
}

std::optional<Timestamp> UseOf::idle_since() const {
  std::optional<Timestamp> used;
  std::optional<Timestamp> first;
  for (const UseSign& sign : signs) {
    if (sign.used) used = std::max(used.value_or(*sign.used), *sign.used);
    if (sign.first) first = std::min(first.value_or(*sign.first), *sign.first);
  }
  return used ? used : first;
}

Result<void> look_back(const View& view, std::span<UseOf> things) {
  for (UseOf& thing : things) {
    int empty = 0;
    for (Timestamp to = view.now; view.now - to < kUseReach && empty < kEmptySlices;
         to = to - kSlice) {
      bool any = false;
      for (UseSign& sign : thing.signs) {
        TRY(const bool seen, read_slice(view, sign, to - kSlice, to));
        any = any || seen;
      }
      empty = any ? 0 : empty + 1;
      if (thing.is_used()) break;
    }
  }
  return {};
}

}  // namespace daytwo::orient
