#include "http/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/read_size.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "http/response_text.h"
#include "http/target.h"

namespace daytwo::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using Parser = wire::request_parser<wire::string_body>;

// What is read and thrown away so that an early answer (413) is not lost to a reset.
constexpr std::size_t kDrainBytes = 4U << 20U;
// What one read takes at most; an idle connection holds the first size alone.
constexpr std::size_t kFirstReadBytes = 4096;
constexpr std::size_t kReadBytes = 64U << 10U;
// A smaller body is copied behind its head, so that both leave in one packet or in few.
constexpr std::size_t kOneWriteBytes = 64U << 10U;

// ---- answering ---------------------------------------------------------------------------------

// A request that a worker answers. Touched by the I/O thread only, but for `response`, which the
// worker writes before it posts `done`.
struct Pending {
  explicit Pending(asio::io_context& io) : done(io) {}
  Request request;
  Response response;
  bool answered = false;
  asio::steady_timer done;
};

// Runs on a worker.
void answer(Handler& handler, Pending& pending) {
  try {
    pending.response = handler.handle(pending.request);
    compress(pending.request, pending.response);
  } catch (const std::exception& error) {
    pending.response = plain_error(500, std::string("internal error: ") + error.what());
  }
}

// Hands the request to a worker and waits for its answer, at most the handler's deadline.
asio::awaitable<Response> answer_on_worker(ServerCore* core, Request request) {
  auto pending = std::make_shared<Pending>(core->io);
  pending->request = std::move(request);
  pending->done.expires_after(std::chrono::milliseconds(core->options.limits.handler.ms));
  const bool bulk = core->handler.is_bulk(pending->request.method, pending->request.path);
  const bool queued = core->workers->submit(
      [core, pending] {
        answer(core->handler, *pending);
        asio::post(core->io, [pending] {
          pending->answered = true;
          pending->done.cancel();
        });
      },
      bulk);
  if (!queued) {
    core->busy.add();
    Response response = plain_error(503, "too many requests wait; try again");
    response.set("Retry-After", "1");
    co_return response;
  }
  co_await pending->done.async_wait(asio::as_tuple(asio::use_awaitable));
  if (pending->answered) co_return std::move(pending->response);
  core->late.add();
  co_return plain_error(504, "the answer took too long");
}

// False when the peer has gone.
asio::awaitable<bool> write_response(ServerCore* core, Channel* channel, Response response,
                                     Manner manner) {
  channel->expires_after(core->options.limits.write);
  std::string text = head_text(response, manner, core->clock.wall());
  if (!has_body(response, manner)) co_return co_await channel->write(text);
  if (response.body.size() <= kOneWriteBytes) {
    text += response.body;
    co_return co_await channel->write(text);
  }
  const bool going = co_await channel->write(text);
  if (!going) co_return false;
  co_return co_await channel->write(response.body);
}

// Answers a request that could not be read, and reads a little on, so that the answer arrives.
asio::awaitable<void> refuse(ServerCore* core, Channel* channel, int status) {
  if (status == 413) core->large.add();
  if (status == 503) core->crowded.add();
  const std::string text = status == 413   ? "the body is larger than this route takes"
                           : status == 431 ? "the header is too large"
                           : status == 503 ? "too many bodies are on their way; try again"
                                           : "this is no HTTP request that daytwo can read";
  Response response = plain_error(status, text);
  const Manner manner{.keep_alive = false};
  const bool written = co_await write_response(core, channel, std::move(response), manner);
  if (written) co_await channel->drain(kDrainBytes);
}

// ---- reading -----------------------------------------------------------------------------------

// Waits for the first byte of the next request. False at the connection's end.
asio::awaitable<bool> wait_for_request(ServerCore* core, Channel* channel,
                                       beast::flat_buffer* buffer) {
  if (buffer->size() > 0) co_return true;
  channel->expires_after(core->options.limits.idle);
  core->idle.insert(channel);
  const Transfer got = co_await channel->read_some(buffer->prepare(kFirstReadBytes));
  core->idle.erase(channel);
  buffer->commit(got.bytes);
  co_return !got.error;
}

// Feeds the parser until it has the header, or with `whole` the body too; what is left stays in the
// buffer.
asio::awaitable<error_code> read_into(Channel* channel, beast::flat_buffer* buffer, Parser* parser,
                                      bool whole) {
  parser->eager(whole);
  while (whole ? !parser->is_done() : !parser->is_header_done()) {
    if (buffer->size() > 0) {
      error_code error;
      buffer->consume(parser->put(buffer->data(), error));
      if (!error) continue;
      if (error != wire::error::need_more) co_return error;
    }
    const Transfer got =
        co_await channel->read_some(buffer->prepare(beast::read_size(*buffer, kReadBytes)));
    // An end amid a request completes none: each says by itself where it ends.
    if (got.error) co_return got.error;
    buffer->commit(got.bytes);
  }
  co_return error_code{};
}

// The status to refuse with, or -1 when the peer has gone or was too slow (its socket is closed).
int status_of(const error_code& error) {
  if (error == wire::error::body_limit) return 413;
  if (error == wire::error::header_limit || error == wire::error::buffer_overflow) return 431;
  const error_code example = make_error_code(wire::error::bad_method);
  return error.category() == example.category() ? 400 : -1;
}

// The share of ServerLimits::bodies_bytes that one request holds until it is answered.
struct Reservation {
  ServerCore* core = nullptr;
  std::size_t bytes = 0;
  explicit Reservation(ServerCore* owner) : core(owner) {}
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  ~Reservation() { core->body_bytes -= bytes; }
  // False when there is no room for so many.
  [[nodiscard]] bool take(std::size_t wanted) {
    if (core->body_bytes + wanted > core->options.limits.bodies_bytes) return false;
    core->body_bytes += wanted;
    bytes = wanted;
    return true;
  }
};

// Reads the header and, if wanted, says "go on", then reads the body. 0 = complete, -1 = the peer
// has gone, else the status to refuse with.
asio::awaitable<int> read_request(ServerCore* core, Channel* channel, beast::flat_buffer* buffer,
                                  Parser* parser, Reservation* room) {
  parser->header_limit(static_cast<std::uint32_t>(core->options.limits.header_bytes));
  parser->body_limit(kMaxBodyBytes);
  channel->expires_after(core->options.limits.header);
  const error_code no_header = co_await read_into(channel, buffer, parser, false);
  if (no_header) co_return status_of(no_header);
  const auto& head = parser->get();
  auto target = parse_target(std::string_view(head.target()));
  const std::size_t limit = core->handler.body_limit(std::string_view(head.method_string()),
                                                     target ? target->path : std::string());
  const auto announced = parser->content_length();
  if (announced && *announced > limit) co_return 413;
  parser->body_limit(limit);
  if (parser->is_done()) co_return 0;
  if (!room->take(announced ? static_cast<std::size_t>(*announced) : limit)) co_return 503;
  if (beast::iequals(head[wire::field::expect], "100-continue")) {
    const bool going = co_await channel->write("HTTP/1.1 100 Continue\r\n\r\n");
    if (!going) co_return -1;
  }
  channel->expires_after(core->options.limits.body);
  const error_code no_body = co_await read_into(channel, buffer, parser, true);
  co_return no_body ? status_of(no_body) : 0;
}

Request to_request(Parser& parser, const Peer& peer) {
  auto message = parser.release();
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) {
    request.headers.emplace_back(to_lower(std::string_view(field.name_string())),
                                 std::string(field.value()));
  }
  request.body = std::move(message.body());
  request.peer = peer;
  return request;
}

// Fills path and query; an answer when the target is broken.
std::optional<Response> split_target(Request& request) {
  auto target = parse_target(request.target);
  if (!target) return plain_error(400, target.error().text);
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  return std::nullopt;
}

// Serves requests one after the other until either side ends the connection.
asio::awaitable<void> serve_requests(ServerCore* core, Channel* channel, Peer peer) {
  beast::flat_buffer buffer;
  for (bool keep_alive = true; keep_alive && !core->stopping;) {
    const bool more = co_await wait_for_request(core, channel, &buffer);
    if (!more) co_return;
    Parser parser;
    Reservation room(core);
    const int refused = co_await read_request(core, channel, &buffer, &parser, &room);
    if (refused < 0) co_return;
    if (refused > 0) {
      co_await refuse(core, channel, refused);
      co_return;
    }
    keep_alive = parser.get().keep_alive();
    const bool http10 = parser.get().version() < 11;
    Request request = to_request(parser, peer);
    const bool head_only = request.method == "HEAD";
    Response response;
    if (auto broken = split_target(request)) {
      response = std::move(*broken);
    } else {
      // The handler has its own deadline; the connection is not read meanwhile.
      channel->expires_never();
      response = co_await answer_on_worker(core, std::move(request));
    }
    if (core->stopping) keep_alive = false;
    const Manner manner{.http10 = http10, .keep_alive = keep_alive, .head_only = head_only};
    const bool written = co_await write_response(core, channel, std::move(response), manner);
    if (!written) co_return;
  }
}

}  // namespace

asio::awaitable<void> serve(ServerCore* core, asio::ip::tcp::socket socket, Peer peer) {
  const std::unique_ptr<Channel> channel = make_channel(std::move(socket), core->tls.get());
  channel->expires_after(core->options.limits.header);
  const bool opened = co_await channel->open();
  if (!opened) co_return;
  co_await serve_requests(core, channel.get(), std::move(peer));
  co_await channel->close();
}

}  // namespace daytwo::http
