#include "http/mailer.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "base/text.h"
#include "http/curl.h"
#include "http/date.h"

namespace daytwo::http {
namespace {

struct Free {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using List = std::unique_ptr<curl_slist, Free>;
using Mime = std::unique_ptr<curl_mime, Free>;

void append(List& list, const std::string& line) {
  // curl gives back the head, or null (and leaves the list) when memory is out.
  curl_slist* before = list.release();
  curl_slist* longer = curl_slist_append(before, line.c_str());
  list.reset(longer == nullptr ? before : longer);
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

Result<void> check(const env::Mail& mail) {
  std::vector<std::string_view> lines = {mail.from, mail.subject};
  lines.insert(lines.end(), mail.to.begin(), mail.to.end());
  for (const auto& [name, value] : mail.headers) {
    lines.push_back(name);
    lines.push_back(value);
  }
  if (std::any_of(lines.begin(), lines.end(), has_line_break)) {
    return fail(Code::kInvalid, "an address or a header of the mail holds a line break");
  }
  if (mail.to.empty()) return fail(Code::kInvalid, "the mail has no recipient");
  return {};
}

// "Ann <ann@example.org>" -> "<ann@example.org>".
std::string envelope_address(std::string_view address) {
  const std::size_t open = address.rfind('<');
  const std::size_t close = address.rfind('>');
  if (open != std::string_view::npos && close != std::string_view::npos && open < close) {
    return std::string(address.substr(open, close - open + 1));
  }
  return '<' + std::string(trim(address)) + '>';
}

// "Änne <a@example.org>" -> "=?utf-8?B?...?= <a@example.org>": a name is text, an address is not.
std::string header_address(std::string_view address) {
  const std::size_t open = address.rfind('<');
  if (open == std::string_view::npos) return std::string(address);
  const std::string name = encoded_words(trim(address.substr(0, open)));
  return (name.empty() ? "" : name + ' ') + std::string(address.substr(open));
}

// Lines end with CR LF in a mail; libcurl would write a bare LF as a character ("=0A").
std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += i + j > bytes.size() ? '=' : kDigits[group >> (18 - 6 * j) & 63U];
    }
  }
  return out;
}

List make_headers(const env::Mail& mail, Timestamp now) {
  List headers;
  append(headers, "Date: " + date_text(now, "+0000"));
  append(headers, "From: " + header_address(mail.from));
  std::string to;
  for (const std::string& address : mail.to) {
    if (!to.empty()) to += ", ";
    to += header_address(address);
  }
  append(headers, "To: " + to);
  append(headers, "Subject: " + encoded_words(mail.subject));
  for (const auto& [name, value] : mail.headers) {
    append(headers, fmt::format("{}: {}", name, value));
  }
  return headers;
}

void add_text(curl_mime* mime, const std::string& text, const char* type) {
  curl_mimepart* part = curl_mime_addpart(mime);
  const std::string lines = with_crlf(text);
  curl_mime_data(part, lines.data(), lines.size());
  curl_mime_type(part, type);
  curl_mime_encoder(part, "quoted-printable");
}

Mime make_body(CURL* curl, const env::Mail& mail) {
  Mime mime(curl_mime_init(curl));
  if (mail.html.empty()) {
    add_text(mime.get(), mail.text, "text/plain; charset=utf-8");
    return mime;
  }
  Mime both(curl_mime_init(curl));
  add_text(both.get(), mail.text, "text/plain; charset=utf-8");
  add_text(both.get(), mail.html, "text/html; charset=utf-8");
  curl_mimepart* part = curl_mime_addpart(mime.get());
  curl_mime_type(part, "multipart/alternative");
  curl_mime_subparts(part, both.release());
  return mime;
}

}  // namespace

std::string encoded_words(std::string_view text) {
  const auto is_ascii = [](char c) { return c >= 0x20 && c < 0x7F; };
  if (std::all_of(text.begin(), text.end(), is_ascii)) return std::string(text);
  const std::string clean = to_utf8(text);
  std::string out;
  // An encoded word holds at most 75 characters: 45 bytes, cut between characters.
  for (std::size_t at = 0; at < clean.size();) {
    std::size_t end = std::min(at + 45, clean.size());
    while (end < clean.size() && (static_cast<unsigned char>(clean[end]) & 0xC0U) == 0x80U) --end;
    out += (out.empty() ? "" : " ") + ("=?utf-8?B?" + base64(clean.substr(at, end - at)) + "?=");
    at = end;
  }
  return out;
}

Result<void> Mailer::send(const env::MailServer& server, const env::Mail& mail) {
  TRY_VOID(check(mail));
  TRY(const CurlHandle handle, make_curl());
  CURL* curl = handle.get();
  List recipients;
  for (const std::string& address : mail.to) append(recipients, envelope_address(address));
  const List headers = make_headers(mail, clock_.wall());
  const Mime body = make_body(curl, mail);
  const std::string from = envelope_address(mail.from);
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail.data());
  curl_easy_setopt(curl, CURLOPT_URL, server.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(std::max<std::int64_t>(1, server.timeout.ms)));
  curl_easy_setopt(curl, CURLOPT_USE_SSL,
                   static_cast<long>(server.start_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!server.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, server.ca_file.c_str());
  }
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, body.get());
  const CURLcode code = curl_easy_perform(curl);
  if (code == CURLE_OK) return {};
  long answer = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
  Error error = curl_error(code, detail.data(), server.url);
  if (code == CURLE_USE_SSL_FAILED) error.text += " (start_tls: false allows mail in the clear)";
  if (answer >= 500 && answer < 600) error.code = Code::kInvalid;
  return fail(std::move(error));
}

}  // namespace daytwo::http
