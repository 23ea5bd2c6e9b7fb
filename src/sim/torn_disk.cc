#include "sim/torn_disk.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace daytwo::sim {
namespace {

using Kind = env::FileFacts::Kind;

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> out;
  for (const std::string_view part : split(path, '/')) {
    if (!part.empty() && part != ".") out.emplace_back(part);
  }
  return out;
}

std::pair<std::string, std::string> parent_and_name(const std::string& path) {
  const std::vector<std::string> parts = parts_of(path);
  std::string parent;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) parent += '/' + parts[i];
  return {parent, parts.empty() ? std::string() : parts.back()};
}

tl::unexpected<Error> gone(const std::string& path) {
  return fail(Code::kNotFound, fmt::format("{}: no such file or directory", path));
}

}  // namespace

class TornDisk::Appender final : public env::AppendFile {
 public:
  Appender(TornDisk& disk, Node node, std::string path)
      : disk_(disk), node_(std::move(node)), path_(std::move(path)), life_(disk.life_) {}

  [[nodiscard]] Result<void> append(std::string_view bytes) override {
    const std::lock_guard lock(disk_.mutex_);
    TRY_VOID(alive());
    return disk_.append_to(node_, path_, bytes);
  }
  [[nodiscard]] Result<void> sync() override {
    const std::lock_guard lock(disk_.mutex_);
    TRY_VOID(alive());
    return disk_.sync_file(node_, path_);
  }
  [[nodiscard]] std::uint64_t size() const override {
    const std::lock_guard lock(disk_.mutex_);
    return node_->file.live().size();
  }

 private:
  [[nodiscard]] Result<void> alive() const {
    if (life_ == disk_.life_) return {};
    return fail(Code::kUnavailable, fmt::format("{}: the machine was restarted", path_));
  }

  TornDisk& disk_;
  Node node_;
  std::string path_;
  std::uint64_t life_;
};

class TornDisk::Reader final : public env::ReadFile {
 public:
  Reader(const TornDisk& disk, Node node) : disk_(disk), node_(std::move(node)) {}

  [[nodiscard]] Result<std::string> read_at(std::uint64_t offset,
                                            std::size_t count) const override {
    const std::lock_guard lock(disk_.mutex_);
    TRY_VOID(disk_.check_power("file"));
    const std::string& bytes = node_->file.live();
    if (offset >= bytes.size()) return std::string();
    return bytes.substr(static_cast<std::size_t>(offset), count);
  }
  [[nodiscard]] Result<std::string_view> map() override {
    const std::lock_guard lock(disk_.mutex_);
    TRY_VOID(disk_.check_power("file"));
    mapped_ = node_->file.live();  // a copy: mapped memory never moves
    return std::string_view(mapped_);
  }
  [[nodiscard]] std::uint64_t size() const override {
    const std::lock_guard lock(disk_.mutex_);
    return node_->file.live().size();
  }

 private:
  const TornDisk& disk_;
  Node node_;
  std::string mapped_;
};

class TornDisk::OpenDirectory final : public env::Directory {
 public:
  OpenDirectory(const TornDisk& disk, Node node) : disk_(disk), node_(std::move(node)) {}

  [[nodiscard]] Result<std::string> read(const std::string& name, std::size_t max_bytes,
                                         bool cut) const override {
    const std::lock_guard lock(disk_.mutex_);
    TRY(const Node node, below(name));
    if (node->kind != Kind::kFile) return fail(Code::kInvalid, name + ": not a file");
    const std::string& bytes = node->file.live();
    if (bytes.size() > max_bytes && !cut) {
      return fail(Code::kLimit, fmt::format("{}: larger than {} bytes", name, max_bytes));
    }
    return bytes.substr(0, max_bytes);
  }
  [[nodiscard]] Result<std::string> read_link(const std::string& name) const override {
    const std::lock_guard lock(disk_.mutex_);
    TRY(const Node node, below(name));
    if (node->kind != Kind::kLink) return fail(Code::kInvalid, name + ": not a link");
    return node->target;
  }
  [[nodiscard]] Result<env::FileFacts> facts(const std::string& name) const override {
    const std::lock_guard lock(disk_.mutex_);
    TRY(Node node, below(name));
    if (node->kind == Kind::kLink) {
      TRY(node, disk_.find(node->target));
    }
    return facts_of(*node);
  }
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& name) const override {
    const std::lock_guard lock(disk_.mutex_);
    TRY(const Node node, below(name));
    std::vector<std::string> out;
    for (const auto& [entry, unused] : node->entries) out.push_back(entry);
    return out;
  }

 private:
  [[nodiscard]] Result<Node> below(const std::string& name) const {
    Node node = node_;
    for (const std::string& part : parts_of(name)) {
      const auto found = node->entries.find(part);
      if (found == node->entries.end()) return gone(name);
      node = found->second;
    }
    return node;
  }

  const TornDisk& disk_;
  Node node_;
};

class TornDisk::Lock final : public env::FileLock {
 public:
  Lock(TornDisk& disk, std::string path) : disk_(disk), path_(std::move(path)), life_(disk.life_) {}
  ~Lock() override {
    const std::lock_guard lock(disk_.mutex_);
    if (life_ == disk_.life_) disk_.locks_.erase(path_);
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  TornDisk& disk_;
  std::string path_;
  std::uint64_t life_;
};

TornDisk::TornDisk() : root_(std::make_shared<DiskNode>()) {
  root_->kind = Kind::kDirectory;
  root_->inode = 1;
}

std::size_t TornDisk::steps() const {
  const std::lock_guard lock(mutex_);
  return steps_;
}

void TornDisk::fail_at(std::size_t step, Fault fault) {
  const std::lock_guard lock(mutex_);
  fail_step_ = step;
  fault_ = fault;
}

void TornDisk::set_capacity(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  capacity_ = bytes;
}

void TornDisk::give_space() {
  const std::lock_guard lock(mutex_);
  full_ = false;
  capacity_ = UINT64_MAX;
}

void TornDisk::restart(Crash crash, chance::Seed seed) {
  const std::lock_guard lock(mutex_);
  chance::Stream draws(chance::derive(seed, "sim.torn_disk"), 0);
  root_->crash(crash, draws);
  ++life_;
  locks_.clear();
  powered_ = true;
  full_ = false;
  fail_step_ = SIZE_MAX;
  used_ = bytes_below(*root_);
}

void TornDisk::put(const std::string& path, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  const auto [parent, name] = parent_and_name(path);
  const Node node = new_node(Kind::kFile);
  node->file.put(bytes);
  make_durable_directory(parent)->put_entry(name, node);
  used_ = bytes_below(*root_);
}

void TornDisk::put_link(const std::string& path, const std::string& target) {
  const std::lock_guard lock(mutex_);
  const auto [parent, name] = parent_and_name(path);
  const Node node = new_node(Kind::kLink);
  node->target = target;
  make_durable_directory(parent)->put_entry(name, node);
}

void TornDisk::damage(const std::string& path, std::uint64_t offset, unsigned bit) {
  const std::lock_guard lock(mutex_);
  const Result<Node> node = find(path);
  CHECK(node.has_value(), "a file to damage exists");
  std::string bytes = (*node)->file.live();
  CHECK(offset < bytes.size(), "damage is inside of the file");
  const auto at = static_cast<std::size_t>(offset);
  bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << (bit % 8U)));
  (*node)->file.put(bytes);
}

std::vector<std::string> TornDisk::files_below(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  const std::function<void(const DiskNode&, const std::string&)> walk = [&](const DiskNode& node,
                                                                            const std::string& at) {
    for (const auto& [name, child] : node.entries) {
      if (child->kind == Kind::kDirectory) {
        walk(*child, fmt::format("{}/{}", at, name));
      } else {
        out.push_back(fmt::format("{}/{}", at, name));
      }
    }
  };
  std::string start;
  for (const std::string& part : parts_of(path)) start += '/' + part;
  if (const Result<Node> node = find(path)) walk(**node, start);
  return out;
}

Result<TornDisk::Node> TornDisk::find(const std::string& path) const {
  Node node = root_;
  for (const std::string& part : parts_of(path)) {
    const auto found = node->entries.find(part);
    if (found == node->entries.end()) return gone(path);
    node = found->second;
  }
  return node;
}

Result<TornDisk::Node> TornDisk::find_directory(const std::string& path) const {
  TRY(Node node, find(path));
  if (node->kind != Kind::kDirectory) {
    return fail(Code::kInvalid, fmt::format("{}: not a directory", path));
  }
  return node;
}

TornDisk::Node TornDisk::new_node(Kind kind) {
  auto node = std::make_shared<DiskNode>();
  node->kind = kind;
  node->inode = next_inode_++;
  return node;
}

TornDisk::Node TornDisk::make_durable_directory(const std::string& path) {
  Node node = root_;
  for (const std::string& part : parts_of(path)) {
    if (!node->entries.contains(part)) node->put_entry(part, new_node(Kind::kDirectory));
    node = node->entries.at(part);
  }
  return node;
}

Result<void> TornDisk::check_power(const std::string& path) const {
  if (powered_) return {};
  return fail(Code::kUnavailable, fmt::format("{}: power cut", path));
}

// Counts one step and says whether it happens as a whole, by half, or not at all.
TornDisk::Outcome TornDisk::step(const std::string& path, bool grows) {
  if (!powered_) return {false, false, check_power(path).error()};
  if (steps_++ == fail_step_) {
    fail_step_ = SIZE_MAX;
    if (fault_ == Fault::kPowerCut) powered_ = false;
    if (fault_ == Fault::kNoSpace) full_ = true;
    if (fault_ == Fault::kNoSpace && !grows) return {true, false, {}};
    const std::string_view why = fault_ == Fault::kPowerCut  ? "power cut"
                                 : fault_ == Fault::kNoSpace ? "no space left on device (ENOSPC)"
                                                             : "input/output error (EIO)";
    return {false, fault_ != Fault::kError,
            make_error(Code::kUnavailable, fmt::format("{}: {}", path, why))};
  }
  if (full_ && grows) {
    return {false, false,
            make_error(Code::kUnavailable, fmt::format("{}: no space left on device", path))};
  }
  return {true, false, {}};
}

Result<void> TornDisk::append_to(const Node& node, const std::string& path,
                                 std::string_view bytes) {
  Outcome outcome = step(path, true);
  if (outcome.whole && used_ + bytes.size() > capacity_) {
    outcome = {false, true,
               make_error(Code::kUnavailable, fmt::format("{}: no space left on device", path))};
    bytes = bytes.substr(0, static_cast<std::size_t>(capacity_ - std::min(used_, capacity_)) * 2);
  }
  if (!outcome.whole && outcome.half) bytes = bytes.substr(0, bytes.size() / 2);
  if (outcome.whole || outcome.half) {
    node->file.append(bytes);
    used_ += bytes.size();
  }
  if (!outcome.whole) return fail(std::move(outcome.error));
  return {};
}

Result<void> TornDisk::sync_file(const Node& node, const std::string& path) {
  const Outcome outcome = step(path, false);
  if (outcome.whole) {
    node->file.sync();
    return {};
  }
  if (powered_) node->file.lose_pending();
  return fail(outcome.error);
}

Result<TornDisk::Node> TornDisk::create(const std::string& path) {
  TRY_VOID(check_power(path));
  const auto [parent, name] = parent_and_name(path);
  TRY(const Node directory, find_directory(parent));
  if (const auto found = directory->entries.find(name); found != directory->entries.end()) {
    if (found->second->kind != Kind::kFile) return fail(Code::kInvalid, path + ": not a file");
    return found->second;
  }
  Outcome outcome = step(path, true);
  if (!outcome.whole) return fail(std::move(outcome.error));
  Node node = new_node(Kind::kFile);
  directory->change({{name, node}});
  return node;
}

Result<void> TornDisk::rename_entry(const std::string& from, const std::string& to) {
  const auto [from_parent, from_name] = parent_and_name(from);
  const auto [to_parent, to_name] = parent_and_name(to);
  TRY_VOID(check_power(from));
  TRY(const Node source, find_directory(from_parent));
  TRY(const Node target, find_directory(to_parent));
  const auto found = source->entries.find(from_name);
  if (found == source->entries.end()) return gone(from);
  const Node node = found->second;
  if (const auto old = target->entries.find(to_name); old != target->entries.end()) {
    if (old->second->kind == Kind::kDirectory && !old->second->entries.empty()) {
      return fail(Code::kExists, fmt::format("{}: directory not empty", to));
    }
  }
  Outcome outcome = step(to, false);
  if (!outcome.whole) return fail(std::move(outcome.error));
  if (source == target) {
    source->change({{from_name, nullptr}, {to_name, node}});
  } else {
    target->change({{to_name, node}});
    source->change({{from_name, nullptr}});
  }
  return {};
}

Result<void> TornDisk::remove_entry(const std::string& path) {
  const auto [parent, name] = parent_and_name(path);
  TRY_VOID(check_power(path));
  const Result<Node> directory = find_directory(parent);
  if (!directory) return {};
  const auto found = (*directory)->entries.find(name);
  if (found == (*directory)->entries.end()) return {};
  if (!found->second->entries.empty()) {
    return fail(Code::kExists, fmt::format("{}: directory not empty", path));
  }
  Outcome outcome = step(path, false);
  if (!outcome.whole) return fail(std::move(outcome.error));
  used_ -= std::min(used_, bytes_below(*found->second));
  (*directory)->change({{name, nullptr}});
  return {};
}

Result<void> TornDisk::remove_below(const std::string& path) {
  const Result<Node> node = find(path);
  if (node && (*node)->kind == Kind::kDirectory) {
    std::vector<std::string> names;
    for (const auto& [name, child] : (*node)->entries) names.push_back(name);
    for (const std::string& name : names) TRY_VOID(remove_below(fmt::format("{}/{}", path, name)));
  }
  return remove_entry(path);
}

env::FileFacts TornDisk::facts_of(const DiskNode& node) {
  env::FileFacts out;
  out.kind = node.kind;
  out.device = 1;
  out.inode = node.inode;
  out.links = 1;
  out.user_id = 1000;
  out.mode = node.mode;
  out.size_bytes = node.file.live().size();
  out.modified = node.modified;
  return out;
}

std::uint64_t TornDisk::bytes_below(const DiskNode& node) {
  std::uint64_t sum = node.file.live().size();
  for (const auto& [name, child] : node.entries) sum += bytes_below(*child);
  return sum;
}

Result<std::string> TornDisk::read(const std::string& path, std::size_t max_bytes) const {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  TRY(Node node, find(path));
  if (node->kind == Kind::kLink) {
    TRY(node, find(node->target));
  }
  if (node->kind != Kind::kFile) return fail(Code::kInvalid, path + ": not a file");
  if (node->file.live().size() > max_bytes) {
    return fail(Code::kLimit, fmt::format("{}: larger than {} bytes", path, max_bytes));
  }
  return node->file.live();
}

Result<void> TornDisk::write_atomic(const std::string& path, std::string_view bytes,
                                    std::uint32_t mode) {
  const std::lock_guard lock(mutex_);
  const std::string temporary = path + ".tmp";
  TRY(const Node node, create(temporary));
  node->mode = mode;
  node->file.truncate(0);
  TRY_VOID(append_to(node, temporary, bytes));
  TRY_VOID(sync_file(node, temporary));
  TRY_VOID(rename_entry(temporary, path));
  const auto [parent, name] = parent_and_name(path);
  TRY(const Node directory, find_directory(parent));
  Outcome outcome = step(parent, false);
  if (!outcome.whole) return fail(std::move(outcome.error));
  directory->sync_entries();
  return {};
}

Result<std::unique_ptr<env::AppendFile>> TornDisk::open_append(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(Node node, create(path));
  return std::make_unique<Appender>(*this, std::move(node), path);
}

Result<std::unique_ptr<env::ReadFile>> TornDisk::open_read(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  TRY(Node node, find(path));
  if (node->kind != Kind::kFile) return fail(Code::kInvalid, path + ": not a file");
  return std::make_unique<Reader>(*this, std::move(node));
}

Result<std::unique_ptr<env::Directory>> TornDisk::open_directory(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  TRY(Node node, find_directory(path));
  return std::make_unique<OpenDirectory>(*this, std::move(node));
}

Result<std::vector<std::string>> TornDisk::list(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  TRY(const Node node, find_directory(path));
  std::vector<std::string> out;
  for (const auto& [name, child] : node->entries) out.push_back(name);
  return out;
}

Result<env::FileFacts> TornDisk::facts(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  TRY(Node node, find(path));
  if (node->kind == Kind::kLink) {
    TRY(node, find(node->target));
  }
  return facts_of(*node);
}

Result<env::SpaceFacts> TornDisk::space(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  env::SpaceFacts out;
  out.size_bytes = std::min<std::uint64_t>(capacity_, 1ULL << 40U);
  out.free_bytes = full_ ? 0 : out.size_bytes - std::min(used_, out.size_bytes);
  out.available_bytes = out.free_bytes;
  out.inodes = 1U << 20U;
  out.inodes_free = out.inodes - next_inode_;
  return out;
}

Result<void> TornDisk::make_directories(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  Node node = root_;
  for (const std::string& part : parts_of(path)) {
    if (node->kind != Kind::kDirectory) return fail(Code::kInvalid, path + ": not a directory");
    if (!node->entries.contains(part)) {
      Outcome outcome = step(path, true);
      if (!outcome.whole) return fail(std::move(outcome.error));
      node->change({{part, new_node(Kind::kDirectory)}});
    }
    node = node->entries.at(part);
  }
  return {};
}

Result<void> TornDisk::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  return rename_entry(from, to);
}

Result<void> TornDisk::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return remove_entry(path);
}

Result<void> TornDisk::remove_tree(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return remove_below(path);
}

Result<void> TornDisk::truncate(const std::string& path, std::uint64_t size_bytes) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  TRY(const Node node, find(path));
  Outcome outcome = step(path, false);
  if (!outcome.whole) return fail(std::move(outcome.error));
  node->file.truncate(size_bytes);
  return {};
}

Result<void> TornDisk::sync_directory(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_power(path));
  TRY(const Node node, find_directory(path));
  Outcome outcome = step(path, false);
  if (!outcome.whole) return fail(std::move(outcome.error));
  node->sync_entries();
  return {};
}

Result<std::unique_ptr<env::FileLock>> TornDisk::lock(const std::string& path) {
  const std::lock_guard lock(mutex_);
  TRY(const Node node, create(path));
  if (!locks_.insert(path).second) {
    return fail(Code::kConflict, fmt::format("{}: held by another process", path));
  }
  return std::make_unique<Lock>(*this, path);
}

}  // namespace daytwo::sim
