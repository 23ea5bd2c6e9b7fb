#include "app/command_import_cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "api/view_learn.h"
#include "app/client.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "facts/bill.h"
#include "facts/names.h"
#include "model/json.h"
#include "observe/importer/focus.h"

namespace daytwo::app {

// One line of what a bill adds up to, in major units; what is not known is left out.
struct CostSum {
  std::string currency;
  std::string what;
  std::int64_t resources = 0;
  std::optional<double> billed;
  std::optional<double> effective;

  static constexpr std::string_view kName = "CostSum";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("currency", self.currency);
    v("what", self.what);
    v("resources", self.resources);
    v.optional("billed", self.billed);
    v.optional("effective", self.effective);
  }
};

// What `daytwo import cost --output json` prints.
struct CostSums {
  std::vector<CostSum> sums;
  std::int64_t rows = 0;
  std::int64_t broken = 0;

  static constexpr std::string_view kName = "CostSums";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("sums", self.sums);
    v("rows", self.rows);
    v("broken", self.broken);
  }
};

namespace {

// Months of resources in one request: some megabytes of text.
constexpr std::size_t kCostsARequest = 1000;
constexpr Duration kQuiet = seconds(1);
constexpr Duration kBetweenLines = seconds(10);

// How far a long file is, on stderr: in place on a terminal, else a line every ten seconds.
class Progress {
 public:
  Progress(env::Clock& clock, std::string path)
      : clock_(clock), path_(std::move(path)), began_(clock.mono()), told_(began_) {}

  void operator()(std::size_t done, std::size_t total) {
    const Duration now = clock_.mono();
    const bool terminal = terminal_width() > 0;
    if ((now - told_).ms < (terminal ? kQuiet : kBetweenLines).ms || done == 0) {
      if (shown_ && done == total) fmt::print(stderr, "\n");
      return;
    }
    told_ = now;
    shown_ = terminal;
    const double share =
        static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(1, total));
    const double spent = (now - began_).seconds();
    fmt::print(stderr, "{}{}: {:.0f} % read, {:.0f} MB/s, {:.0f} s left{}", terminal ? "\r" : "",
               path_, share * 100, static_cast<double>(done) / 1e6 / spent, spent / share - spent,
               terminal ? "" : "\n");
  }

 private:
  env::Clock& clock_;
  const std::string path_;
  const Duration began_;
  Duration told_;
  bool shown_ = false;
};

Result<observe::FocusReader> read_files(World& world, const Arguments& arguments) {
  std::optional<Currency> currency;
  if (arguments.has("--currency")) {
    TRY(currency, parse_currency(arguments.get("--currency")));
  }
  observe::FocusReader reader(currency);
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
    const std::string& path = arguments.positional[i];
    TRY(const auto file, world.files.open_read(path));
    TRY(const std::string_view text, file->map());
    Progress progress(world.clock, path);
    TRY_VOID(
        reader.read(text, path, [&](std::size_t done, std::size_t all) { progress(done, all); }));
  }
  return reader;
}

// A line, with the sums as they are printed: to the cent.
struct Line {
  CostSum sum;
  std::string billed;
  std::string effective;
};

Line line_of(const std::string& currency, std::string what, std::size_t resources,
             const facts::Charged& sum) {
  Line out{{currency, std::move(what), static_cast<std::int64_t>(resources), {}, {}},
           "unknown",
           "unknown"};
  if (sum.billed_known) {
    out.sum.billed = sum.billed.major();
    out.billed = sum.billed.to_cents();
  }
  if (sum.effective_known) {
    out.sum.effective = sum.effective.major();
    out.effective = sum.effective.to_cents();
  }
  return out;
}

// One for each service, one for the sum, and one for each kind in it, by currency.
std::vector<Line> lines_of(const facts::Bills& bills) {
  std::vector<Line> out;
  for (const auto& [currency, bill] : bills) {
    std::size_t all = 0;
    for (const auto& [service, sum] : bill.by_service) {
      const auto found = bill.resources.find(service);
      const std::size_t count = found == bill.resources.end() ? 0 : found->second;
      out.push_back(line_of(currency, service.empty() ? "(no service)" : service, count, sum));
      all += count;
    }
    out.push_back(line_of(currency, "all", all, bill.all));
    for (std::size_t kind = 0; kind < facts::kCostKinds; ++kind) {
      if (bill.by_kind.at(kind) == facts::Charged{}) continue;
      const std::string name(json_names(facts::CostKind{}).at(kind));
      out.push_back(line_of(currency, "of which " + name, 0, bill.by_kind.at(kind)));
    }
  }
  return out;
}

void print_sums(Output output, const observe::FocusBill& bill) {
  facts::Bills bills;
  for (const auto& [key, cost] : bill.costs) bills[cost.currency].add(cost);
  Table table{{"currency", "what", "resource months", "billed", "effective"}, {}, 1};
  CostSums sums{{}, static_cast<std::int64_t>(bill.rows), static_cast<std::int64_t>(bill.broken)};
  for (Line& line : lines_of(bills)) {
    table.rows.push_back({line.sum.currency, line.sum.what,
                          line.sum.resources == 0 ? "" : std::to_string(line.sum.resources),
                          line.billed, line.effective});
    sums.sums.push_back(std::move(line.sum));
  }
  print(output, table, model::to_json(sums));
}

void print_problems(const observe::FocusBill& bill) {
  for (const Diagnostic& problem : bill.problems) {
    fmt::print(stderr, "{}:{}:{}: {}: expected {}\n", problem.file, problem.line, problem.column,
               to_utf8(problem.text), problem.expected);
  }
  if (bill.broken > 0) {
    fmt::print(stderr, "{} of {} left out\n", bill.broken, counted(bill.rows, "row", "rows"));
  }
  if (!bill.extras.empty()) {
    fmt::print(stderr, "not used: {} of its own: {}\n",
               counted(bill.extras.size(), "column", "columns"), join_words(bill.extras));
  }
  if (!bill.ignored.empty()) {
    fmt::print(stderr, "no columns of FOCUS: {}\n", join_words(bill.ignored));
  }
}

// What the server took of it. Errors: what it said.
Result<std::int64_t> send(World& world, const Arguments& arguments,
                          const observe::FocusBill& bill) {
  Client client(world, arguments);
  std::int64_t taken = 0;
  for (std::size_t from = 0; from < bill.costs.size(); from += kCostsARequest) {
    TRY(const std::string body, client.post("/api/daytwo/v1/import/cost",
                                            observe::to_focus(bill, from, from + kCostsARequest)));
    TRY(const auto report, model::from_json<api::ImportReport>(
                               body, "answer", {.skip_unknown = true, .allow_missing = true}));
    taken += report.taken;
  }
  return taken;
}

}  // namespace

int run_import_cost(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto reader = read_files(world, arguments);
  if (!reader) return print_error(reader.error());
  const observe::FocusBill& bill = reader->bill();
  print_sums(*output, bill);
  print_problems(bill);
  const std::string months =
      counted(bill.costs.size(), "month of a resource", "months of resources");
  if (arguments.has("--dry-run")) {
    fmt::print(stderr, "{} would be imported; nothing was sent\n", months);
    return bill.broken == 0 ? kGood : kFindings;
  }
  const auto taken = send(world, arguments, bill);
  if (!taken) return print_error(taken.error());
  fmt::print(stderr, "{}: {} new or changed. Ask: daytwo waste\n", months, *taken);
  return bill.broken == 0 ? kGood : kFindings;
}

}  // namespace daytwo::app
