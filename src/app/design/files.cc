#include "app/design/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config.h"
#include "base/diagnostic.h"
#include "base/result.h"
#include "env/files.h"
#include "model/yaml.h"

namespace daytwo::app::design {
namespace {

bool is_yaml(std::string_view name) { return name.ends_with(".yml") || name.ends_with(".yaml"); }

// Collects the paths of files, folders opened.
class Walk {
 public:
  explicit Walk(const env::Files& files) : files_(files) {}

  Result<std::vector<std::string>> run(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      TRY_IN(path, const env::FileFacts facts, files_.facts(path));
      if (facts.kind == env::FileFacts::Kind::kDirectory) {
        TRY_VOID(open(path));
      } else {
        TRY_VOID(take(path));
      }
    }
    return std::move(out_);
  }

 private:
  Result<void> take(std::string path) {
    if (out_.size() == kMostFiles) {
      return fail(Code::kLimit,
                  fmt::format("more than {} files: name the folder of the services", kMostFiles));
    }
    if (std::find(out_.begin(), out_.end(), path) == out_.end()) out_.push_back(std::move(path));
    return {};
  }

  Result<void> open(const std::string& folder) {
    TRY_IN(folder, std::vector<std::string> names, files_.list(folder));
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (name.starts_with('.')) continue;
      const std::string path =
          fmt::format("{}{}{}", folder, folder.ends_with('/') ? "" : "/", name);
      const auto facts = files_.facts(path);
      if (!facts) continue;  // gone meanwhile, or a link to nowhere
      if (facts->kind == env::FileFacts::Kind::kDirectory) {
        TRY_VOID(open(path));
      } else if (is_yaml(name)) {
        TRY_VOID(take(path));
      }
    }
    return {};
  }

  const env::Files& files_;
  std::vector<std::string> out_;
};

// Whether a document is a service of ours; else what it is.
std::string other_than_a_service(const model::YamlNode& node) {
  if (node.kind() != model::YamlKind::kMap) return "is no map";
  std::string kind;
  for (const auto& [key, value] : node.entries()) {
    if (key.text() == "service") return {};
    if (key.text() == "kind" && value.kind() == model::YamlKind::kScalar) kind = value.text();
  }
  return kind.empty() ? "declares no service" : fmt::format("is a {}", kind);
}

}  // namespace

Result<Gathered> gather(const env::Files& files, const std::vector<std::string>& paths) {
  TRY(const std::vector<std::string> found, Walk(files).run(paths));
  Gathered out;
  Diagnostics problems;
  for (const std::string& path : found) {
    TRY_IN(path, std::string text, files.read(path, kMaxConfigBytes));
    const auto documents = model::parse_yaml_documents(text, path);
    if (!documents) {
      const Diagnostics& broken = documents.error().diagnostics;
      if (broken.empty()) return fail(documents.error());
      problems.insert(problems.end(), broken.begin(), broken.end());
      continue;
    }
    // A file is one or the other: a document of another kind among services is theirs to name.
    std::string other = documents->empty() ? "is empty" : "";
    for (const model::YamlNode& node : *documents) {
      if (node.kind() == model::YamlKind::kNull) continue;
      other = other_than_a_service(node);
      if (other.empty()) break;
    }
    if (other.empty()) {
      out.services.push_back({path, std::move(text)});
    } else {
      out.skipped.push_back(fmt::format("{}: {}", path, other));
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return out;
}

}  // namespace daytwo::app::design
