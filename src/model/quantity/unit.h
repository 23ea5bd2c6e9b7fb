// Unit: what a number counts, as powers of base things: money of one currency, time, work, records.
// Hours times dollars an hour is dollars; dollars and hours do not add; two currencies do not add.
// Values are held in base measures (hours, person-hours, bytes, major units of money, shares of 1);
// a unit remembers the words in which its number was written and is shown again.
// Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daytwo::model {

// A word that may stand after a number, the thing it counts and how many base measures it is.
struct UnitWord {
  std::string_view word;
  std::string_view thing;    // "h", "person-h", "record", ...; a dimension
  double factor = 1;         // base measures in one
  std::string_view shown;    // the word under which it is printed again
  std::string_view natural;  // the unit of model/amount.h that it is in a sentence, or empty
};

// The row of `word`, or null.
[[nodiscard]] const UnitWord* find_unit_word(std::string_view word);

// The unit word nearest to `word`, to suggest; empty when none is near.
[[nodiscard]] std::string nearest_unit_word(std::string_view word);

// All unit words as a Markdown table, a row for each thing that is counted.
[[nodiscard]] std::string unit_table();

// A product of powers of things.
class Unit {
 public:
  // No unit: a plain number.
  Unit() = default;
  // One unit of a currency, of a unit word, of anything countable ("deploy").
  [[nodiscard]] static Unit money(std::string code);
  [[nodiscard]] static Unit of(const UnitWord& word);
  [[nodiscard]] static Unit of_thing(std::string thing);
  // A plain number written and shown in per cent.
  [[nodiscard]] static Unit share();

  // Equal in what is counted; the words may differ (hours and days).
  [[nodiscard]] bool same(const Unit& other) const;
  [[nodiscard]] bool plain() const { return terms_.empty(); }
  [[nodiscard]] bool is_share() const { return share_ && plain(); }
  // The currency when this is money and nothing else.
  [[nodiscard]] std::optional<std::string> currency() const;
  // Any currency in it, to tell "two currencies" from "dollars and hours"; empty for none.
  [[nodiscard]] std::string some_currency() const;
  // Power of `thing` in it.
  [[nodiscard]] int power(std::string_view thing) const;

  // Where both know a word for a thing, the left one's stays.
  [[nodiscard]] Unit times(const Unit& other) const;
  [[nodiscard]] Unit over(const Unit& other) const;
  [[nodiscard]] Unit to_power(int exponent) const;
  // Half of every power; nothing when one is odd.
  [[nodiscard]] std::optional<Unit> root() const;

  // Base measures in one shown unit: 24 for days, 1/8766 for "a year", 0.01 for per cent.
  [[nodiscard]] double factor() const;
  // "USD", "USD/h", "1/year", "h", "%", "" for a plain number. Reads back after a number, but for
  // "1/..." and "".
  [[nodiscard]] std::string to_string() const;
  // "money in USD", "hours", "a plain number": for diagnostics.
  [[nodiscard]] std::string words() const;
  // Same things, same words.
  bool operator==(const Unit&) const = default;

 private:
  struct Term {
    std::string thing;
    int power = 1;
    double factor = 1;
    std::string shown;
    bool operator==(const Term&) const = default;
  };
  std::vector<Term> terms_;  // sorted by thing; no power is 0
  bool share_ = false;
};

// "$25k", "2.5 h", "36%", "0.36/year": `value` in base measures, shown in the unit's words, three
// significant digits.
[[nodiscard]] std::string figure_words(double value, const Unit& unit);

// The name of a share's unit in data.
inline constexpr std::string_view kShare = "share";

// How figures of a unit stand in data: the name beside them, and how many base measures one of them
// is. As written, but for shares: people read those in per cent, data hold them of 1.
struct FigureUnit {
  std::string name;
  double factor = 1;
};
// Total, never fails.
[[nodiscard]] FigureUnit figure_unit(const Unit& unit);

}  // namespace daytwo::model
