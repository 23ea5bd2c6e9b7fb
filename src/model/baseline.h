// Baseline: what is meant to run and listen on a host, learned once or written by hand, and the
// difference to what does, both ways. Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::model {

// A listening socket, and the workload that holds it (empty = not visible).
struct BaselineListener {
  std::string protocol;  // tcp, udp
  std::string address;
  std::int64_t port = 0;
  std::string workload;
  std::string why;  // of whoever accepted it; empty when learned
  bool operator==(const BaselineListener&) const = default;
  // "tcp:0.0.0.0:8080", "tcp:[::]:8080".
  [[nodiscard]] std::string name() const;
};

// A workload with at least one process.
struct BaselineProcess {
  std::string workload;
  std::string user;
  std::string why;
  bool operator==(const BaselineProcess&) const = default;
};

// What is meant to run on one host. Lists are sorted.
struct Baseline {
  std::string host;
  Timestamp learned;
  std::vector<BaselineListener> listeners;
  std::vector<BaselineProcess> processes;
  bool operator==(const Baseline&) const = default;
};

// In which way the host differs from its baseline.
enum class Deviation : std::uint8_t {
  kUnexpectedListener,
  kMissingListener,
  kWidenedListener,  // as declared, but reachable from further away
  kOtherHolder,      // another workload holds the declared socket
  kUnexpectedProcess,
  kMissingProcess,
};

// One difference. `what` names it, also for accept(): "tcp:0.0.0.0:8080", "process:nginx".
struct Difference {
  Deviation deviation = Deviation::kUnexpectedListener;
  std::string what;
  std::string declared;  // as the baseline has it; empty when undeclared
  std::string observed;  // as it is; empty when missing
  std::string workload;
  bool beyond_loopback = false;
  bool operator==(const Difference&) const = default;
};

// How far an address can be reached: 0 this host only, 1 from elsewhere.
[[nodiscard]] int reach_of(std::string_view address);

// True for a socket that no baseline names: a UDP port from the range that clients are given
// (32768 to 60999, Linux's net.ipv4.ip_local_port_range).
[[nodiscard]] bool is_client_socket(std::string_view protocol, std::int64_t port);

// All differences, declared but absent as well as present but undeclared, sorted by `what`. A
// workload that moves between TCP ports of the clients' range has not changed; one that listens on
// a second of them beside the first has.
[[nodiscard]] std::vector<Difference> compare(const Baseline& declared, const Baseline& observed);

// The baseline with the difference called `what` made good: present ones are added with `why`,
// missing ones removed. Errors: kNotFound when there is no such difference.
[[nodiscard]] Result<Baseline> accept(const Baseline& declared, const Baseline& observed,
                                      std::string_view what, std::string_view why);

// As a file. Reading it gives the same baseline.
[[nodiscard]] std::string to_yaml(const Baseline& baseline);

// Reads a file. Errors: kInvalid with all problems.
[[nodiscard]] Result<Baseline> parse_baseline(std::string_view text, std::string path);

}  // namespace daytwo::model
