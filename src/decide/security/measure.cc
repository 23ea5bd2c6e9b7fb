#include "decide/security/measure.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/id.h"
#include "base/time.h"
#include "decide/security/span.h"
#include "model/security_promise.h"
#include "model/service.h"

namespace daytwo::decide::security {
namespace {

bool is_covered(const model::SecurityPromise& promise, const ExposureSpan& span) {
  return promise.covers == model::Covered::kRunning || span.exploited.ms != 0;
}

bool concerns(const std::set<std::string>& services, const ExposureSpan& span) {
  return std::any_of(span.services.begin(), span.services.end(),
                     [&](const std::string& name) { return services.contains(name); });
}

double days_between(Timestamp from, Timestamp to) { return from < to ? (to - from).days() : 0; }

// The days of one exposure in [from, at).
Counted count(const model::SecurityPromise& promise, const ExposureSpan& span, Timestamp from,
              Timestamp at) {
  Counted out;
  out.span = &span;
  const Timestamp begins = counted_from(promise, span);
  out.due = begins + promise.due;
  // What is not yet known to be exploited is not promised yet.
  const bool exploited = promise.covers == model::Covered::kExploited;
  const Timestamp first = std::max(from, exploited ? span.exploited : Timestamp{});
  for (const OpenTime& time : span.open) {
    const Timestamp end = time.still_open ? at : std::min(time.to, at);
    const Timestamp start = std::max(first, time.from);
    out.days += days_between(start, end);
    out.overdue += days_between(std::max(start, out.due), end);
    if (time.from <= at && (time.still_open || at < time.to) && first <= at) out.still_open = true;
  }
  out.is_late = out.still_open && out.due <= at;
  return out;
}

// The spans as they would be: what is late is mended now, the rest when due; or all as it is.
std::vector<ExposureSpan> spans_then(const model::SecurityPromise& promise,
                                     std::span<const ExposureSpan> spans, Timestamp now,
                                     From from) {
  std::vector<ExposureSpan> out(spans.begin(), spans.end());
  if (from == From::kLeftOpen) return out;
  for (ExposureSpan& span : out) {
    if (!span.still_open()) continue;
    OpenTime& last = span.open.back();
    last.to = std::max(now, counted_from(promise, span) + promise.due);
    last.still_open = false;
  }
  return out;
}

}  // namespace

std::set<std::string> covered_services(const model::Catalog& catalog,
                                       const model::SecurityPromise& promise) {
  std::set<std::string> out;
  std::vector<ServiceId> open = {promise.service};
  while (!open.empty()) {
    const ServiceId id = open.back();
    open.pop_back();
    if (!out.insert(id.value).second) continue;
    const model::Service* service = catalog.find(id);
    if (service == nullptr) continue;
    for (const model::Dependency& dependency : service->depends) {
      open.insert(open.end(), dependency.on.begin(), dependency.on.end());
    }
  }
  return out;
}

Timestamp counted_from(const model::SecurityPromise& promise, const ExposureSpan& span) {
  const Timestamp known = promise.covers == model::Covered::kExploited ? span.exploited
                          : span.published.ms != 0                     ? span.published
                                                                       : span.exploited;
  if (known.ms == 0) return span.seen();
  return promise.counted == model::CountedFrom::kSight ? std::max(known, span.seen()) : known;
}

std::optional<double> Measured::within() const {
  if (days <= 0) return std::nullopt;
  return 1 - overdue / days;
}

double Measured::budget(const model::SecurityPromise& promise) const {
  return promise.allowed() * days;
}

double Measured::budget_left(const model::SecurityPromise& promise) const {
  return budget(promise) - overdue;
}

std::optional<double> Measured::spent(const model::SecurityPromise& promise) const {
  if (days <= 0) return std::nullopt;
  return overdue / budget(promise);
}

std::optional<double> Measured::burn(const model::SecurityPromise& promise) const {
  if (still_open == 0) return std::nullopt;
  return static_cast<double>(late) / static_cast<double>(still_open) / promise.allowed();
}

bool Measured::is_kept(const model::SecurityPromise& promise) const {
  return overdue <= budget(promise);
}

Measured measure(const model::SecurityPromise& promise, const std::set<std::string>& services,
                 std::span<const ExposureSpan> spans, Timestamp since, Timestamp at,
                 Window window) {
  CHECK(since <= at, "what is measured began before it ends");
  Measured out;
  out.from = window == Window::kAllTime ? since : std::max(since, at - promise.window);
  out.at = at;
  out.measured_share = (at - out.from).days() / promise.window.days();
  for (const ExposureSpan& span : spans) {
    if (!is_covered(promise, span)) continue;
    const Counted counted = count(promise, span, out.from, at);
    if (counted.days <= 0 && !counted.still_open) continue;
    if (!concerns(services, span)) {
      ++out.not_ours;
      continue;
    }
    out.days += counted.days;
    out.overdue += counted.overdue;
    out.still_open += counted.still_open ? 1U : 0U;
    out.late += counted.is_late ? 1U : 0U;
    out.exposures.push_back(counted);
  }
  std::stable_sort(out.exposures.begin(), out.exposures.end(),
                   [](const Counted& a, const Counted& b) {
                     if (a.is_late != b.is_late) return a.is_late;
                     if (a.still_open != b.still_open) return a.still_open;
                     return a.due < b.due;
                   });
  return out;
}

Foreseen foresee(const model::SecurityPromise& promise, const std::set<std::string>& services,
                 std::span<const ExposureSpan> spans, Timestamp since, Timestamp at,
                 Timestamp later, From from) {
  CHECK(at <= later, "what is foreseen lies ahead");
  const std::vector<ExposureSpan> then = spans_then(promise, spans, at, from);
  const Measured found = measure(promise, services, then, since, later);
  return {found.within(), found.is_kept(promise)};
}

std::optional<Timestamp> turns_at(const model::SecurityPromise& promise,
                                  const std::set<std::string>& services,
                                  std::span<const ExposureSpan> spans, Timestamp since,
                                  Timestamp at, From from) {
  const std::vector<ExposureSpan> then = spans_then(promise, spans, at, from);
  const bool now = measure(promise, services, then, since, at).is_kept(promise);
  for (Timestamp day = at + days(1); day <= at + promise.window; day = day + days(1)) {
    if (measure(promise, services, then, since, day).is_kept(promise) != now) return day;
  }
  return std::nullopt;
}

}  // namespace daytwo::decide::security
