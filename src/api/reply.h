// Answers of our own routes: JSON of described structs, errors, entity tags.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "http/message.h"
#include "model/json.h"

namespace daytwo::api {

// A JSON answer.
[[nodiscard]] http::Response reply_text(int status, std::string json);

// The error as {"error": ..} with the status of its code; kUnavailable and kLimit ask to retry.
[[nodiscard]] http::Response reply_error(const Error& error);

// A page with an ETag over all but its as_of; 304 when the client has it already.
[[nodiscard]] http::Response reply_tagged(const http::Request& request, std::string json);

// The value as JSON, or the error.
template <class T>
[[nodiscard]] http::Response reply_json(const Result<T>& result) {
  return result ? reply_text(200, model::to_json(*result)) : reply_error(result.error());
}

// As reply_json, with an ETag.
template <class T>
[[nodiscard]] http::Response reply_page(const http::Request& request, const Result<T>& result) {
  return result ? reply_tagged(request, model::to_json(*result)) : reply_error(result.error());
}

// True when an If-None-Match header names `etag` or "*". Weak and strong tags compare alike.
// [RFC 9110, 13.1.2]
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace daytwo::api
