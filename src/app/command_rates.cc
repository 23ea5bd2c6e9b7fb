// daytwo rates: published base rates, how each would enter, and the line that accepts it.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/terminal.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "model/base_rates.h"
#include "model/json.h"

namespace daytwo::app {
namespace {

using model::PublishedFigure;

// One row as JSON.
struct RateRow {
  std::string id;
  std::string what;
  double value = 0;
  std::string unit;
  std::int64_t year = 0;
  std::string population;
  std::string source;
  std::string caveat;
  bool verified = true;
  double sample = 0;
  std::string prior;   // a distribution that `daytwo calc` reads; empty for an anchor
  std::string accept;  // the line for a file of worries; empty where there is none

  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("what", self.what);
    v("value", self.value);
    v("unit", self.unit);
    v("year", self.year);
    v("population", self.population);
    v("source", self.source);
    v("caveat", self.caveat);
    v("verified", self.verified);
    v("sample", self.sample);
    v("prior", self.prior);
    v("accept", self.accept);
  }
};

RateRow to_row(const PublishedFigure& figure) {
  const auto prior = prior_of(figure);
  return {std::string(figure.id),
          std::string(figure.what),
          figure.value,
          figure.is_share() ? "share" : std::string(figure.unit),
          figure.year,
          std::string(figure.population),
          std::string(figure.source),
          std::string(figure.caveat),
          figure.verified,
          figure.sample,
          prior ? prior->to_string() : "",
          accepting_line(figure)};
}

std::string weight_words(const PublishedFigure& figure) {
  if (figure.sample == 0) return "an anchor";
  return fmt::format("{:g} of yours", figure.sample);
}

Table table_of(const std::vector<PublishedFigure>& figures) {
  Table out{{"id", "what", "figure", "year", "weighs as", "source"}, {}, 1};
  for (const PublishedFigure& each : figures) {
    out.rows.push_back({std::string(each.id), std::string(each.what),
                        figure_words(each, each.value) + (each.verified ? "" : " (unverified)"),
                        fmt::format("{}", each.year), weight_words(each),
                        std::string(each.source)});
  }
  return out;
}

void print_line(std::string_view name, const std::string& text) {
  if (!text.empty()) fmt::print("{:<11}{}\n", name, text);
}

void print_prior(const PublishedFigure& figure) {
  const auto prior = prior_of(figure);
  if (!prior) {
    print_line("prior", "none: it is a number to know, not a belief about you");
    return;
  }
  const std::string events = figure.kind == model::FigureKind::kAmount ? "events" : "trials";
  print_line("prior",
             fmt::format("{}: 90 % from {} to {}; it weighs as {:g} {} of your own",
                         prior->to_string(), figure_words(figure, prior->quantile(0.05)),
                         figure_words(figure, prior->quantile(0.95)), figure.sample, events));
  if (const std::string update = updating_expression(figure); !update.empty()) {
    print_line("with yours", fmt::format("daytwo calc '{}'", update));
  }
  if (const std::string line = accepting_line(figure); !line.empty()) {
    print_line("accept",
               "fill in what is in capitals, and put this below `risks:` of a worry file");
    fmt::print("  {}\n", line);
  } else {
    print_line("accept", "as a share in `causes`, `blocks` or `cuts` of a worry file");
  }
}

void print_figure(const PublishedFigure& figure) {
  fmt::print("{}\n", figure.what);
  print_line("id", std::string(figure.id));
  print_line("figure", figure_words(figure, figure.value) +
                           (figure.verified ? "" : ", unverified: not checked in its source"));
  print_line("year", fmt::format("{}", figure.year));
  print_line("of", std::string(figure.population));
  print_line("source", std::string(figure.source));
  print_line("caveat", std::string(figure.caveat));
  print_prior(figure);
}

int run(World&, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const std::vector<PublishedFigure> found = model::find_figures(arguments.sentence());
  if (found.empty()) {
    return print_error(
        make_error(Code::kNotFound,
                   fmt::format("no base rate speaks of '{}'; `daytwo rates` lists all {}",
                               to_utf8(arguments.sentence()), model::published_figures().size())));
  }
  if (*output == Output::kTable && found.size() == 1) {
    print_figure(found.front());
    return kGood;
  }
  std::vector<RateRow> rows;
  for (const PublishedFigure& each : found) rows.push_back(to_row(each));
  print(*output, table_of(found), model::to_json(rows));
  if (*output == Output::kTable) {
    fmt::print("\nNone of them is used until you accept one: `daytwo rates ID` shows the line.\n");
  }
  return kGood;
}

}  // namespace

Command rates_command() {
  return {{"rates"},
          "[WORD...]",
          0,
          20,
          "Find published base rates: source, caveat, weight, and the line that accepts one.",
          {"daytwo rates ransomware", "daytwo rates dora-elite-2024", "daytwo rates --output csv"},
          {output_option()},
          run};
}

}  // namespace daytwo::app
