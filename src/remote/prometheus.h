// An existing Prometheus, Mimir or VictoriaMetrics as a Source, and as an engine that queries are
// pushed down to whole. Raw samples come by remote read and by nothing else: range selectors would
// hide stale markers, and an export loses them, so that vanished series would live on.
// Thread rule: any thread; every method blocks for at most Options::timeout.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "remote/peer.h"
#include "series/source.h"

namespace daytwo::remote {

// The peer's own answer, as it came.
struct Passed {
  int status = 0;
  std::string content_type;
  std::string body;
};

// The attached server.
class Prometheus final : public series::Source {
 public:
  // Asks nothing yet. What `parts` names outlives this object.
  Prometheus(Options options, const PeerParts& parts);

  // Sends a request of the query API to the peer's own engine: `path` is "/api/v1/query" or
  // "/api/v1/query_range", `encoded` its parameters as a form. Status and body come back unchanged,
  // errors of the query among them.
  // Errors: the peer did not answer (kUnavailable, kTimeout, ...; see Peer::send), or with a status
  // of 500 or above and no body of this API, which is some proxy's.
  [[nodiscard]] Result<Passed> forward(std::string_view path, std::string encoded);

  // The peer's answer to an instant query as one number; nothing for no element, several, or NaN.
  // For pages, so it waits 3 s at most. Errors: as forward(), and the query's own.
  [[nodiscard]] Result<std::optional<double>> number(std::string_view query, Timestamp at);

  // Source. Errors, besides the border's: kUnavailable when the peer has no remote read; kLimit
  // also when the peer's own limits are passed; kUnauthenticated and kDenied.
  [[nodiscard]] Result<std::vector<series::SeriesColumn>> select(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      const series::Hints& hints) const override;
  [[nodiscard]] Result<std::vector<series::Labels>> series(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_names(
      std::span<const series::Matcher> matchers, series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_values(
      const std::string& name, std::span<const series::Matcher> matchers,
      series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<series::Metadata>> metadata(
      const std::string& family) const override;

  // Whether raw samples can be had; false for VictoriaMetrics. Errors: as Peer::identify.
  [[nodiscard]] Result<bool> has_remote_read() const;
  // What is there; asks the first time. Errors: as Peer::identify.
  [[nodiscard]] Result<Identity> identify() const { return peer_.identify(); }
  // Sees whether it still answers. Errors: as Peer::identify.
  [[nodiscard]] Result<Identity> check() { return peer_.check(); }
  [[nodiscard]] PeerState state() const { return peer_.state(); }
  [[nodiscard]] const std::string& url() const { return peer_.url(); }

 private:
  // The body of a successful GET of `path`; the peer's own error otherwise.
  [[nodiscard]] Result<std::string> get(std::string path, std::string query) const;

  mutable Peer peer_;  // reading moves what is known of the peer
};

}  // namespace daytwo::remote
