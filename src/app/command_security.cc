// daytwo slo security: what do we promise, is it kept, what does it cost to break it?
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "api/view_security.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "base/time.h"

namespace daytwo::app {
namespace {

// Exposures shown below a promise; --output json has all.
constexpr std::size_t kShown = 10;

std::string name_of(api::StandingView standing) {
  return std::string(json_names(standing).at(static_cast<std::size_t>(standing)));
}

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", *share * 100) : "";
}

std::string day_of(const std::optional<Timestamp>& at) {
  return at ? to_rfc3339(*at).substr(0, 10) : "";
}

std::string of_service(const std::string& path, const Arguments& arguments) {
  if (arguments.positional.empty()) return path;
  return path + "?service=" + encode_component(arguments.positional.front());
}

void line(const std::string& head, const std::string& text) {
  if (!text.empty()) fmt::print("{:<10} {}\n", head, text);
}

// "212 days", "1.4 days", "45s".
std::string days_words(double days) {
  if (days < 1) return to_words(Duration{static_cast<std::int64_t>(days * 86'400'000)});
  return fmt::format("{:.{}f} days", days, days < 10 ? 1 : 0);
}

std::string budget_words(const api::SecurityRow& row) {
  if (row.days <= 0) return "nothing was open: untouched";
  const double left = row.budget_left_days;
  return fmt::format(
      "{} of {} of exposure may be late, {} is: {} {}{}", days_words(row.budget_days),
      days_words(row.days), days_words(row.late_days), days_words(std::abs(left)),
      left < 0 ? "overspent" : "left",
      row.burn ? fmt::format("; it goes {:.3g} times as fast as it may", *row.burn) : "");
}

std::string mending_words(const api::SecurityRow& row) {
  if (!row.median_days) return "not known: fewer than half of what was seen is mended";
  return fmt::format(
      "half within {:.0f} days{}", *row.median_days,
      row.mended_when_due ? fmt::format(", {} when due", percent(row.mended_when_due)) : "");
}

std::string expected(const api::Amount& amount, const api::ExposureCost& cost) {
  if (amount.p95 <= 0) return {};
  if (!cost.stake.empty()) return amount_words(amount);
  return fmt::format("{:.2g} incidents expected {} (90 %: {:.2g} to {:.2g})", amount.mean,
                     amount.window, amount.p05, amount.p95);
}

void print_credit(const api::SecurityCredit& credit) {
  const auto words = [](double share, const api::Amount& amount) {
    return share > 0 ? fmt::format("{} of the fee, {}", percent(share), amount_words(amount))
                     : std::string("nothing");
  };
  line("credits",
       fmt::format("{} {}: {} now; in 30 days {} if nothing is mended, {} if it is",
                   credit.owed_to_us ? "from" : "to", credit.with,
                   words(credit.share_now, credit.now), words(credit.share_if_left, credit.if_left),
                   words(credit.share_if_mended, credit.if_mended)));
}

void print_promise(const api::SecurityRow& row) {
  line("promise", row.promise);
  line("covers", fmt::format("{}", fmt::join(row.services, ", ")));
  line("budget", budget_words(row));
  line("mending", mending_words(row));
  line("cost", expected(row.cost.so_far, row.cost));
  line("allowed", expected(row.cost.allowed, row.cost));
  line("late", expected(row.cost.late, row.cost));
  line("delay", expected(row.late > 0 ? row.cost.a_late_day : row.cost.a_day, row.cost));
  for (const api::SecurityCredit& credit : row.credits) print_credit(credit);
  if (!row.cost.stake.empty()) line("rests on", row.cost.stake);
  if (row.cost.unknown > 0) {
    line("unknown", fmt::format("{} without a likelihood: not in the cost", row.cost.unknown));
  }
  if (row.not_counted > 0) {
    line("not in it",
         fmt::format("{} in nothing that the catalog knows as these services", row.not_counted));
  }
  Table table{{"exposure", "host", "state", "due", "days", "late", "next step"}, {}, 6};
  for (const api::PromisedExposure& each : row.exposures) {
    if (table.rows.size() == kShown) break;
    table.rows.push_back({each.title, each.host,
                          each.late   ? "late"
                          : each.open ? "open"
                                      : "mended",
                          day_of(each.due), days_words(each.days), days_words(each.late_days),
                          each.next_step});
  }
  if (!table.rows.empty()) fmt::print("\n{}", table.to_text(terminal_width()));
  if (row.exposures.size() > kShown) {
    fmt::print("and {} more: --output json\n", row.exposures.size() - kShown);
  }
}

Table table_of(const std::vector<api::SecurityRow>& rows) {
  Table table{{"service", "promise", "standing", "within due", "target", "open", "late",
               "breaks by", "kept again by"},
              {},
              1};
  for (const api::SecurityRow& row : rows) {
    table.rows.push_back({row.service, row.promise, name_of(row.standing), percent(row.within),
                          row.target, std::to_string(row.open), std::to_string(row.late),
                          day_of(row.breaks_by), day_of(row.kept_again_by)});
  }
  return table;
}

int run_posture(World& world, const Arguments& arguments, Output output) {
  const auto page =
      Client(world, arguments)
          .get_as<api::PosturePage>(of_service("/api/daytwo/v1/security/posture", arguments));
  if (!page) return print_error(page.error());
  Table table{
      {"service", "promise", "standing", "within due", "half mended within", "measured"}, {}, 1};
  bool broken = false;
  for (const api::PostureRow& row : page->rows) {
    broken = broken || row.standing == api::StandingView::kBroken;
    table.rows.push_back({row.service, row.promise, name_of(row.standing), percent(row.within),
                          row.median_days ? fmt::format("{:.0f} days", *row.median_days) : "",
                          percent(row.measured_share)});
  }
  if (output == Output::kTable) fmt::print("{}\n", page->sentence);
  if (output != Output::kTable || !table.rows.empty()) {
    print(output, table, model::to_json(*page));
  }
  return broken ? kFindings : kGood;
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  if (arguments.has("--posture")) return run_posture(world, arguments, *output);
  const auto page =
      Client(world, arguments)
          .get_as<api::SecurityPage>(of_service("/api/daytwo/v1/security", arguments));
  if (!page) return print_error(page.error());
  if (*output != Output::kTable) {
    print(*output, table_of(page->rows), model::to_json(*page));
  } else {
    fmt::print("{}\n", page->sentence);
    for (const std::string& gap : page->coverage) fmt::print("  not seen: {}\n", gap);
    if (!page->teach.empty()) print_teach(page->teach);
    if (page->rows.size() == 1) print_promise(page->rows.front());
    if (page->rows.size() > 1) print(*output, table_of(page->rows), {});
    print_question(page->question);
  }
  for (const api::SecurityRow& row : page->rows) {
    if (row.standing == api::StandingView::kBroken) return kFindings;
  }
  return kGood;
}

}  // namespace

Command slo_security_command() {
  std::vector<Option> options = {
      {"--posture", "", "", "only what a client may see: no host, no package, no vulnerability"},
      output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {
      {"slo", "security"},
      "[SERVICE]",
      0,
      1,
      "Is what we promise of security kept, and what does a day of delay cost? Exit code 3 when "
      "a promise is broken.",
      {"daytwo slo security checkout", "daytwo slo security --posture --output json"},
      std::move(options),
      run};
}

}  // namespace daytwo::app
