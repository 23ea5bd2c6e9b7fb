#include "decide/security/mending.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "decide/security/measure.h"
#include "decide/security/span.h"
#include "model/security_promise.h"

namespace daytwo::decide::security {
namespace {

// The ages in days between which one exposure was watched, and whether it ended at the later one.
struct Life {
  double entered = 0;
  double left = 0;
  bool mended = false;
};

std::vector<Life> lives_of(const model::SecurityPromise& promise,
                           const std::set<std::string>& services,
                           std::span<const ExposureSpan> spans, Timestamp at) {
  std::vector<Life> out;
  // The window is not asked: all that was seen teaches.
  for (const Counted& counted :
       measure(promise, services, spans, Timestamp{}, at, Window::kAllTime).exposures) {
    const ExposureSpan& span = *counted.span;
    const Timestamp begins = counted_from(promise, span);
    const Timestamp end = span.still_open() ? at : span.open.back().to;
    const Timestamp entered = std::max(begins, span.seen());
    if (end <= entered) continue;
    out.push_back({(entered - begins).days(), (end - begins).days(), !span.still_open()});
  }
  return out;
}

}  // namespace

Mending mending_of(const model::SecurityPromise& promise, const std::set<std::string>& services,
                   std::span<const ExposureSpan> spans, Timestamp at) {
  Mending out;
  const std::vector<Life> lives = lives_of(promise, services, spans, at);
  std::set<double> ends;
  double oldest = 0;
  for (const Life& life : lives) {
    (life.mended ? out.mended : out.open) += 1;
    if (life.mended) ends.insert(life.left);
    oldest = std::max(oldest, life.left);
  }
  const double due = promise.due.days();
  double open = 1;  // share that lasts beyond the age looked at
  std::optional<double> open_when_due;
  for (const double age : ends) {
    if (age > due && !open_when_due) open_when_due = open;
    double watched = 0;
    double ended = 0;
    for (const Life& life : lives) {
      if (life.entered < age && age <= life.left) ++watched;
      if (life.mended && life.left == age) ++ended;
    }
    open *= 1 - ended / watched;
    if (!out.median_days && open <= 0.5) out.median_days = age;
  }
  if (!open_when_due && (oldest >= due || open == 0)) open_when_due = open;
  if (open_when_due && !lives.empty()) out.within_due = 1 - *open_when_due;
  return out;
}

}  // namespace daytwo::decide::security
