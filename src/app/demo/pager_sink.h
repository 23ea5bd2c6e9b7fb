// The demo's receiver of pages: prints each as one line, as a phone would show it.
#pragma once

#include "http/message.h"

namespace daytwo::app {

class PagerSink final : public http::Handler {
 public:
  [[nodiscard]] http::Response handle(const http::Request& request) override;
  [[nodiscard]] std::size_t body_limit(std::string_view method,
                                       std::string_view path) const override;
};

}  // namespace daytwo::app
