#include "observe/node/packages.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxStatusBytes = 64U << 20U;
constexpr std::size_t kMaxListBytes = 16U << 20U;
constexpr std::size_t kMaxReleaseBytes = 64U << 10U;
constexpr std::string_view kStatus = "/var/lib/dpkg/status";
constexpr std::string_view kStatusDirectory = "/var/lib/dpkg/status.d";
constexpr std::string_view kInfo = "/var/lib/dpkg/info";

}  // namespace

Packages::Stamp Packages::stamp(const std::string& path) const {
  const auto facts = files_.facts(path);
  return facts ? Stamp{facts->inode, facts->size_bytes, facts->modified.ms} : Stamp{};
}

bool Packages::refresh() {
  const Stamp status = stamp(root_ + std::string(kStatus));
  const Stamp directory = stamp(root_ + std::string(kStatusDirectory));
  const Stamp info = stamp(root_ + std::string(kInfo));
  if (read_once_ && status == status_stamp_ && directory == directory_stamp_ &&
      info == info_stamp_) {
    return false;
  }
  read_once_ = true;
  status_stamp_ = status;
  directory_stamp_ = directory;
  info_stamp_ = info;
  ++generation_;
  read_status();
  read_owners();
  return true;
}

void Packages::read_status() {
  status_ = {};
  gap_.clear();
  release_ = {};
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    if (const auto text = files_.read(root_ + path, kMaxReleaseBytes)) {
      release_ = parse_os_release(*text);
      break;
    }
  }
  bool found = false;
  if (const auto text = files_.read(root_ + std::string(kStatus), kMaxStatusBytes)) {
    found = true;
    status_ = parse_dpkg_status(*text, DpkgKind::kStatusFile);
  } else if (text.error().code != Code::kNotFound) {
    gap_ = text.error().text;
  }
  if (const auto names = files_.list(root_ + std::string(kStatusDirectory))) {
    for (const std::string& name : *names) {
      if (name.ends_with(".md5sums")) continue;
      const auto text =
          files_.read(fmt::format("{}{}/{}", root_, kStatusDirectory, name), kMaxListBytes);
      if (!text) continue;
      found = true;
      DpkgStatus one = parse_dpkg_status(*text, DpkgKind::kStatusDirectory);
      status_.stanzas += one.stanzas;
      status_.broken += one.broken;
      std::move(one.packages.begin(), one.packages.end(), std::back_inserter(status_.packages));
    }
  }
  std::sort(status_.packages.begin(), status_.packages.end(),
            [](const DpkgPackage& a, const DpkgPackage& b) {
              return std::pair(std::string_view(a.name), std::string_view(a.architecture)) <
                     std::pair(std::string_view(b.name), std::string_view(b.architecture));
            });
  if (!found && gap_.empty()) gap_ = "no dpkg database here: packages of this host are not known";
  if (status_.broken > 0) {
    gap_ = fmt::format("{} of {} entries of the dpkg database could not be read: run dpkg --audit",
                       status_.broken, status_.stanzas);
  }
}

void Packages::read_owners() {
  owners_ = {};
  const std::string info = root_ + std::string(kInfo);
  const auto directory = files_.open_directory(info);
  if (!directory) return;
  const auto names = (*directory)->list("");
  if (!names) return;
  for (const std::string& name : *names) {
    if (!name.ends_with(".list")) continue;
    if (const auto text = (*directory)->read(name, kMaxListBytes)) {
      owners_.add(std::string_view(name).substr(0, name.size() - 5), *text);
    }
  }
  if (const auto text = files_.read(root_ + "/var/lib/dpkg/diversions", kMaxListBytes)) {
    owners_.divert(*text);
  }
  owners_.finish();
}

const DpkgPackage* Packages::find(std::string_view name) const {
  const auto found =
      std::lower_bound(status_.packages.begin(), status_.packages.end(), name,
                       [](const DpkgPackage& a, std::string_view b) { return a.name < b; });
  return found != status_.packages.end() && found->name == name ? &*found : nullptr;
}

}  // namespace daytwo::observe
