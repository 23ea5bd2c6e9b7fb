// Views: what runs on a host.
// Plain structs described for JSON; api/services.h fills them, the route table names them, and
// web/src/api/api.gen.ts and docs/reference/openapi.yaml are written from them.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"
#include "base/time.h"

namespace daytwo::api {

// A running process.
struct ProcessRow {
  std::int64_t pid = 0;
  std::string name;
  std::string user;
  std::string command;  // secrets redacted
  std::string package;
  std::optional<double> cpu;  // cores
  std::optional<std::int64_t> rss_bytes;
  std::optional<std::int64_t> threads;
  std::optional<std::int64_t> descriptors;
  Timestamp started;
  std::string listens;
  std::optional<std::int64_t> limit_bytes;
  std::optional<std::int64_t> used_bytes;
  std::string coverage;

  static constexpr std::string_view kName = "ProcessRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("pid", self.pid);
    v("name", self.name);
    v("user", self.user);
    v("command", self.command);
    v("package", self.package);
    v("cpu", self.cpu);
    v("rss_bytes", self.rss_bytes);
    v("threads", self.threads);
    v("descriptors", self.descriptors);
    v("started", self.started);
    v("listens", self.listens);
    v("limit_bytes", self.limit_bytes);
    v("used_bytes", self.used_bytes);
    v("coverage", self.coverage);
  }
};

// How far a listening socket can be reached.
enum class ReachView : std::uint8_t { kLoopback, kHost, kNetwork };
// The names of ReachView in JSON.
constexpr std::array<std::string_view, 3> json_names(ReachView) {
  return {"loopback", "host", "network"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(ReachView) { return "Reach"; }

// A listening socket.
struct ListenerRow {
  std::string protocol;
  std::string address;
  std::int64_t port = 0;
  ReachView reach = ReachView::kLoopback;
  std::optional<std::int64_t> pid;
  std::string process;
  std::string package;
  Timestamp first_seen;
  std::string state;

  static constexpr std::string_view kName = "ListenerRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("protocol", self.protocol);
    v("address", self.address);
    v("port", self.port);
    v("reach", self.reach);
    v("pid", self.pid);
    v("process", self.process);
    v("package", self.package);
    v("first_seen", self.first_seen);
    v("state", self.state);
  }
};

// A filesystem and when it runs out.
struct FilesystemRow {
  std::string mount;
  std::string device;
  std::int64_t size_bytes = 0;
  std::int64_t used_bytes = 0;
  std::optional<double> inodes_used_share;
  std::string runout;
  std::optional<Amount> date;
  std::optional<Fan> fan;

  static constexpr std::string_view kName = "FilesystemRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("mount", self.mount);
    v("device", self.device);
    v("size_bytes", self.size_bytes);
    v("used_bytes", self.used_bytes);
    v("inodes_used_share", self.inodes_used_share);
    v("runout", self.runout);
    v("date", self.date);
    v("fan", self.fan);
  }
};

// A memory limit and how it is met.
struct LimitRow {
  std::string cgroup;
  std::string workload;
  std::int64_t limit_bytes = 0;
  std::int64_t used_bytes = 0;
  std::int64_t oom_kills = 0;
  std::string sentence;

  static constexpr std::string_view kName = "LimitRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("cgroup", self.cgroup);
    v("workload", self.workload);
    v("limit_bytes", self.limit_bytes);
    v("used_bytes", self.used_bytes);
    v("oom_kills", self.oom_kills);
    v("sentence", self.sentence);
  }
};

// Installed packages in one sentence.
struct PackagesView {
  std::int64_t count = 0;
  std::string sentence;

  static constexpr std::string_view kName = "Packages";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("count", self.count);
    v("sentence", self.sentence);
  }
};

// Stall shares of the last ten seconds (PSI).
struct PressureRow {
  std::string resource;
  std::optional<double> some10;
  std::optional<double> full10;

  static constexpr std::string_view kName = "PressureRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("resource", self.resource);
    v("some10", self.some10);
    v("full10", self.full10);
  }
};

// Drift against the baseline, or how to learn one.
struct DriftView {
  std::string sentence;
  std::string teach;

  static constexpr std::string_view kName = "Drift";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("sentence", self.sentence);
    v("teach", self.teach);
  }
};

// POST /baseline/accept: the difference called `what` (or the id of its worry), or `all` of them.
struct AcceptRequest {
  std::optional<std::string> what;
  std::optional<bool> all;
  std::optional<std::string> why;  // kept beside what is added
  std::optional<bool> dry_run;

  static constexpr std::string_view kName = "AcceptRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v.optional("what", self.what);
    v.optional("all", self.all);
    v.optional("why", self.why);
    v.optional("dry_run", self.dry_run);
  }
};

// What was accepted, and the file that says so.
struct AcceptPage : Base {
  std::string sentence;
  std::vector<std::string> accepted;  // one sentence each
  std::string file;

  static constexpr std::string_view kName = "AcceptPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("accepted", self.accepted);
    v("file", self.file);
  }
};

// GET /host.
struct HostPage : Base {
  std::string sentence;
  std::string host;
  std::string kernel;
  std::string release;
  std::vector<std::string> coverage;
  std::vector<ProcessRow> processes;
  std::vector<ListenerRow> listeners;
  std::vector<FilesystemRow> filesystems;
  std::vector<LimitRow> limits;
  PackagesView packages;
  std::vector<PressureRow> pressure;
  DriftView drift;

  static constexpr std::string_view kName = "HostPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("host", self.host);
    v("kernel", self.kernel);
    v("release", self.release);
    v("coverage", self.coverage);
    v("processes", self.processes);
    v("listeners", self.listeners);
    v("filesystems", self.filesystems);
    v("limits", self.limits);
    v("packages", self.packages);
    v("pressure", self.pressure);
    v("drift", self.drift);
  }
};

}  // namespace daytwo::api
