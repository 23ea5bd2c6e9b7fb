#include "app/answer_words.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "model/amount.h"

namespace daytwo::app {

std::string amount_words(const std::optional<api::Amount>& amount) {
  if (!amount) return {};
  model::Amount out;
  out.estimate = {amount->p05, amount->p25,  amount->p50,     amount->p75,
                  amount->p95, amount->mean, amount->samples, {amount->seed}};
  out.unit = amount->unit;
  out.window = amount->window;
  return model::to_words(out);
}

std::string chance_words(const std::optional<double>& chance) {
  if (!chance) return {};
  const double twentieths = std::round(*chance * 20);
  return fmt::format("{} in 20", static_cast<int>(twentieths));
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + '\'';
}

void print_teach(std::string_view teach) {
  if (teach.empty()) return;
  for (const std::string_view line : split(teach, '\n')) fmt::print("  {}\n", line);
}

void print_question(const std::optional<api::Question>& question) {
  if (!question) return;
  fmt::print("\n{}\n  {}\n  daytwo stakes {}\n", question->sentence, question->why,
             shell_quoted(question->placeholder));
  for (const api::Offer& offer : question->offers) {
    fmt::print("  offered, used only when you state it: \"{}\" ({})\n", offer.text, offer.source);
  }
}

}  // namespace daytwo::app
