// Views: a backup made by the server itself.
// Plain structs described for JSON, as the other views. Thread rule: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/view_base.h"

namespace daytwo::api {

// POST /backup: the new folder, an absolute path on the server's host.
struct BackupRequest {
  std::string folder;

  static constexpr std::string_view kName = "BackupRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("folder", self.folder);
  }
};

// What the copy holds, read back from it.
struct BackupPage : Base {
  std::string sentence;
  std::string folder;
  std::int64_t blocks = 0;
  std::int64_t samples = 0;

  static constexpr std::string_view kName = "BackupPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("folder", self.folder);
    v("blocks", self.blocks);
    v("samples", self.samples);
  }
};

}  // namespace daytwo::api
