#include "model/sentence.h"

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "chance/exact_loss.h"
#include "chance/fit.h"
#include "chance/learning.h"
#include "chance/risk.h"
#include "model/amount.h"
#include "model/grammar.h"
#include "model/loss_part.h"
#include "model/plain_words.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

std::string with_article(const std::string& noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

std::string percent(double share) { return format_double(std::round(share * 1000) / 10) + " %"; }

std::string often_words(double chance) {
  const double in = 1 / chance;
  return in < 1.5 ? "nearly every year" : "1 year in " + money_words(in, "");
}

chance::Risk risk_of(const WorrySentence& sentence, double rate, const chance::Distribution& size) {
  return {"sentence",
          sentence.frequency.at_most_once ? chance::Count::kAtMostOnce : chance::Count::kPoisson,
          rate, size};
}

std::string amount_words(double value, const std::string& unit) {
  const std::string number = money_words(value, unit);
  return unit.size() == 3 ? number : number + " " + unit;
}

// Why the mean is where it is: the commonest complaint about fitted ranges, answered before asked.
std::string why(const Quantity& size, const chance::Distribution& fitted) {
  if (size.low == size.high) return "one number is taken as exact: write a range to say how unsure";
  if (size.high / size.low > kWideRatio && fitted.mean() > size.high) {
    return "the mean lies above the upper end: a range this wide gives most weight to events "
           "nobody has seen; narrow it or add 'never above'";
  }
  return "the mean lies above the median because few large events weigh most; raising the low end "
         "narrows the range, so the mean falls";
}

std::string each_time(const chance::Distribution& size, const std::string& unit) {
  return "each time: median " + amount_words(size.quantile(.5), unit) + ", mean " +
         amount_words(size.mean(), unit) + ", 1 in 100 above " +
         amount_words(size.quantile(.99), unit);
}

Result<WorrySentence> parse_strict(std::string_view text) {
  TRY(std::vector<Token> tokens, read_tokens(text));
  Grammar grammar(text, std::move(tokens));
  WorrySentence out;
  out.text = text;
  TRY(out.frequency, grammar.frequency());
  if (grammar.accept_any({"that", "of"})) out.what = grammar.take_text();
  if (!grammar.accept(",")) {
    return fail(grammar.expected("', ' and what it costs each time: $25k to $2.5M, or 2h to 8h"));
  }
  TRY_VOID(read_loss(grammar, out));
  if (!grammar.at_end()) return fail(grammar.expected("',' or the end"));
  return out;
}

}  // namespace

Result<chance::Fit> Quantity::fit() const {
  chance::Fit out;
  if (low == high) {
    out = {chance::point(low), confidence, confidence};
  } else if (likely) {
    TRY(out, chance::fit_pert({low, high, confidence}, *likely));
  } else if (unit == kProbability) {
    TRY(out, chance::fit_beta({low, high, confidence}));
  } else if (low > 0) {
    TRY(out, chance::fit_lognormal({low, high, confidence}));
  } else {
    TRY(out, chance::fit_normal({low, high, confidence}));
  }
  if (cap) out.distribution = chance::capped(out.distribution, *cap);
  return out;
}

Result<chance::Distribution> Frequency::events_a_year(std::optional<double> trials_a_year) const {
  if (kind == Kind::kPerTrial) {
    if (!trials_a_year) {
      return fail(Code::kNotFound, "no count of " + trial + "s a year is known yet");
    }
    if (low == high) return chance::point(low * *trials_a_year);
    TRY(const chance::Fit fit, chance::fit_gamma({low, high, 0.9}));
    return chance::scaled(fit.distribution, *trials_a_year);
  }
  const auto a_year = [&](double value) -> Result<double> {
    if (kind == Kind::kRate) return value / years;
    if (at_most_once) return 1 - std::pow(1 - value, 1 / years);
    return chance::rate_from_chance(value, years);
  };
  TRY(const double least, a_year(low));
  if (low == high) return chance::point(least);
  TRY(const double most, a_year(high));
  TRY(const chance::Fit fit, chance::fit_gamma({least, most, 0.9}));
  return fit.distribution;
}

Result<WorrySentence> parse_sentence(std::string_view text) {
  auto strict = parse_strict(text);
  if (strict || strict.error().code != Code::kInvalid) return strict;
  return read_plain_words(text, std::move(strict).error());
}

Result<Quantity> parse_quantity(std::string_view text) {
  TRY(std::vector<Token> tokens, read_tokens(text));
  Grammar grammar(text, std::move(tokens));
  const Token at = grammar.peek();
  TRY(Measured read, grammar.range());
  while (grammar.accept(",")) {
    if (grammar.accept("likely")) {
      TRY_VOID(grammar.likely(read));
    } else if (grammar.accept("never")) {
      TRY_VOID(grammar.never_above(read));
    } else {
      return fail(grammar.expected("'likely' or 'never above'"));
    }
  }
  if (!grammar.at_end()) return fail(grammar.expected("the end"));
  const auto fit = read.quantity.fit();
  if (!fit) return fail(grammar.problem(at, fit.error().text));
  return read.quantity;
}

Result<std::vector<std::string>> echo_per_trial(const WorrySentence& sentence) {
  const Frequency& often = sentence.frequency;
  CHECK(often.kind == Frequency::Kind::kPerTrial, "a rate per trial");
  TRY(const chance::Fit fit, sentence.size.fit());
  const chance::Distribution& size = fit.distribution;
  const std::string& unit = sentence.size.unit;
  TRY(const chance::Distribution share, often.events_a_year(1.0));
  const std::string range = often.low == often.high
                                ? percent(often.low)
                                : percent(often.low) + " to " + percent(often.high);
  std::vector<std::string> out = {
      "how often: " + range + " of " + often.trial + "s", each_time(size, unit),
      "expected " + with_article(often.trial) + ": " +
          amount_words(share.mean() * size.mean(), unit),
      "missing: how many " + often.trial + "s there are a year; daytwo import " + often.trial +
          "s FILE counts them"};
  if (!sentence.heard.empty()) out.insert(out.begin(), "heard: " + sentence.heard);
  return out;
}

Result<std::vector<std::string>> echo(const WorrySentence& sentence,
                                      std::optional<double> trials_a_year) {
  TRY(const chance::Distribution events, sentence.frequency.events_a_year(trials_a_year));
  TRY(const chance::Fit fit, sentence.size.fit());
  const chance::Distribution& size = fit.distribution;
  const std::string& unit = sentence.size.unit;
  const double rate = events.mean();
  std::vector<std::string> out;
  if (!sentence.heard.empty()) out.push_back("heard: " + sentence.heard);
  // Quiet years: with an uncertain (gamma) rate the count is negative binomial.
  const bool once = sentence.frequency.at_most_once;
  const double quiet = once ? 1 - rate
                       : events.family == chance::Family::kGamma
                           ? chance::chance_of_count(events, 0)
                           : std::exp(-rate);
  out.push_back("how often: " + money_words(rate, "") + " a year" + (once ? ", at most once" : "") +
                "; " + percent(quiet) + " of years stay quiet");
  out.push_back(each_time(size, unit));
  out.push_back("expected a year: " + amount_words(rate * size.mean(), unit));
  if (sentence.size.low != sentence.size.high && rate <= 1000) {
    const auto risk = risk_of(sentence, rate, size);
    TRY(const chance::ExactLoss year, chance::exact_annual_loss({&risk, 1}, 1U << 13U));
    const double above = year.chance_above(sentence.size.high);
    if (above > 1e-9) {
      out.push_back("a year above the upper end (" + amount_words(sentence.size.high, unit) +
                    "): " + often_words(above));
    }
  }
  out.push_back("fit: " + percent(fit.achieved) + " of events inside the range, " +
                percent(fit.asked) + " asked");
  out.push_back("why: " + why(sentence.size, size));
  return out;
}

std::string mentioned(std::string_view text, std::span<const std::string> names) {
  const std::string low = to_lower(text);
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  std::string best;
  for (const std::string& name : names) {
    if (name.size() <= best.size()) continue;
    const std::string wanted = to_lower(name);
    for (std::size_t at = low.find(wanted); at != std::string::npos;
         at = low.find(wanted, at + 1)) {
      const std::size_t end = at + wanted.size();
      const bool begins = at == 0 || !is_word(low[at - 1]);
      const bool ends = end == low.size() || !is_word(low[end]);
      if (begins && ends) {
        best = name;
        break;
      }
    }
  }
  return best;
}

}  // namespace daytwo::model
