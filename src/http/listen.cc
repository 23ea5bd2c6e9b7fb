#include "http/listen.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <string>
#include <utility>

namespace daytwo::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

Error bind_error(const error_code& error, const std::string& name) {
  if (error == asio::error::address_in_use) {
    return make_error(Code::kConflict, fmt::format("{} is in use", name));
  }
  if (error == asio::error::access_denied) {
    return make_error(Code::kDenied, fmt::format("may not listen at {}: {}", name,
                                                 "a port below 1024 needs rights"));
  }
  return make_error(Code::kInvalid, fmt::format("cannot listen at {}: {}", name, error.message()));
}

Result<tcp::acceptor> bind_endpoint(asio::io_context& io, const tcp::endpoint& endpoint,
                                    const std::string& name, bool both_families) {
  error_code error;
  tcp::acceptor acceptor(io);
  acceptor.open(endpoint.protocol(), error);
  if (error) return fail(bind_error(error, name));
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (endpoint.address().is_v6()) {
    acceptor.set_option(asio::ip::v6_only(!both_families), error);
  }
  acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return fail(bind_error(error, name));
  return acceptor;
}

// Every interface of both families, or of IPv4 where the kernel has no IPv6.
Result<tcp::acceptor> bind_everywhere(asio::io_context& io, const ListenAddress& asked) {
  const std::string name = asked.to_string();
  Result<tcp::acceptor> both = bind_endpoint(io, {tcp::v6(), asked.port}, name, true);
  if (both || both.error().code != Code::kInvalid) return both;
  return bind_endpoint(io, {tcp::v4(), asked.port}, name, false);
}

// A name may stand for addresses that this host lacks (::1 in a container): one must do.
Result<std::vector<tcp::acceptor>> bind_name(asio::io_context& io, const ListenAddress& asked) {
  const std::string name = asked.to_string();
  error_code error;
  tcp::resolver resolver(io);
  const auto found = resolver.resolve(asked.host, std::to_string(asked.port), error);
  if (error || found.empty()) {
    return fail(Code::kInvalid,
                fmt::format("cannot listen at {}: no such host: {}", name, error.message()));
  }
  std::vector<tcp::acceptor> out;
  Error last;
  for (const auto& entry : found) {
    auto bound = bind_endpoint(io, entry.endpoint(), name, false);
    if (bound) {
      out.push_back(*std::move(bound));
      continue;
    }
    last = bound.error();
    if (last.code == Code::kConflict) return fail(last);
  }
  if (out.empty()) return fail(last);
  return out;
}

}  // namespace

Result<std::vector<tcp::acceptor>> listen_at(asio::io_context& io, const ListenAddress& asked) {
  error_code no_address;
  const asio::ip::address address = asio::ip::make_address(asked.host, no_address);
  if (no_address && !asked.host.empty()) return bind_name(io, asked);
  auto bound = asked.host.empty()
                   ? bind_everywhere(io, asked)
                   : bind_endpoint(io, {address, asked.port}, asked.to_string(), false);
  if (!bound) return fail(bound.error());
  std::vector<tcp::acceptor> out;
  out.push_back(*std::move(bound));
  return out;
}

Result<std::unique_ptr<asio::ssl::context>> make_tls(const TlsIdentity& identity) {
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls->native_handle(),
                                identity.only_tls13 ? TLS1_3_VERSION : TLS1_2_VERSION);
  error_code error;
  tls->use_certificate_chain(asio::buffer(identity.certificate_pem), error);
  if (error) return fail(Code::kInvalid, "the TLS certificate is no PEM: " + error.message());
  tls->use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem, error);
  if (error) {
    return fail(Code::kInvalid,
                "the TLS key is no PEM, or does not fit the certificate: " + error.message());
  }
  return tls;
}

}  // namespace daytwo::http
