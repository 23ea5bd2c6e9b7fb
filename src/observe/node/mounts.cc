#include "observe/node/mounts.h"

#include <algorithm>
#include <array>

#include "observe/node/text.h"

namespace daytwo::observe {
namespace {

// The kernel writes blank, tab, newline and backslash as \ooo.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size()) {
      if (const auto code = to_number<unsigned>(text.substr(i + 1, 3), 8)) {
        out += static_cast<char>(*code);
        i += 3;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

bool parse_line(std::string_view line, Mount& mount) {
  // id parent major:minor root point options [tags] - type device super-options
  for (int skip = 0; skip < 3; ++skip) static_cast<void>(next_word(line));
  mount.root = unescaped(next_word(line));
  mount.point = unescaped(next_word(line));
  mount.options = next_word(line);
  std::string_view word = next_word(line);
  while (!word.empty() && word != "-") word = next_word(line);
  if (word.empty()) return false;
  mount.type = next_word(line);
  mount.device = unescaped(next_word(line));
  mount.super_options = next_word(line);
  return mount.point.starts_with('/') && !mount.type.empty();
}

constexpr std::array<std::string_view, 27> kKernelTypes = {
    "autofs",   "binfmt_misc", "bpf",      "cgroup",  "cgroup2",    "configfs",   "debugfs",
    "devpts",   "devtmpfs",    "efivarfs", "fusectl", "hugetlbfs",  "iso9660",    "mqueue",
    "nsfs",     "proc",        "procfs",   "pstore",  "rpc_pipefs", "securityfs", "selinuxfs",
    "squashfs", "sysfs",       "tracefs",  "ramfs",   "rootfs",     "erofs"};
constexpr std::array<std::string_view, 6> kPseudoPoints = {
    "/dev", "/proc", "/sys", "/run/credentials", "/var/lib/docker", "/var/lib/containers/storage"};
constexpr std::array<std::string_view, 11> kRemoteTypes = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "afs", "lustre", "virtiofs"};

template <std::size_t N>
bool is_among(std::string_view text, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

std::vector<Mount> parse_mounts(std::string_view mountinfo, std::size_t* skipped) {
  std::vector<Mount> mounts;
  while (!mountinfo.empty()) {
    Mount mount;
    if (parse_line(next_line(mountinfo), mount)) {
      mounts.push_back(std::move(mount));
    } else {
      ++*skipped;
    }
  }
  return mounts;
}

bool is_measured(const Mount& mount) {
  if (is_among(mount.type, kKernelTypes)) return false;
  if (mount.type == "overlay" && mount.point != "/") return false;
  return std::none_of(kPseudoPoints.begin(), kPseudoPoints.end(), [&](std::string_view point) {
    return mount.point == point ||
           (mount.point.starts_with(point) && mount.point[point.size()] == '/');
  });
}

bool may_hang(const Mount& mount) {
  return is_among(mount.type, kRemoteTypes) || mount.type.starts_with("fuse");
}

}  // namespace daytwo::observe
