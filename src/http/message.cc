#include "http/message.h"

#include <utility>

#include "base/text.h"

namespace daytwo::http {

void Response::set(std::string_view name, std::string value) {
  for (auto& [key, held] : headers) {
    if (to_lower(key) == to_lower(name)) {
      held = std::move(value);
      return;
    }
  }
  headers.emplace_back(name, std::move(value));
}

std::string_view Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (to_lower(key) == to_lower(name)) return value;
  }
  return {};
}

Response make_response(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", std::string(content_type)}};
  response.body = std::move(body);
  return response;
}

}  // namespace daytwo::http
