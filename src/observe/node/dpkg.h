// The dpkg database: which packages are installed, and which owns a file.
// Formats: deb-control(5), dpkg-query(1), dpkg's doc "status file". A broken or cut stanza costs
// that stanza and is counted, never the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace daytwo::observe {

// One package with code on disk: every state but not-installed and config-files.
struct DpkgPackage {
  std::string name;
  std::string version;
  std::string architecture;
  std::string source;          // its own name when the field is absent
  std::string source_version;  // its own version when not in brackets
  bool operator==(const DpkgPackage&) const = default;
};

// A database file that was read.
struct DpkgStatus {
  std::vector<DpkgPackage> packages;
  std::size_t stanzas = 0;
  std::size_t broken = 0;
};

// Whether stanzas carry the field Status (the one file of dpkg) or not (status.d of distroless
// images, one stanza a file, installed by being there).
enum class DpkgKind : bool { kStatusFile, kStatusDirectory };

// Reads stanzas. A last stanza that is not ended by an empty line (kStatusFile) or a newline
// (kStatusDirectory) is cut and counts as broken: half a version is worse than none.
[[nodiscard]] DpkgStatus parse_dpkg_status(std::string_view text, DpkgKind kind);

// Which package owns a path: 64-bit hashes of the files listed in info/*.list. Directories and
// files that are never mapped (documentation, translations, headers) are left out, which keeps the
// table near 1 MB on a common host.
class FileOwners {
 public:
  // Adds the list of `package` ("libc6:amd64").
  void add(std::string_view package, std::string_view list);
  // Adds /var/lib/dpkg/diversions: triples of lines from, to, package.
  void divert(std::string_view text);
  // Sorts; find() may be called from now on.
  void finish();

  // The package that owns `path` (without architecture), or empty. Paths are compared after
  // usr-merge; a diverted path belongs to whoever listed its name before.
  [[nodiscard]] std::string_view find(std::string_view path) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t package;
  };
  [[nodiscard]] std::span<const Entry> range(std::uint64_t hash) const;

  std::vector<std::string> packages_;
  std::vector<Entry> entries_;  // sorted by hash after finish()
  struct Diversion {
    std::uint64_t from;
    std::uint64_t to;
    std::string package;
  };
  std::vector<Diversion> diversions_;
};

// `path` with /bin, /sbin, /lib* moved to /usr, as merged systems have them.
[[nodiscard]] std::string merged_path(std::string_view path);

// What os-release says about this system, as advisories name it.
struct Release {
  std::string pretty_name;
  std::string ecosystem;  // "Debian:12", "Ubuntu:22.04:LTS", "Alpine:v3.19"; empty when unknown
};

// Reads os-release(5).
[[nodiscard]] Release parse_os_release(std::string_view text);

}  // namespace daytwo::observe
