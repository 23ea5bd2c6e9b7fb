// Bound sockets and the identity they speak with. Only for the sources of this room.
// Thread rule: before the I/O thread starts.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <vector>

#include "base/result.h"
#include "http/address.h"
#include "http/server.h"

namespace daytwo::http {

// Binds and listens at one address: several sockets for a name with several addresses, one of which
// must do. Errors: kConflict (in use), kDenied (a port below 1024), kInvalid (no such address).
[[nodiscard]] Result<std::vector<boost::asio::ip::tcp::acceptor>> listen_at(
    boost::asio::io_context& io, const ListenAddress& asked);

// What TLS connections speak with. Errors: kInvalid: broken certificate or key.
[[nodiscard]] Result<std::unique_ptr<boost::asio::ssl::context>> make_tls(
    const TlsIdentity& identity);

}  // namespace daytwo::http
