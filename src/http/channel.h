// One accepted connection as a few awaited calls, the same with and without TLS: the templates of
// both streams are paid for in channel.cc alone. Only for the sources of this room.
// Thread rule: the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <string_view>

#include "base/time.h"

namespace daytwo::http {

// What came of one read: an error (asio::error::eof at the orderly end), or at least one byte.
struct Transfer {
  boost::system::error_code error;
  std::size_t bytes = 0;
};

// A connection. Each call is awaited before the next begins, except that cancel() ends one.
class Channel {
 public:
  virtual ~Channel() = default;

  // Shakes hands where there is TLS. False when the peer fails at it.
  [[nodiscard]] virtual boost::asio::awaitable<bool> open() = 0;
  // Reads what is there, at most as much as fits into `room`.
  [[nodiscard]] virtual boost::asio::awaitable<Transfer> read_some(
      boost::asio::mutable_buffer room) = 0;
  // Writes all of it; what `bytes` shows outlives the call. False when the peer has gone.
  [[nodiscard]] virtual boost::asio::awaitable<bool> write(std::string_view bytes) = 0;
  // Says goodbye, in at most 2 s.
  [[nodiscard]] virtual boost::asio::awaitable<void> close() = 0;
  // Sends the end, then throws away up to `limit` bytes for at most 2 s: the kernel would follow an
  // early answer with a reset, which takes the answer away, if what was sent stayed unread.
  [[nodiscard]] virtual boost::asio::awaitable<void> drain(std::size_t limit) = 0;

  // From now on the calls together take at most `span`, or the connection breaks.
  virtual void expires_after(Duration span) = 0;
  virtual void expires_never() = 0;
  // The call in progress ends with an error.
  virtual void cancel() = 0;
};

// A channel over an accepted socket, with TLS when `tls` is given, which outlives it.
[[nodiscard]] std::unique_ptr<Channel> make_channel(boost::asio::ip::tcp::socket socket,
                                                    boost::asio::ssl::context* tls);

}  // namespace daytwo::http
