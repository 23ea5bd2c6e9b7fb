// One connection from its handshake to its end: reads requests, has them answered on a worker,
// writes the answers, in order. Only for the sources of this room.
// Thread rule: the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "http/message.h"
#include "http/server_core.h"

namespace daytwo::http {

// Serves `socket` until either side ends it. `core` outlives the call.
[[nodiscard]] boost::asio::awaitable<void> serve(ServerCore* core,
                                                 boost::asio::ip::tcp::socket socket, Peer peer);

}  // namespace daytwo::http
