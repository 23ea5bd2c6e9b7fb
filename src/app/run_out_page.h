// The answer of `daytwo calc runout` as JSON.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daytwo::app {

// Use on one day to come.
struct FanRow {
  std::string date;
  double p05 = 0;
  double p50 = 0;
  double p95 = 0;

  static constexpr std::string_view kName = "FanRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("date", self.date);
    v("p05", self.p05);
    v("p50", self.p50);
    v("p95", self.p95);
  }
};

// The answer as JSON. Days and dates are null where it is not reached within a year.
struct RunOutPage {
  double limit = 0;
  double last = 0;
  std::string last_day;
  std::int64_t measured_days = 0;
  bool trend = false;
  double slope_a_day = 0;
  std::optional<double> p05_days;
  std::optional<double> p50_days;
  std::optional<double> p95_days;
  double within_30_days = 0;
  double within_90_days = 0;
  double never_in_a_year = 0;
  double weight_local_trend = 0;
  double weight_block_bootstrap = 0;
  double weight_growth = 0;
  std::vector<FanRow> fan;

  static constexpr std::string_view kName = "RunOutPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("limit", self.limit);
    v("last", self.last);
    v("last_day", self.last_day);
    v("measured_days", self.measured_days);
    v("trend", self.trend);
    v("slope_a_day", self.slope_a_day);
    v("p05_days", self.p05_days);
    v("p50_days", self.p50_days);
    v("p95_days", self.p95_days);
    v("within_30_days", self.within_30_days);
    v("within_90_days", self.within_90_days);
    v("never_in_a_year", self.never_in_a_year);
    v("weight_local_trend", self.weight_local_trend);
    v("weight_block_bootstrap", self.weight_block_bootstrap);
    v("weight_growth", self.weight_growth);
    v("fan", self.fan);
  }
};

}  // namespace daytwo::app
