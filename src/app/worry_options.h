// What commands about worry files read from their arguments: the files, stakes, numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "app/world.h"
#include "base/result.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::app {

// kInvalid: "--budget '100k': expected one amount of money such as $100k".
[[nodiscard]] Error wrong_option(const std::string& option, const std::string& text,
                                 const std::string& expected);

// All files as one: their options share the budget. Errors: the files'.
[[nodiscard]] Result<model::WorryFile> read_worry_files(const World& world,
                                                        const std::vector<std::string>& paths);

// The stakes of the files, then those of --stake, which replace them.
[[nodiscard]] Result<model::Stakes> read_stakes(const model::WorryFile& file,
                                                const Arguments& arguments);

// One number of 0 or more.
[[nodiscard]] Result<double> read_number(const std::string& option, const std::string& text,
                                         const std::string& expected);

// A share a year of the option such as 8%, at most 1.
[[nodiscard]] Result<double> read_share(const Arguments& arguments, const std::string& option);

// --years: more than 0, at most 50.
[[nodiscard]] Result<double> read_years(const Arguments& arguments);

// --deploys; nothing when it is not given.
[[nodiscard]] Result<std::optional<double>> read_deploys(const Arguments& arguments);

}  // namespace daytwo::app
