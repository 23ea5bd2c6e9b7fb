#include "http/client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "http/address.h"
#include "http/curl.h"

namespace daytwo::http {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

// What the callbacks fill.
struct Incoming {
  env::HttpResponse response;
  std::size_t max_body_bytes = 0;
  bool too_large = false;
};

std::size_t on_body(char* bytes, std::size_t, std::size_t size, void* user) {
  auto& incoming = *static_cast<Incoming*>(user);
  if (incoming.response.body.size() + size > incoming.max_body_bytes) {
    incoming.too_large = true;
    return 0;  // makes curl stop with CURLE_WRITE_ERROR
  }
  incoming.response.body.append(bytes, size);
  return size;
}

std::size_t on_header(char* bytes, std::size_t, std::size_t size, void* user) {
  auto& incoming = *static_cast<Incoming*>(user);
  const std::string_view line = trim({bytes, size});
  // A status line starts a new answer: after a redirect or a "100 Continue".
  if (line.starts_with("HTTP/")) incoming.response.headers.clear();
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
    incoming.response.headers.emplace_back(to_lower(line.substr(0, colon)),
                                           std::string(trim(line.substr(colon + 1))));
  }
  return size;
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

Result<HeaderList> make_headers(const env::HttpRequest& request) {
  HeaderList list;
  const auto add = [&list](const std::string& line) {
    // curl gives back the head, or null (and leaves the list) when memory is out.
    curl_slist* before = list.release();
    curl_slist* longer = curl_slist_append(before, line.c_str());
    list.reset(longer == nullptr ? before : longer);
  };
  bool typed = false;
  for (const auto& [name, value] : request.headers) {
    if (has_line_break(name) || has_line_break(value)) {
      return fail(Code::kInvalid, fmt::format("the header {} holds a line break", to_utf8(name)));
    }
    typed = typed || to_lower(name) == "content-type";
    // curl drops a header with an empty value unless it ends with a semicolon.
    add(value.empty() ? name + ";" : fmt::format("{}: {}", name, value));
  }
  if (!typed) add("Content-Type:");  // curl would claim a form
  add("Expect:");                    // no extra round trip
  return list;
}

// True when the host of the URL is this machine.
bool is_local(const std::string& url) {
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), &curl_url_cleanup);
  if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return false;
  char* host = nullptr;
  if (curl_url_get(parts.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) return false;
  std::string name = to_lower(host);
  curl_free(host);
  std::erase_if(name, [](char c) { return c == '[' || c == ']'; });
  return is_loopback_host(name);
}

void set_body(CURL* handle, const env::HttpRequest& request) {
  if (request.method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  } else if (request.method == "GET" && request.body.empty()) {
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
  } else {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

void set_tls(CURL* handle, const env::HttpRequest& request) {
  curl_easy_setopt(handle, CURLOPT_CERTINFO, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, request.verify_tls ? 1L : 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, request.verify_tls ? 2L : 0L);
  if (!request.ca_file.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, request.ca_file.c_str());
  }
  if (!request.cert_file.empty()) {
    const std::string& key = request.key_file.empty() ? request.cert_file : request.key_file;
    curl_easy_setopt(handle, CURLOPT_SSLCERT, request.cert_file.c_str());
    curl_easy_setopt(handle, CURLOPT_SSLKEY, key.c_str());
  }
}

std::string text_info(CURL* handle, CURLINFO what) {
  const char* text = nullptr;
  curl_easy_getinfo(handle, what, &text);
  return text == nullptr ? std::string() : std::string(text);
}

long number_info(CURL* handle, CURLINFO what) {
  long number = 0;
  curl_easy_getinfo(handle, what, &number);
  return number;
}

void fill_facts(CURL* handle, env::HttpResponse& response) {
  response.status = static_cast<int>(number_info(handle, CURLINFO_RESPONSE_CODE));
  response.redirects = static_cast<int>(number_info(handle, CURLINFO_REDIRECT_COUNT));
  response.final_url = text_info(handle, CURLINFO_EFFECTIVE_URL);
  response.remote_address = text_info(handle, CURLINFO_PRIMARY_IP);
  response.phases = phases_of(handle);
  response.chain = certificate_chain(handle);
}

}  // namespace

Result<env::HttpResponse> Client::fetch(const env::HttpRequest& request) {
  if (has_line_break(request.method) || has_line_break(request.url)) {
    return fail(Code::kInvalid, "the URL holds a line break");
  }
  TRY(const CurlHandle handle, make_curl());
  TRY(const HeaderList headers, make_headers(request));
  CURL* curl = handle.get();
  Incoming incoming;
  incoming.max_body_bytes = request.max_body_bytes;
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail.data());
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(std::max<std::int64_t>(1, request.timeout.ms)));
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, request.max_redirects > 0 ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, static_cast<long>(request.max_redirects));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
  if (is_local(request.url)) curl_easy_setopt(curl, CURLOPT_PROXY, "");
  if (!request.basic_user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, request.basic_user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, request.basic_password.c_str());
  }
  set_body(curl, request);
  set_tls(curl, request);
  const CURLcode code = curl_easy_perform(curl);
  if (incoming.too_large) {
    return fail(Code::kLimit, fmt::format("{}: the body is larger than {} bytes",
                                          without_password(request.url), request.max_body_bytes));
  }
  if (code != CURLE_OK) return fail(curl_error(code, detail.data(), request.url));
  fill_facts(curl, incoming.response);
  return std::move(incoming.response);
}

}  // namespace daytwo::http
