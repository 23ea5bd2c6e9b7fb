#include "http/channel.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <string>
#include <utility>

namespace daytwo::http {
namespace {

namespace asio = boost::asio;
using boost::beast::tcp_stream;
using boost::system::error_code;
using tcp = asio::ip::tcp;

// Errors arrive as values, never as exceptions.
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kGoodbye(2);

// What does not depend on TLS: deadlines, and reading below it.
class SocketChannel : public Channel {
 public:
  asio::awaitable<void> drain(std::size_t limit) override {
    error_code ignored;
    lowest().socket().shutdown(tcp::socket::shutdown_send, ignored);
    lowest().expires_after(kGoodbye);
    std::string sink(16384, '\0');
    for (std::size_t drained = 0; drained < limit;) {
      const auto [error, bytes] = co_await lowest().async_read_some(asio::buffer(sink), kAwait);
      if (error) co_return;
      drained += bytes;
    }
  }
  void expires_after(Duration span) override {
    lowest().expires_after(std::chrono::milliseconds(span.ms));
  }
  void expires_never() override { lowest().expires_never(); }
  void cancel() override { lowest().cancel(); }

 protected:
  virtual tcp_stream& lowest() = 0;
};

class PlainChannel final : public SocketChannel {
 public:
  explicit PlainChannel(tcp::socket socket) : stream_(std::move(socket)) {}

  asio::awaitable<bool> open() override { co_return true; }
  asio::awaitable<Transfer> read_some(asio::mutable_buffer room) override {
    const auto [error, bytes] = co_await stream_.async_read_some(room, kAwait);
    co_return Transfer{error, bytes};
  }
  asio::awaitable<bool> write(std::string_view bytes) override {
    const auto [error, written] = co_await asio::async_write(stream_, asio::buffer(bytes), kAwait);
    co_return !error;
  }
  asio::awaitable<void> close() override {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    co_return;
  }

 private:
  tcp_stream& lowest() override { return stream_; }

  tcp_stream stream_;
};

class TlsChannel final : public SocketChannel {
 public:
  TlsChannel(tcp::socket socket, asio::ssl::context& tls) : stream_(std::move(socket), tls) {}

  asio::awaitable<bool> open() override {
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwait);
    co_return !error;
  }
  asio::awaitable<Transfer> read_some(asio::mutable_buffer room) override {
    const auto [error, bytes] = co_await stream_.async_read_some(room, kAwait);
    co_return Transfer{error, bytes};
  }
  asio::awaitable<bool> write(std::string_view bytes) override {
    const auto [error, written] = co_await asio::async_write(stream_, asio::buffer(bytes), kAwait);
    co_return !error;
  }
  asio::awaitable<void> close() override {
    lowest().expires_after(kGoodbye);
    co_await stream_.async_shutdown(kAwait);
  }

 private:
  tcp_stream& lowest() override { return stream_.next_layer(); }

  asio::ssl::stream<tcp_stream> stream_;
};

}  // namespace

std::unique_ptr<Channel> make_channel(tcp::socket socket, asio::ssl::context* tls) {
  if (tls == nullptr) return std::make_unique<PlainChannel>(std::move(socket));
  return std::make_unique<TlsChannel>(std::move(socket), *tls);
}

}  // namespace daytwo::http
