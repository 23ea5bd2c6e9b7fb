// daytwo.yml: everything that can be changed by a reload. A prometheus.yml loads unchanged: what we
// cannot honour yet is named in `warnings`. Thread rule: immutable after loading.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/scrape_jobs.h"
#include "base/result.h"
#include "base/time.h"
#include "env/files.h"
#include "model/people.h"
#include "model/service.h"
#include "model/worry_file.h"
#include "model/yaml.h"

namespace daytwo::app {

// One URL watched from here.
struct Watch {
  std::string url;
  Duration interval = seconds(10);
  Duration timeout = seconds(5);
  std::vector<std::int64_t> status;  // accepted; empty = 200 to 299
  std::string body;                  // RE2 that the body must match; empty = any
  int max_redirects = 5;
  bool verify_tls = true;
};

// A text as written and where, so that its problems can be shown in place.
struct WrittenText {
  std::string text;
  std::string file;
  int line = 0;
};

struct Config {
  std::string file;  // empty = none
  std::vector<ScrapeJob> scrapes;
  std::vector<Watch> watches;
  model::Catalog catalog;
  model::People people;
  std::vector<std::string> advisories;  // files and folders
  std::string baseline;                 // file; empty = the one below the storage path
  std::vector<WrittenText> stakes;
  std::vector<model::WorrySource> worry_files;
  model::WorryFile written;  // all files of `worries:` as one; its stakes are in `stakes` too
  std::vector<std::string> warnings;
};

// Reads and checks `file` and everything it names. An empty path is the empty configuration.
// Errors: kNotFound; kInvalid with every problem, file:line:column.
[[nodiscard]] Result<Config> load_config(const env::Files& files, const std::string& file);

// Bound on one configuration file.
inline constexpr std::size_t kMaxConfigBytes = 4U << 20U;
// What is said of a larger one, and what to do.
[[nodiscard]] Error too_large(const std::string& path);

}  // namespace daytwo::app
