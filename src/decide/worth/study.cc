#include "decide/worth/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "decide/worlds.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "decide/worth/read.h"
#include "model/amount.h"
#include "model/sentence.h"

namespace daytwo::decide::worth {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

Error wrong(std::string_view what, std::string_view expected) {
  return make_error(Code::kInvalid, fmt::format("study '{}': expected {}", what, expected));
}

std::optional<double> number(std::string_view text) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(out)) return {};
  return out;
}

// "2 days", "4h", "$3k": added to the study.
Result<void> read_cost(std::string_view text, const std::string& currency, Study& out) {
  const auto cost = model::parse_quantity(text);
  if (!cost || cost->low != cost->high || cost->low < 0) {
    return fail(wrong(text, "one cost such as 2 person-days, 4h or $3k"));
  }
  if (cost->unit == model::kPersonHours || cost->unit == model::kHoursLost) {
    // "2 days" of work are two person-days, not 48 hours.
    const bool days =
        text.find("day") != std::string_view::npos && text.find("person") == std::string_view::npos;
    out.hours += days ? cost->low / 24 * model::kHoursAPersonDay : cost->low;
    return {};
  }
  if (cost->unit == currency) {
    out.money += cost->low;
    return {};
  }
  return fail(wrong(text, "work, or money in " + currency));
}

double deviation(const Draws& draws) {
  const double mean = mean_of(draws);
  double sum = 0;
  for (const double x : draws) sum += (x - mean) * (x - mean);
  return std::sqrt(sum / static_cast<double>(draws.size()));
}

// "by half": the interval that is left is `left` of what it was.
double share_left(double left) { return 1 - left * left; }

Result<void> read_test(std::string_view text, const Reading& reading, std::size_t input,
                       Study& out) {
  const std::size_t slash = text.find('/');
  const auto hits = number(trimmed(text.substr(0, slash)));
  const auto clears =
      slash == std::string_view::npos ? std::nullopt : number(trimmed(text.substr(slash + 1)));
  const auto percent = [](double x) { return x >= 0 && x <= 100; };
  if (!hits || !clears || !percent(*hits) || !percent(*clears)) {
    return fail(wrong(text, "sensitivity and specificity in percent such as test 90/85"));
  }
  if (*hits + *clears <= 100) {
    return fail(wrong(text, "more than 100 % together: this test tells nothing"));
  }
  // What the test looks for is the side of the value at which the choice flips.
  Test test{reading.model.inputs[input].mean(), *hits / 100, *clears / 100};
  for (const Flip& flip : flips_of(reading.model, reading.among)) {
    if (flip.input == input) test.limit = flip.value;
  }
  out.test = test;
  return {};
}

Result<void> read_teaches(std::string_view text, const Reading& reading, std::size_t about,
                          Study& out) {
  const Input& input = reading.model.inputs[about];
  const auto after = [&](std::string_view word) { return trimmed(text.substr(word.size())); };
  if (text == "by half") {
    out.share = share_left(0.5);
  } else if (text.starts_with("by ") && text.ends_with("%")) {
    std::string_view by = after("by ");
    by.remove_suffix(1);
    const auto percent = number(trimmed(by));
    if (!percent || *percent <= 0 || *percent > 100) {
      return fail(wrong(text, "a narrowing such as by 60%"));
    }
    out.share = share_left(1 - *percent / 100);
  } else if (text.starts_with("within ")) {
    const auto error = model::parse_quantity(after("within "));
    if (!error || error->low != error->high || error->low <= 0 ||
        (!input.unit.empty() && error->unit != input.unit)) {
      return fail(wrong(text, "the standard error of a reading, in the unit of " + input.id));
    }
    const double spread = deviation(input.draws);
    out.share = spread * spread / (spread * spread + error->low * error->low);
  } else if (text.starts_with("test ")) {
    return read_test(after("test "), reading, about, out);
  } else if (text.ends_with(" years") || text.ends_with(" year")) {
    const auto years = number(trimmed(text.substr(0, text.rfind(' '))));
    if (!years || *years <= 0 || input.observed_years <= 0) {
      return fail(wrong(text, "more years of logs about a rate that was said as a range"));
    }
    out.share = *years / (*years + input.observed_years);
  } else {
    return fail(wrong(text, "by half, by 60%, within AMOUNT, test 90/85 or 3 years"));
  }
  return {};
}

// Acting this many days later loses what it would have brought meanwhile.
std::vector<double> delays(const Reading& reading, double days) {
  std::vector<double> out;
  for (const Choices& taken : reading.among) {
    const Streams each = reading.model.streams(taken);
    const double a_year = mean_of(each.own) + mean_of(each.late) + mean_of(each.theirs_weighted) +
                          mean_of(each.steady);
    out.push_back(std::max(0.0, a_year) / kDaysPerYear * days);
  }
  return out;
}

double width_of(const Draws& draws) {
  const chance::Estimate e = chance::estimate_of(draws, {});
  return e.p95 - e.p05;
}

}  // namespace

Result<Study> parse_study(std::string_view text, const Reading& reading) {
  constexpr std::string_view kShape = "'NAME: 2 days, $3k; INPUT by half'";
  const std::size_t colon = text.find(':');
  const std::size_t semicolon = text.find(';');
  if (colon == std::string_view::npos || semicolon == std::string_view::npos || semicolon < colon) {
    return fail(wrong(text, kShape));
  }
  Study out;
  out.name = trimmed(text.substr(0, colon));
  std::string_view costs = text.substr(colon + 1, semicolon - colon - 1);
  while (!trimmed(costs).empty()) {
    const std::size_t comma = std::min(costs.find(','), costs.size());
    TRY_VOID(read_cost(trimmed(costs.substr(0, comma)), reading.model.currency, out));
    costs.remove_prefix(std::min(comma + 1, costs.size()));
  }
  out.delay_days = out.hours / model::kHoursAPersonDay;
  const std::string_view about = trimmed(text.substr(semicolon + 1));
  const std::size_t blank = about.find(' ');
  const std::string name(about.substr(0, blank));
  std::vector<std::string> ids;
  for (const Input& input : reading.model.inputs) ids.push_back(input.id);
  const auto at = std::find(ids.begin(), ids.end(), name);
  if (at == ids.end()) {
    const std::string near = nearest_word(name, ids);
    return fail(
        Code::kNotFound,
        fmt::format("study '{}': no input '{}'; there are {}{}", out.name, name,
                    fmt::join(ids, ", "), near.empty() ? "" : " (did you mean '" + near + "'?)"));
  }
  const auto input = static_cast<std::size_t>(at - ids.begin());
  out.input = input;
  if (blank == std::string_view::npos) return fail(wrong(text, kShape));
  TRY_VOID(read_teaches(trimmed(about.substr(blank)), reading, input, out));
  return out;
}

std::vector<Study> generic() {
  std::vector<Study> out;
  for (const StudyPlan& plan : generic_studies()) {
    Study study;
    study.name = plan.name;
    study.hours = plan.hours;
    study.delay_days = plan.delay_days;
    study.share = plan.share();
    out.push_back(std::move(study));
  }
  return out;
}

std::vector<Studied> value_studies(const Reading& reading, const Expectations& known,
                                   const std::vector<Study>& studies) {
  const double spread = deviation(known[1]);
  const double width = width_of(known[1]);
  std::vector<Studied> out;
  for (const Study& study : studies) {
    const Expectations about =
        study.input ? one_known(reading.model, reading.among, *study.input) : known;
    const std::vector<double> delay = delays(reading, study.delay_days);
    const Gain gain =
        study.input && study.test
            ? gain_of_test(about, reading.model.inputs[*study.input].draws, *study.test, delay)
            : gain_of(about, study.share, delay);
    Studied each{study};
    each.priced = study.hours == 0 || !reading.priced_by.empty();
    each.cost = study.hours * reading.hour + study.money;
    each.value = gain.value;
    each.flip_chance = gain.flip_chance;
    each.width_before = width;
    const double explained = spread > 0 ? std::pow(deviation(about[1]) / spread, 2) : 0;
    each.width_after = width * std::sqrt(std::max(0.0, 1 - study.share * std::min(1.0, explained)));
    if (study.test) each.width_after = width;  // a yes or no narrows by what it says alone
    out.push_back(std::move(each));
  }
  std::stable_sort(out.begin(), out.end(), [](const Studied& a, const Studied& b) {
    if (a.priced != b.priced) return a.priced;
    return a.net() > b.net();
  });
  return out;
}

}  // namespace daytwo::decide::worth
