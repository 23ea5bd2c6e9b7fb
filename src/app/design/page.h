// The page of a design check: the report as JSON that programs read, and that a later check is
// compared with.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/design/check.h"

namespace daytwo::app::design {

// Money a year with its 90 % interval.
struct MoneyAYear {
  std::string unit;
  double p05 = 0;
  double p50 = 0;
  double p95 = 0;
  double mean = 0;

  static constexpr std::string_view kName = "MoneyAYear";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("unit", self.unit);
    v("p05", self.p05);
    v("p50", self.p50);
    v("p95", self.p95);
    v("mean", self.mean);
  }
};

// What a need takes of a budget: 1 is all of it.
struct NeedRow {
  std::string service;
  std::string source;
  double availability = 0;
  double takes = 0;

  static constexpr std::string_view kName = "NeedRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("source", self.source);
    v("availability", self.availability);
    v("takes", self.takes);
  }
};

// A change that would keep the promise.
struct RemedyRow {
  std::string words;
  double ceiling = 0;

  static constexpr std::string_view kName = "RemedyRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("words", self.words);
    v("ceiling", self.ceiling);
  }
};

// One promise of availability.
struct PromiseRow {
  std::string service;
  std::string objective;
  std::string target;  // percent
  std::string window;
  std::string standing;
  double ceiling = 0;
  double ceiling_low = 0;  // 90 %
  double ceiling_high = 0;
  double ceiling_error = 0;  // standard error of a sample; 0: exact
  double bound_low = 0;      // however failures hang together
  double bound_high = 0;
  double chance_kept = 0;
  double overlap_needed = 0;
  double budget_left = 0;
  std::vector<NeedRow> needs;
  std::vector<std::string> unknown_needs;
  std::vector<RemedyRow> remedies;
  std::optional<MoneyAYear> costs;  // of the downtime that its needs cause
  std::string sentence;

  static constexpr std::string_view kName = "PromiseRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("objective", self.objective);
    v("target", self.target);
    v("window", self.window);
    v("standing", self.standing);
    v("ceiling", self.ceiling);
    v("ceiling_low", self.ceiling_low);
    v("ceiling_high", self.ceiling_high);
    v("ceiling_error", self.ceiling_error);
    v("bound_low", self.bound_low);
    v("bound_high", self.bound_high);
    v("chance_kept", self.chance_kept);
    v("overlap_needed", self.overlap_needed);
    v("budget_left", self.budget_left);
    v("needs", self.needs);
    v("unknown_needs", self.unknown_needs);
    v("remedies", self.remedies);
    v.optional("costs", self.costs);
    v("sentence", self.sentence);
  }
};

// One thing that is wrong.
struct FindingRow {
  std::string rule;
  std::string level;
  std::string service;
  std::string key;  // the same finding in another report
  std::string file;
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::string text;
  std::string mend;

  static constexpr std::string_view kName = "FindingRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("rule", self.rule);
    v("level", self.level);
    v("service", self.service);
    v("key", self.key);
    v("file", self.file);
    v("line", self.line);
    v("column", self.column);
    v("text", self.text);
    v("mend", self.mend);
  }
};

// The whole report.
struct Page {
  std::string sentence;
  std::int64_t services = 0;
  std::vector<PromiseRow> promises;
  std::vector<FindingRow> findings;
  std::vector<std::string> skipped;  // files and documents that are no services, and why
  std::vector<std::string> changes;  // since the report that it is compared with

  static constexpr std::string_view kName = "DesignPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("sentence", self.sentence);
    v("services", self.services);
    v("promises", self.promises);
    v("findings", self.findings);
    v("skipped", self.skipped);
    v("changes", self.changes);
  }
};

// The report as a page.
[[nodiscard]] Page page_of(const decide::design::Report& report, std::vector<std::string> skipped);

// What became different since `before`, in sentences, worst first: promises that fell or rose with
// the money a year that goes with it, findings that are new or gone.
[[nodiscard]] std::vector<std::string> changes_since(const Page& before, const Page& now);

}  // namespace daytwo::app::design
