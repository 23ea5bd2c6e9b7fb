#include "http/curl.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "http/certificate.h"

namespace daytwo::http {
namespace {

// Once a process; curl counts how often it was called.
bool start_curl() {
  static const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return kStarted;
}

Duration span_between(curl_off_t from_us, curl_off_t to_us) {
  return Duration{std::max<curl_off_t>(0, to_us - from_us) / 1000};
}

curl_off_t time_at(CURL* handle, CURLINFO what) {
  curl_off_t us = 0;
  curl_easy_getinfo(handle, what, &us);
  return us;
}

}  // namespace

void CurlFree::operator()(CURL* handle) const { curl_easy_cleanup(handle); }

Result<CurlHandle> make_curl() {
  if (!start_curl()) return fail(Code::kUnavailable, "libcurl does not start");
  CurlHandle handle(curl_easy_init());
  if (handle == nullptr) return fail(Code::kUnavailable, "no memory for an HTTP client");
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_USERAGENT, "daytwo");
  return handle;
}

Error curl_error(int code, std::string_view detail, std::string_view url) {
  const auto curl_code = static_cast<CURLcode>(code);
  Code ours = Code::kUnavailable;
  switch (curl_code) {
    case CURLE_OPERATION_TIMEDOUT:
      ours = Code::kTimeout;
      break;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_FUNCTION_ARGUMENT:
      ours = Code::kInvalid;
      break;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_WRITE_ERROR:
      ours = Code::kLimit;
      break;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      ours = Code::kNotFound;
      break;
    default:
      break;
  }
  const std::string_view text = detail.empty() ? curl_easy_strerror(curl_code) : detail;
  return make_error(ours, fmt::format("{}: {}", without_password(url), text));
}

std::vector<env::Certificate> certificate_chain(CURL* handle) {
  std::vector<env::Certificate> out;
  curl_certinfo* shown = nullptr;
  if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &shown) != CURLE_OK || shown == nullptr) {
    return out;
  }
  for (int i = 0; i < shown->num_of_certs; ++i) {
    for (const curl_slist* field = shown->certinfo[i]; field != nullptr; field = field->next) {
      const std::string_view text = field->data;
      if (!text.starts_with("Cert:")) continue;
      if (auto certificate = parse_certificate(text.substr(5))) {
        out.push_back(std::move(*certificate));
      }
    }
  }
  return out;
}

env::HttpPhases phases_of(CURL* handle) {
  const curl_off_t resolved = time_at(handle, CURLINFO_NAMELOOKUP_TIME_T);
  const curl_off_t connected = std::max(resolved, time_at(handle, CURLINFO_CONNECT_TIME_T));
  const curl_off_t secured = std::max(connected, time_at(handle, CURLINFO_APPCONNECT_TIME_T));
  const curl_off_t first = std::max(secured, time_at(handle, CURLINFO_STARTTRANSFER_TIME_T));
  const curl_off_t total = std::max(first, time_at(handle, CURLINFO_TOTAL_TIME_T));
  return {.resolve = span_between(0, resolved),
          .connect = span_between(resolved, connected),
          .tls = span_between(connected, secured),
          .first_byte = span_between(secured, first),
          .transfer = span_between(first, total),
          .total = span_between(0, total)};
}

std::string without_password(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  const std::size_t path = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  const std::size_t at = url.substr(0, path).rfind('@');
  if (at == std::string_view::npos || at < scheme + 3) return std::string(url);
  return std::string(url.substr(0, scheme + 3)) + std::string(url.substr(at + 1));
}

}  // namespace daytwo::http
