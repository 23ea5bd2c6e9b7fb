// Exact amounts of money as bills print them: billionths of a currency's major unit, so that sums
// of many small charges agree with an invoice to the cent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daytwo {

// Billionths of a major unit in one.
inline constexpr std::int64_t kNanosInOne = 1'000'000'000;
// One amount is within this many major units of 0, both ends open.
inline constexpr std::int64_t kMostMajor = 9'000'000'000;

// Reads an amount as spreadsheets and bills write it: "0.0000123", "1.2E-05", "-5", "(5.00)",
// "$10,000.00 ", "USD 3". Groups of thousands are checked. What is finer than a billionth is
// rounded half away from 0. Nothing for any other text and for what is out of bounds.
[[nodiscard]] std::optional<std::int64_t> parse_nanos(std::string_view text);

// "12.34", "-0.0000123": all digits that matter, at least two behind the point. parse_nanos reads
// it back.
[[nodiscard]] std::string nanos_text(std::int64_t nanos);

// A sum of amounts that is exact up to 9e18 major units.
class NanoSum {
 public:
  NanoSum() = default;
  explicit NanoSum(std::int64_t nanos) { add(nanos); }
  void add(std::int64_t nanos);
  void add(const NanoSum& other);
  void subtract(const NanoSum& other);
  // In major units, to the nearest double.
  [[nodiscard]] double major() const;
  // "1,234.57" rounded to cents, half away from 0; "-0.50".
  [[nodiscard]] std::string to_cents() const;
  bool operator==(const NanoSum&) const = default;

 private:
  void normalise();
  std::int64_t major_ = 0;
  std::int64_t nanos_ = 0;  // in [0, kNanosInOne)
};

}  // namespace daytwo
