// Fits losses with our engine: the near side of the oracle test against R. Usage: chance_fits
// FOLDER reads the data sets that chance.R wrote there, a number a line, and prints one answer a
// line: its name, a tab, its value.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/counting.h"
#include "chance/distribution.h"
#include "chance/tail.h"

namespace daytwo::chance {
namespace {

std::vector<double> numbers(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<double> out;
  for (double value = 0; file >> value;) out.push_back(value);
  return out;
}

void say(const std::string& name, double value) { fmt::print("{}\t{:.12g}\n", name, value); }

Result<void> say_body(const std::string& name, const std::vector<double>& losses,
                      const std::vector<double>& going) {
  std::vector<KnownLoss> known;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    known.push_back({losses[i], i < going.size() && going[i] > 0});
  }
  TRY(const Distribution body, fit_losses(known, 0));
  say(name + " mu", body.a);
  say(name + " s", body.b);
  return {};
}

Result<void> say_tail(const std::string& name, const std::vector<double>& losses,
                      double threshold) {
  TRY(const TailFit tail, fit_tail(losses, threshold));
  say(name + " scale", tail.scale);
  say(name + " shape", tail.shape);
  say(name + " scale error", tail.scale_error);
  say(name + " shape error", tail.shape_error);
  say(name + " minus log likelihood", tail.minus_log_likelihood);
  return say_body(name, losses, {});
}

Result<void> say_shared(const std::vector<double>& events, const std::vector<double>& years) {
  std::vector<Exposure> services;
  for (std::size_t i = 0; i < events.size(); ++i) {
    services.push_back({static_cast<std::int64_t>(events[i]), years.at(i)});
  }
  TRY(const Distribution shared, shared_rate(services));
  say("shared shape", shared.a);
  say("shared mean", shared.mean());
  return {};
}

Result<void> run(const std::filesystem::path& folder) {
  TRY_VOID(say_tail("danish", numbers(folder / "danish"), 10));
  TRY_VOID(say_tail("drawn", numbers(folder / "drawn"), 8));
  TRY_VOID(say_body("censored", numbers(folder / "censored"), numbers(folder / "going")));
  return say_shared(numbers(folder / "events"), numbers(folder / "years"));
}

}  // namespace
}  // namespace daytwo::chance

int main(int count, char** words) {
  if (count != 2) {
    fmt::print(stderr, "usage: chance_fits FOLDER\n");
    return 2;
  }
  const auto done = daytwo::chance::run(words[1]);
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error().to_string());
  return 1;
}
