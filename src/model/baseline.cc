#include "model/baseline.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace daytwo::model {
namespace {

constexpr std::int64_t kFirstClientPort = 32768;
constexpr std::int64_t kLastClientPort = 60999;

bool in_client_range(std::int64_t port) {
  return port >= kFirstClientPort && port <= kLastClientPort;
}

bool same_holder(const BaselineListener& a, const BaselineListener& b) {
  return a.workload.empty() || b.workload.empty() || a.workload == b.workload;
}

// How well a declared listener explains an observed one.
enum class Match : std::uint8_t { kNone, kOtherHolder, kWidened, kSame };

Match match(const BaselineListener& declared, const BaselineListener& observed) {
  if (!same_holder(declared, observed)) return Match::kOtherHolder;
  return reach_of(observed.address) > reach_of(declared.address) ? Match::kWidened : Match::kSame;
}

bool same_port(const BaselineListener& declared, const BaselineListener& observed) {
  return declared.protocol == observed.protocol && declared.port == observed.port;
}

// One program took another port of the range that is given out.
bool moves(const BaselineListener& declared, const BaselineListener& observed) {
  return declared.protocol == observed.protocol && !declared.workload.empty() &&
         declared.workload == observed.workload && in_client_range(declared.port) &&
         in_client_range(observed.port);
}

std::string described(const BaselineListener& listener) {
  return listener.workload.empty() ? listener.name() : listener.name() + " by " + listener.workload;
}

struct Explained {
  const BaselineListener* by = nullptr;
  Match how = Match::kNone;
};

// The declared listener that explains each observed one best, and how well: one of the same port;
// else one that moved. A declared listener that is still at its port has not moved, and none moves
// to two ports: a second listener of the same program is a new one.
std::vector<Explained> explain(const Baseline& declared, const Baseline& observed) {
  std::vector<Explained> out(observed.listeners.size());
  std::vector<const BaselineListener*> away;
  for (const BaselineListener& candidate : declared.listeners) {
    bool present = false;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!same_port(candidate, observed.listeners[i])) continue;
      present = true;
      const Match how = match(candidate, observed.listeners[i]);
      if (how > out[i].how) out[i] = {&candidate, how};
    }
    if (!present) away.push_back(&candidate);
  }
  // Those at the same address first, so that the others keep what fits them.
  for (const bool same_address : {true, false}) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const BaselineListener& listener = observed.listeners[i];
      if (out[i].how != Match::kNone) continue;
      const auto moved = std::find_if(away.begin(), away.end(), [&](const auto* candidate) {
        return moves(*candidate, listener) &&
               (!same_address || candidate->address == listener.address);
      });
      if (moved == away.end()) continue;
      out[i] = {*moved, match(**moved, listener)};
      away.erase(moved);
    }
  }
  return out;
}

void compare_listeners(const Baseline& declared, const Baseline& observed,
                       std::vector<Difference>& out) {
  const std::vector<Explained> explained = explain(declared, observed);
  for (std::size_t i = 0; i < explained.size(); ++i) {
    const BaselineListener& listener = observed.listeners[i];
    if (is_client_socket(listener.protocol, listener.port)) continue;
    const auto [nearest, how] = explained[i];
    if (how == Match::kSame) continue;
    Difference difference;
    difference.what = listener.name();
    difference.observed = described(listener);
    difference.workload = listener.workload;
    difference.beyond_loopback = reach_of(listener.address) > 0;
    if (nearest != nullptr) difference.declared = described(*nearest);
    difference.deviation = how == Match::kWidened       ? Deviation::kWidenedListener
                           : how == Match::kOtherHolder ? Deviation::kOtherHolder
                                                        : Deviation::kUnexpectedListener;
    out.push_back(std::move(difference));
  }
  for (const BaselineListener& listener : declared.listeners) {
    if (is_client_socket(listener.protocol, listener.port)) continue;
    const bool found = std::any_of(
        observed.listeners.begin(), observed.listeners.end(),
        [&](const auto& other) { return same_port(listener, other) || moves(listener, other); });
    if (found) continue;
    out.push_back({Deviation::kMissingListener, listener.name(), described(listener), "",
                   listener.workload, reach_of(listener.address) > 0});
  }
}

void compare_processes(const Baseline& declared, const Baseline& observed,
                       std::vector<Difference>& out) {
  const auto runs = [](const Baseline& baseline, const BaselineProcess& process) {
    return std::any_of(
        baseline.processes.begin(), baseline.processes.end(), [&](const BaselineProcess& other) {
          return other.workload == process.workload &&
                 (other.user.empty() || process.user.empty() || other.user == process.user);
        });
  };
  const auto described_process = [](const BaselineProcess& process) {
    return process.user.empty() ? process.workload : process.workload + " as " + process.user;
  };
  for (const BaselineProcess& process : observed.processes) {
    if (runs(declared, process)) continue;
    out.push_back({Deviation::kUnexpectedProcess, "process:" + process.workload, "",
                   described_process(process), process.workload, false});
  }
  for (const BaselineProcess& process : declared.processes) {
    if (runs(observed, process)) continue;
    out.push_back({Deviation::kMissingProcess, "process:" + process.workload,
                   described_process(process), "", process.workload, false});
  }
}

template <typename T>
void add_sorted(std::vector<T>& list, T item) {
  const auto order = [](const T& a, const T& b) {
    if constexpr (std::is_same_v<T, BaselineListener>) {
      return std::tie(a.protocol, a.port, a.address) < std::tie(b.protocol, b.port, b.address);
    } else {
      return std::tie(a.workload, a.user) < std::tie(b.workload, b.user);
    }
  };
  list.insert(std::upper_bound(list.begin(), list.end(), item, order), std::move(item));
}

bool is_missing(Deviation deviation) {
  return deviation == Deviation::kMissingListener || deviation == Deviation::kMissingProcess;
}

}  // namespace

std::string BaselineListener::name() const {
  const bool six = address.find(':') != std::string::npos;
  return six ? fmt::format("{}:[{}]:{}", protocol, address, port)
             : fmt::format("{}:{}:{}", protocol, address, port);
}

int reach_of(std::string_view address) {
  return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.") ||
                 address == "localhost"
             ? 0
             : 1;
}

bool is_client_socket(std::string_view protocol, std::int64_t port) {
  return protocol == "udp" && in_client_range(port);
}

std::vector<Difference> compare(const Baseline& declared, const Baseline& observed) {
  std::vector<Difference> out;
  compare_listeners(declared, observed, out);
  compare_processes(declared, observed, out);
  std::stable_sort(out.begin(), out.end(),
                   [](const Difference& a, const Difference& b) { return a.what < b.what; });
  return out;
}

Result<Baseline> accept(const Baseline& declared, const Baseline& observed, std::string_view what,
                        std::string_view why) {
  Baseline out = declared;
  bool found = false;
  for (const Difference& difference : compare(declared, observed)) {
    if (difference.what != what) continue;
    found = true;
    const auto named = [&](const BaselineListener& listener) { return listener.name() == what; };
    const auto runs = [&](const BaselineProcess& process) {
      return "process:" + process.workload == what;
    };
    std::erase_if(out.listeners, named);
    std::erase_if(out.processes, runs);
    if (is_missing(difference.deviation)) continue;
    for (BaselineListener listener : observed.listeners) {
      if (!named(listener)) continue;
      listener.why = why;
      add_sorted(out.listeners, std::move(listener));
    }
    for (BaselineProcess process : observed.processes) {
      if (!runs(process)) continue;
      process.why = why;
      add_sorted(out.processes, std::move(process));
    }
    break;
  }
  if (!found) {
    return fail(Code::kNotFound, fmt::format("'{}' does not differ from the baseline", what));
  }
  return out;
}

}  // namespace daytwo::model
