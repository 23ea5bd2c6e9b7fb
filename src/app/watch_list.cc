#include "app/watch_list.h"

#include <fmt/format.h>

#include "model/json.h"
#include "model/yaml.h"

namespace daytwo::app {

Result<std::vector<Watch>> read_watch_list(const env::Files& files, const std::string& path) {
  const auto text = files.read(path, kMaxConfigBytes);
  if (!text && text.error().code == Code::kNotFound) return std::vector<Watch>();
  if (!text) return fail(text.error());
  TRY(const model::YamlNode root, model::parse_yaml(*text, path));
  Diagnostics problems;
  std::vector<Watch> out;
  for (const model::YamlNode& node : root.items()) {
    model::YamlMap map(node, problems);
    Watch watch;
    watch.url = map.required_text("url");
    watch.body = map.text("body").value_or("");
    if (const auto status = map.integer("status")) watch.status = {*status};
    map.finish();
    out.push_back(std::move(watch));
  }
  if (!problems.empty()) return fail(std::move(problems));
  return out;
}

Result<void> write_watch_list(env::Files& files, const std::string& path,
                              const std::vector<Watch>& watches) {
  std::string text = "# URLs watched by command: daytwo watch URL\n";
  for (const Watch& watch : watches) {
    // JSON strings are YAML strings.
    text += "- {url: ";
    model::append_json_string(text, watch.url);
    if (!watch.body.empty()) {
      text += ", body: ";
      model::append_json_string(text, watch.body);
    }
    if (!watch.status.empty()) text += fmt::format(", status: {}", watch.status.front());
    text += "}\n";
  }
  return files.write_atomic(path, text, 0640);
}

}  // namespace daytwo::app
