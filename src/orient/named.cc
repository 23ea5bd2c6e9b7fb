#include "orient/named.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/text.h"
#include "model/service.h"
#include "orient/holder.h"

namespace daytwo::orient {
namespace {

// Shorter names ("sh") say nothing.
constexpr std::size_t kLeastName = 3;
constexpr std::array<std::string_view, 8> kNamingTags = {
    "service", "app", "application", "component", "name", "host", "hostname", "instance"};

// Rows of letters and digits, in lower case.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : to_lower(text)) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out.back() += c;
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

bool holds(const std::vector<std::string>& text, const std::vector<std::string>& name) {
  return std::search(text.begin(), text.end(), name.begin(), name.end()) != text.end();
}

bool names_something(std::string_view tag) {
  const std::string lower = to_lower(tag);
  // "kubernetes.io/app", "aws:name": the last part is the name of the tag.
  const std::size_t last = lower.find_last_of("/:.");
  const std::string_view name = last == std::string::npos
                                    ? std::string_view(lower)
                                    : std::string_view(lower).substr(last + 1);
  return std::find(kNamingTags.begin(), kNamingTags.end(), name) != kNamingTags.end();
}

}  // namespace

RunningNames::RunningNames(const View& view) {
  for (const model::Service& service : view.catalog.all()) {
    add(service.id.value, service.id.value, 0);
  }
  for (const auto& process : seen<facts::ProcessSeen>(view.snapshot)) {
    const model::Service* service = service_of(*process.what, view.catalog);
    std::string_view workload = process.what->workload;
    if (workload.ends_with(".service")) workload.remove_suffix(8);
    const std::string means =
        service == nullptr ? std::string(process.what->workload) : service->id.value;
    add(workload.substr(workload.find_last_of('/') + 1), means, 1);
    add(process.what->name, means, 2);
  }
  for (const auto& host : seen<facts::HostSeen>(view.snapshot)) {
    add(host.what->host, host.what->host, 3);
    ++hosts_;
  }
  std::stable_sort(names_.begin(), names_.end(),
                   [](const Name& a, const Name& b) { return a.rank < b.rank; });
}

void RunningNames::add(std::string_view name, std::string means, int rank) {
  if (name.size() < kLeastName) return;
  std::vector<std::string> words = words_of(name);
  if (!words.empty()) names_.push_back({std::move(words), std::move(means), rank});
}

std::string RunningNames::find(const facts::CostSeen& cost) const {
  std::vector<std::vector<std::string>> texts = {words_of(cost.resource), words_of(cost.name)};
  for (const auto& [tag, value] : cost.tags) {
    if (names_something(tag)) texts.push_back(words_of(value));
  }
  for (const Name& name : names_) {
    for (const auto& text : texts) {
      if (holds(text, name.words)) return name.means;
    }
  }
  return {};
}

}  // namespace daytwo::orient
