#include "app/worry_options.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/command.h"
#include "app/config.h"
#include "app/world.h"
#include "base/error.h"
#include "base/result.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::app {

Error wrong_option(const std::string& option, const std::string& text,
                   const std::string& expected) {
  return make_error(Code::kInvalid, fmt::format("{} '{}': expected {}", option, text, expected));
}

Result<model::WorryFile> read_worry_files(const World& world,
                                          const std::vector<std::string>& paths) {
  std::vector<model::WorrySource> sources;
  for (const std::string& path : paths) {
    auto text = world.files.read(path, kMaxConfigBytes);
    if (!text && text.error().code == Code::kLimit) return fail(too_large(path));
    if (!text) return fail(std::move(text).error());
    sources.push_back({*std::move(text), path});
  }
  return model::parse_worry_files(sources);
}

Result<model::Stakes> read_stakes(const model::WorryFile& file, const Arguments& arguments) {
  model::Stakes out;
  for (const model::Stake& stake : file.stakes) out.add(stake);
  for (const std::string& text : arguments.all("--stake")) {
    TRY(model::Stake stake, model::parse_stake(text));
    out.add(std::move(stake));
  }
  return out;
}

Result<double> read_number(const std::string& option, const std::string& text,
                           const std::string& expected) {
  const auto read = model::parse_quantity(text + " hours");
  if (!read || read->low != read->high || read->low < 0) {
    return fail(wrong_option(option, text, expected));
  }
  return read->low;
}

Result<double> read_share(const Arguments& arguments, const std::string& option) {
  const std::string text = arguments.get(option);
  const auto read = model::parse_quantity(text);
  if (!read || read->unit != model::kProbability || read->low != read->high || read->low < 0 ||
      read->low > 1) {
    return fail(wrong_option(option, text, "a share a year such as 8%"));
  }
  return read->low;
}

Result<double> read_years(const Arguments& arguments) {
  const std::string text = arguments.get("--years");
  TRY(const double out, read_number("--years", text, "years such as 1 or 3"));
  if (out <= 0 || out > 50) {
    return fail(wrong_option("--years", text, "more than 0, at most 50"));
  }
  return out;
}

Result<std::optional<double>> read_deploys(const Arguments& arguments) {
  const std::string text = arguments.get("--deploys");
  if (text.empty()) return std::optional<double>();
  TRY(const double out, read_number("--deploys", text, "deploys a year such as 250"));
  return std::optional(out);
}

}  // namespace daytwo::app
