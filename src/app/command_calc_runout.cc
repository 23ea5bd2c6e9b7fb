// daytwo calc runout: when a series reaches a limit.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "app/commands.h"
#include "app/config.h"
#include "app/daily_series.h"
#include "app/run_out_page.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/time.h"
#include "chance/seed.h"
#include "model/json.h"
#include "orient/ahead/run_out_date.h"

namespace daytwo::app {
namespace {

namespace ahead = orient::ahead;

std::string date_of(const DailySeries& series, double days_on) {
  return to_rfc3339(series.last_day + days(static_cast<std::int64_t>(std::ceil(days_on))))
      .substr(0, 10);
}

std::string date_words(const DailySeries& series, const std::optional<double>& days_on) {
  return days_on ? date_of(series, *days_on) : "later than a year";
}

Result<double> limit_of(const Arguments& arguments) {
  const std::string text = arguments.get("--limit");
  double out = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, out);
  if (error == std::errc() && end == last && std::isfinite(out)) return out;
  return fail(Code::kInvalid,
              fmt::format("--limit '{}': expected a number in the unit of the values", text));
}

// A chance told by some hundred futures: none is nearer to 0 or 1 than they can tell.
std::string chance_words(double chance) {
  if (chance < 0.01) return "under 1 %";
  if (chance > 0.99) return "over 99 %";
  return fmt::format("{:.0f} %", chance * 100);
}

RunOutPage page_of(const DailySeries& series, double limit, const ahead::RunOutDate& said) {
  const auto reached = [](double days) {
    return std::isfinite(days) ? std::optional(days) : std::nullopt;
  };
  RunOutPage out;
  out.limit = limit;
  for (const double value : series.values) {
    if (std::isnan(value)) continue;
    out.last = value;
    ++out.measured_days;
  }
  out.last_day = date_of(series, 0);
  out.trend = said.trend;
  out.slope_a_day = said.slope;
  out.p05_days = reached(said.p05);
  out.p50_days = reached(said.p50);
  out.p95_days = reached(said.p95);
  out.within_30_days = said.within_30_days;
  out.within_90_days = said.within_90_days;
  out.never_in_a_year = 1 - said.within_a_year;
  out.weight_local_trend = said.weights[0];
  out.weight_block_bootstrap = said.weights[1];
  out.weight_growth = said.weights[2];
  for (const ahead::FanDay& each : said.fan) {
    out.fan.push_back({date_of(series, each.day), each.p05, each.p50, each.p95});
  }
  return out;
}

std::string sentence_of(const DailySeries& series, const RunOutPage& page) {
  if (page.p95_days && *page.p95_days <= 0) {
    return fmt::format("{:g} is reached: the last day is at {:g}", page.limit, page.last);
  }
  if (!page.trend) {
    return fmt::format("no date: nothing shows beyond doubt that it goes towards {:g}", page.limit);
  }
  return fmt::format("{:g} is reached on {} ({} to {}, 90 %)", page.limit,
                     date_words(series, page.p50_days), date_words(series, page.p05_days),
                     date_words(series, page.p95_days));
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto limit = limit_of(arguments);
  if (!limit) return print_error(limit.error());
  const std::string& path = arguments.positional.at(0);
  const auto text = world.files.read(path, kMaxConfigBytes);
  if (!text) return print_error(text.error());
  const auto series = read_daily_series(*text, path);
  if (!series) return print_error(series.error());
  const auto seed = arguments.whole_number("--seed", 0, ~std::uint64_t{0});
  if (!seed) return print_error(seed.error());
  const auto said = ahead::run_out_date(series->values, *limit, chance::Seed{*seed});
  if (!said) return print_error(said.error());
  const RunOutPage page = page_of(*series, *limit, *said);
  Table table{{"date", "low", "middle", "high"}, {}, 0};
  for (const FanRow& row : page.fan) {
    table.rows.push_back({row.date, fmt::format("{:.6g}", row.p05), fmt::format("{:.6g}", row.p50),
                          fmt::format("{:.6g}", row.p95)});
  }
  if (*output == Output::kTable) {
    fmt::print("{}\n", sentence_of(*series, page));
    fmt::print(
        "chance within 30 days {}, within 90 days {}, not within a year {}; {} measured days, "
        "{:+.3g} a day\n\n",
        chance_words(page.within_30_days), chance_words(page.within_90_days),
        chance_words(page.never_in_a_year), page.measured_days, page.slope_a_day);
  }
  print(*output, table, model::to_json(page));
  return kGood;
}

}  // namespace

Command calc_runout_command() {
  return {
      {"calc", "runout"},
      "FILE",
      1,
      1,
      "Say when a series of use reaches a limit, as an interval, with the server's forecast. FILE "
      "is CSV or JSON with the columns timestamp and value; the highest value of each day (UTC) "
      "counts. Needs 14 days and no server.",
      {"daytwo calc runout disk.csv --limit 500",
       "daytwo calc runout disk.csv --limit 500e9 --output json"},
      {{"--limit", "NUMBER", "", "what is there to be used, in the unit of the values"},
       {"--seed", "N", "1", "where the draws begin; the same seed, the same answer"},
       output_option()},
      run};
}

}  // namespace daytwo::app
