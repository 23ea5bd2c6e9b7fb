#include "decide/taught_file.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "model/field.h"

namespace daytwo::decide {
namespace {

// What a worry becomes, and the sentence of it.
struct TaughtWorry {
  model::FiledWorry worry;
  std::string note;
};

std::optional<TaughtWorry> taught_worry(const model::FiledWorry& worry, const History& history) {
  if (!worry.duration || !worry.duration->closed || !worry.duration->uses.empty()) {
    return std::nullopt;
  }
  const auto learned =
      taught_hours({worry.duration->law, "stated"}, history, worry.service, worry.title);
  if (!learned) return std::nullopt;
  // A lognormal is its 90 % interval.
  const chance::Distribution& hours = learned->hours.what;
  auto duration = model::read_field(fmt::format("{}h to {}h", format_double(hours.quantile(.05)),
                                                format_double(hours.quantile(.95))),
                                    model::Measure::kDuration);
  if (!duration) return std::nullopt;
  TaughtWorry out{
      worry, fmt::format("'{}': how long one event takes is {}", worry.id, learned->hours.source)};
  for (auto* parts : {&out.worry.loss, &out.worry.harm}) {
    for (model::LossPart& part : *parts) {
      part.amount.program = lasting(part.amount.program, duration->text);
      if (part.chance) part.chance->program = lasting(part.chance->program, duration->text);
    }
  }
  out.worry.duration = *std::move(duration);
  return out;
}

}  // namespace

void TaughtFile::note(std::vector<std::string>& out) const {
  for (const auto& [worry, sentence] : notes) out.push_back(sentence);
}

std::optional<TaughtFile> taught_by(const model::WorryFile& file, const History& history) {
  std::optional<TaughtFile> out;
  if (history.incidents.empty()) return out;
  for (std::size_t i = 0; i < file.worries.size(); ++i) {
    auto taught = taught_worry(file.worries[i], history);
    if (!taught) continue;
    if (!out) out = TaughtFile{file, {}};
    out->notes.emplace(taught->worry.id, std::move(taught->note));
    out->file.worries[i] = std::move(taught->worry);
  }
  return out;
}

std::string lasting(std::string_view program, std::string_view duration) {
  const std::string head = std::string(model::kDuration) + " = ";
  std::string out;
  for (const std::string_view line : split(program, '\n')) {
    if (!out.empty()) out += '\n';
    out += line.starts_with(head) ? fmt::format("{}{}", head, duration) : std::string(line);
  }
  return out;
}

}  // namespace daytwo::decide
