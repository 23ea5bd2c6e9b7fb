// The keys of Prometheus's HTTP client configuration: basic_auth, authorization, tls_config,
// http_headers [Prometheus docs, "Configuration", <http_config>].
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "env/files.h"
#include "env/http_access.h"
#include "model/yaml.h"

namespace daytwo::app {

// Takes those keys from `map`; paths are below `folder`. What Prometheus knows there and we do not
// honour is named in `warnings`; a secret that is stated twice, or two ways to say who we are, is a
// problem.
[[nodiscard]] env::HttpAccess read_http_access(model::YamlMap& map, const std::string& folder,
                                               std::vector<std::string>& warnings,
                                               Diagnostics& problems);

// Reads a file that holds nothing else. Errors: kNotFound; kInvalid with every problem,
// file:line:column, keys that are not honoured among them.
[[nodiscard]] Result<env::HttpAccess> load_http_access(const env::Files& files,
                                                       const std::string& file);

}  // namespace daytwo::app
