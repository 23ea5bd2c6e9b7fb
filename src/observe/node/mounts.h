// Mounts from /proc/self/mountinfo [proc(5)], and the filesystems worth measuring.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daytwo::observe {

// One mount, newest last as the kernel lists them. Escapes such as \040 are undone.
struct Mount {
  std::string root;   // what of the filesystem is mounted
  std::string point;  // where
  std::string type;   // "ext4"
  std::string device;
  std::string options;        // of this mount
  std::string super_options;  // of the filesystem: v1 controllers stand here
};

// All well-formed lines. *skipped counts the others.
[[nodiscard]] std::vector<Mount> parse_mounts(std::string_view mountinfo, std::size_t* skipped);

// True for filesystems that hold people's files on this host: no kernel interface, no container
// layer but at the root, no pseudo mount below /dev, /proc, /sys (as node_exporter leaves out).
[[nodiscard]] bool is_measured(const Mount& mount);

// True for filesystems whose server may hang whoever asks (nfs, cifs, fuse and the like): they are
// counted, never asked.
[[nodiscard]] bool may_hang(const Mount& mount);

}  // namespace daytwo::observe
