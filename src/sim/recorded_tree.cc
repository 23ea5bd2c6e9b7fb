#include "sim/recorded_tree.h"

#include <fmt/format.h>

#include <utility>

#include "base/hash.h"

namespace daytwo::sim {
namespace {

class RecordedDirectory final : public env::Directory {
 public:
  RecordedDirectory(const RecordedTree& tree, std::string path)
      : tree_(tree), path_(std::move(path)) {}
  [[nodiscard]] Result<std::string> read(const std::string& name, std::size_t max_bytes,
                                         bool cut) const override {
    return tree_.read_bounded(path_ + "/" + name, max_bytes, cut);
  }
  [[nodiscard]] Result<std::string> read_link(const std::string& name) const override {
    return tree_.read_link(path_ + "/" + name);
  }
  [[nodiscard]] Result<env::FileFacts> facts(const std::string& name) const override {
    return tree_.facts(path_ + "/" + name);
  }
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& name) const override {
    return tree_.list(name.empty() ? path_ : path_ + "/" + name);
  }

 private:
  const RecordedTree& tree_;
  const std::string path_;
};

[[nodiscard]] tl::unexpected<Error> read_only() {
  return fail(Code::kDenied, "a recorded tree cannot be changed");
}

[[nodiscard]] tl::unexpected<Error> absent(const std::string& path) {
  return fail(Code::kNotFound, "opening " + path + ": No such file or directory");
}

}  // namespace

void RecordedTree::put(const std::string& path, std::string bytes) {
  files_[path] = std::move(bytes);
  ++versions_[path];
  for (std::string below = path; below.size() > 1;) {
    const std::size_t slash = below.rfind('/');
    const std::string parent = slash == 0 ? "/" : below.substr(0, slash);
    if (!directories_[parent].insert(below.substr(slash + 1)).second) break;
    below = parent;
  }
}

void RecordedTree::put_link(const std::string& path, std::string target) {
  put(path, "");
  files_.erase(path);
  links_[path] = std::move(target);
}

void RecordedTree::drop(const std::string& path) {
  const auto below = [&](const std::string& each) {
    return each == path || each.starts_with(path + "/");
  };
  std::erase_if(files_, [&](const auto& each) { return below(each.first); });
  std::erase_if(links_, [&](const auto& each) { return below(each.first); });
  std::erase_if(directories_, [&](const auto& each) { return below(each.first); });
  const std::size_t slash = path.rfind('/');
  directories_[slash == 0 ? "/" : path.substr(0, slash)].erase(path.substr(slash + 1));
}

bool RecordedTree::is_denied(const std::string& path) const {
  for (const std::string& denied : denied_) {
    if (path == denied || path.starts_with(denied + "/")) return true;
  }
  return false;
}

bool RecordedTree::is_directory(const std::string& path) const {
  return directories_.contains(path);
}

Result<std::string> RecordedTree::read_bounded(const std::string& path, std::size_t max_bytes,
                                               bool cut) const {
  if (is_denied(path)) return fail(Code::kDenied, "opening " + path + ": Permission denied");
  const auto found = files_.find(path);
  if (found == files_.end()) return absent(path);
  if (found->second.size() > max_bytes && !cut) {
    return fail(Code::kLimit, fmt::format("{} is larger than {} bytes", path, max_bytes));
  }
  return found->second.substr(0, max_bytes);
}

Result<std::string> RecordedTree::read(const std::string& path, std::size_t max_bytes) const {
  return read_bounded(path, max_bytes, false);
}

Result<std::string> RecordedTree::read_link(const std::string& path) const {
  if (is_denied(path)) return fail(Code::kDenied, "reading link " + path + ": Permission denied");
  const auto found = links_.find(path);
  if (found == links_.end()) return absent(path);
  return found->second;
}

Result<std::unique_ptr<env::Directory>> RecordedTree::open_directory(
    const std::string& path) const {
  if (is_denied(path)) return fail(Code::kDenied, "opening " + path + ": Permission denied");
  if (!is_directory(path)) return absent(path);
  return std::make_unique<RecordedDirectory>(*this, path);
}

Result<std::vector<std::string>> RecordedTree::list(const std::string& path) const {
  if (is_denied(path)) return fail(Code::kDenied, "listing " + path + ": Permission denied");
  const auto found = directories_.find(path);
  if (found == directories_.end()) return absent(path);
  return std::vector<std::string>(found->second.begin(), found->second.end());
}

Result<env::FileFacts> RecordedTree::facts(const std::string& path) const {
  if (is_denied(path)) return fail(Code::kDenied, "looking at " + path + ": Permission denied");
  env::FileFacts facts;
  const auto link = links_.find(path);  // stat follows links
  const std::string target = link == links_.end() ? path : link->second;
  facts.device = 1;
  facts.inode = hash64(target);
  if (const auto size = sizes_.find(path); size != sizes_.end()) facts.size_bytes = size->second;
  if (is_directory(target)) {
    facts.kind = env::FileFacts::Kind::kDirectory;
    return facts;
  }
  const auto found = files_.find(target);
  if (found == files_.end()) return absent(path);
  facts.kind = env::FileFacts::Kind::kFile;
  facts.size_bytes = found->second.size();
  facts.modified = {versions_.at(target)};
  return facts;
}

Result<env::SpaceFacts> RecordedTree::space(const std::string& path) const {
  const auto found = spaces_.find(path);
  if (found == spaces_.end()) return absent(path);
  return found->second;
}

Result<void> RecordedTree::write_atomic(const std::string&, std::string_view, std::uint32_t) {
  return read_only();
}
Result<std::unique_ptr<env::AppendFile>> RecordedTree::open_append(const std::string&) {
  return read_only();
}
Result<std::unique_ptr<env::ReadFile>> RecordedTree::open_read(const std::string&) const {
  return read_only();
}
Result<void> RecordedTree::make_directories(const std::string&) { return read_only(); }
Result<void> RecordedTree::rename(const std::string&, const std::string&) { return read_only(); }
Result<void> RecordedTree::remove(const std::string&) { return read_only(); }
Result<void> RecordedTree::remove_tree(const std::string&) { return read_only(); }
Result<void> RecordedTree::truncate(const std::string&, std::uint64_t) { return read_only(); }
Result<void> RecordedTree::sync_directory(const std::string&) { return read_only(); }
Result<std::unique_ptr<env::FileLock>> RecordedTree::lock(const std::string&) {
  return read_only();
}

}  // namespace daytwo::sim
