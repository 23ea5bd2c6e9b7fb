#include "http/sockets.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <set>
#include <string_view>

#include "http/certificate.h"
#include "http/curl.h"

namespace daytwo::http {
namespace {

using tcp = boost::asio::ip::tcp;

// The leaf that the peer showed, as PEM; empty without TLS.
std::string leaf_pem(CURL* curl) {
  curl_certinfo* shown = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CERTINFO, &shown);
  if (shown == nullptr || shown->num_of_certs == 0) return {};
  for (const curl_slist* field = shown->certinfo[0]; field != nullptr; field = field->next) {
    const std::string_view text = field->data;
    if (text.starts_with("Cert:")) return std::string(text.substr(5));
  }
  return {};
}

Result<void> verified(CURL* curl, const std::string& host) {
  long result = 0;
  curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &result);
  if (result != 0) {
    return fail(Code::kUnavailable, fmt::format("{}: the certificate does not verify: {}", host,
                                                verify_error_text(result)));
  }
  if (!certificate_covers(leaf_pem(curl), host)) {
    return fail(Code::kUnavailable, fmt::format("{}: the certificate is for another host", host));
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> Sockets::resolve(const std::string& host, Duration timeout) {
  boost::asio::io_context io(1);
  tcp::resolver resolver(io);
  boost::system::error_code error = boost::asio::error::would_block;
  std::set<std::string> addresses;
  resolver.async_resolve(
      host, "", tcp::resolver::flags(),
      [&](const boost::system::error_code& result, const tcp::resolver::results_type& found) {
        error = result;
        for (const auto& entry : found) {
          addresses.insert(entry.endpoint().address().to_string());
        }
      });
  io.run_for(std::chrono::milliseconds(std::max<std::int64_t>(1, timeout.ms)));
  if (error == boost::asio::error::would_block) {
    return fail(Code::kTimeout, fmt::format("{}: no answer from the name servers", host));
  }
  if (error == boost::asio::error::host_not_found || error == boost::asio::error::no_data) {
    return fail(Code::kNotFound, fmt::format("{}: no such name", host));
  }
  if (error) return fail(Code::kUnavailable, fmt::format("{}: {}", host, error.message()));
  return std::vector<std::string>(addresses.begin(), addresses.end());
}

Result<env::Connected> Sockets::connect(const std::string& host, std::uint16_t port, bool tls,
                                        bool verify, Duration timeout) {
  TRY(const CurlHandle handle, make_curl());
  CURL* curl = handle.get();
  const bool v6 = host.find(':') != std::string::npos;
  const std::string url = fmt::format("{}://{}{}{}:{}/", tls ? "https" : "http", v6 ? "[" : "",
                                      host, v6 ? "]" : "", port);
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail.data());
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(std::max<std::int64_t>(1, timeout.ms)));
  // The chain is reported even when it does not verify, so the handshake goes on and the result is
  // judged after it.
  curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) {
    return fail(curl_error(code, detail.data(), fmt::format("{}:{}", host, port)));
  }
  if (tls && verify) TRY_VOID(verified(curl, host));
  const env::HttpPhases phases = phases_of(curl);
  const char* address = nullptr;
  curl_easy_getinfo(curl, CURLINFO_PRIMARY_IP, &address);
  const std::string shown = address == nullptr ? host : address;
  const bool shown_v6 = shown.find(':') != std::string::npos;
  return env::Connected{
      .address = fmt::format("{}{}{}:{}", shown_v6 ? "[" : "", shown, shown_v6 ? "]" : "", port),
      .resolve = phases.resolve,
      .connect = phases.connect,
      .tls = phases.tls,
      .chain = certificate_chain(curl)};
}

}  // namespace daytwo::http
