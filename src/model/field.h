// Field: one quantity in a file, written in the language of `daytwo calc`: "$40k", "2 to 5
// person-days", "3 * licence + 2 days * $90/h", where `licence` is a quantity that the file names.
// A name used in two fields is the same unknown in both: it is drawn once a world.
// Thread rule: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"
#include "model/quantity/evaluate.h"

namespace daytwo::model {

// The name by which the parts of a loss call how long one event takes.
inline constexpr std::string_view kDuration = "duration";

// What a field may be.
enum class Measure : std::uint8_t {
  kMoney,
  kMoneyAYear,  // money, or money by time
  kWork,        // hours or person-hours, not below 0; bare numbers are person-days
  kDuration,    // hours of a service, above 0
  kShare,       // 0 to 1
  kLoss,        // of one event: money, hours, work, records, incidents, requests; not below 0
  kLossInMoney,
  kRate,  // by time, or by trial ("deploy")
  kAny,
};

// Quantities with names, in the order in which they were defined: a later one may use earlier ones.
class Definitions {
 public:
  // Errors: kInvalid for a name that is none, is taken, or means something in the language
  // (`in_name`), and for a text that cannot be evaluated, with the column in the text.
  struct Refusal {
    Error error;
    bool in_name = false;
  };
  [[nodiscard]] tl::expected<void, Refusal> add(const std::string& name, const std::string& text);
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  // `text` below the definitions that it needs, one on each line.
  struct Needed {
    std::string program;
    int lines = 0;  // above `text`
    std::vector<std::string> names;
  };
  [[nodiscard]] Needed needed(std::string_view text) const;
  // All names, to suggest.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  struct Entry {
    std::string name;
    std::string text;
    std::vector<std::string> words;
  };
  std::vector<Entry> entries_;
};

// A quantity of a file, read. Money is in major units, time and work in hours, shares from 0 to 1,
// rates a year.
struct Field {
  std::string text;     // as written
  std::string program;  // with the definitions that it uses: reads alone
  std::string unit;     // a currency, a unit of model/amount.h, "a year", "per deploy"
  // Its distribution by itself: `closed` where that is exact, else the means of 256 slices of
  // draws, which keep the mean.
  chance::Distribution law;
  bool closed = false;
  std::vector<std::string> uses;  // names of other quantities
  double factor = 1;              // from the base measures of its program
  double low = 0;                 // the 90 % interval, or the ends that were written
  double high = 0;
  double mean = 0;

  [[nodiscard]] bool money() const { return unit.size() == 3; }
  // Draws in many worlds, of the program. Errors: as quantity::worlds_of, which cannot happen for a
  // field that was read.
  [[nodiscard]] Result<std::vector<double>> draws(const quantity::WorldsOptions& options) const;
  bool operator==(const Field&) const = default;
};

// Reads a field. Errors: kInvalid with the column in `text` and what was expected: a text that does
// not read, units that do not go together, an amount that is not of the measure, a mean that is
// infinite.
[[nodiscard]] Result<Field> read_field(std::string_view text, Measure measure,
                                       const Definitions& names = {});

// A field that is this number exactly.
[[nodiscard]] Field exact_field(double value, std::string unit);

// The means of `slices` equal slices of the sorted draws, each as likely as another: a distribution
// of the same mean. REQUIRES: slices divides the draws, which are finite.
[[nodiscard]] chance::Distribution in_slices(std::vector<double> draws, std::size_t slices);

}  // namespace daytwo::model
