#include "http/server.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "http/gzip.h"
#include "http/target.h"
#include "http/workers.h"

namespace daytwo::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Parser = wire::request_parser<wire::string_body>;
using Message = wire::response<wire::string_body>;

// Errors arrive as values, never as exceptions.
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
// Smaller bodies fit one packet anyway.
constexpr std::size_t kGzipFrom = 1400;
// Fast: most answers are read once, over loopback or a local network.
constexpr int kGzipLevel = 1;
// What is read and thrown away so that an early answer (413) is not lost to a reset.
constexpr std::size_t kDrainBytes = 4U << 20U;

std::chrono::milliseconds to_chrono(Duration span) { return std::chrono::milliseconds(span.ms); }

std::string address_text(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

// IMF-fixdate of RFC 9110, 5.6.7: "Sun, 22 Nov 2026 20:00:00 GMT".
std::string http_date(Timestamp at) {
  constexpr std::string_view kDays = "ThuFriSatSunMonTueWed";
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::string iso = to_rfc3339(at);
  const auto day = static_cast<std::size_t>((at.ms / 86'400'000) % 7);
  const auto month = static_cast<std::size_t>((iso[5] - '0') * 10 + (iso[6] - '0') - 1);
  return fmt::format("{}, {} {} {} {} GMT", kDays.substr(day * 3, 3), iso.substr(8, 2),
                     kMonths.substr(month * 3, 3), iso.substr(0, 4), iso.substr(11, 8));
}

bool is_compressible(std::string_view content_type) {
  return content_type.starts_with("text/") || content_type.starts_with("application/json") ||
         content_type.starts_with("application/yaml") || content_type.starts_with("image/svg");
}

void compress(const Request& request, Response& response) {
  if (response.body.size() < kGzipFrom || !response.header("Content-Encoding").empty()) return;
  if (!is_compressible(response.header("Content-Type"))) return;
  response.set("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.header("accept-encoding"))) return;
  response.body = gzip(response.body, kGzipLevel);
  response.set("Content-Encoding", "gzip");
}

Response plain_error(int status, std::string_view text) {
  return make_response(status, "text/plain; charset=utf-8", std::string(text) + "\n");
}

// A request that a worker answers. Touched by the I/O thread only, but for `response`, which the
// worker writes before it posts `done`.
struct Pending {
  explicit Pending(asio::io_context& io) : done(io) {}
  Request request;
  Response response;
  bool answered = false;
  asio::steady_timer done;
};

}  // namespace

// State of one server. Between start and stop the I/O thread alone touches what is not constant,
// atomic or guarded.
struct ServerCore {
  ServerCore(ServerOptions given, Handler& answering, env::Clock& time, env::Log& logger,
             Registry& registry)
      : options(std::move(given)),
        handler(answering),
        clock(time),
        log(logger),
        open_connections(registry.gauge("daytwo_http_connections", "Open connections")),
        full(limit_hits(registry, "connections")),
        busy(limit_hits(registry, "waiting")),
        late(limit_hits(registry, "handler_time")),
        large(limit_hits(registry, "body_bytes")),
        crowded(limit_hits(registry, "bodies_bytes")) {}

  static Metric& limit_hits(Registry& registry, std::string_view name) {
    return registry.counter("daytwo_http_limit_hits_total",
                            "How often a limit of the HTTP server was hit",
                            {{"limit", std::string(name)}});
  }

  void connection_opened() {
    const std::scoped_lock lock(mutex);
    open_connections.set(static_cast<double>(++connections));
  }
  void connection_closed() {
    {
      const std::scoped_lock lock(mutex);
      open_connections.set(static_cast<double>(--connections));
    }
    changed.notify_all();
  }
  [[nodiscard]] bool is_full() {
    const std::scoped_lock lock(mutex);
    return connections >= options.limits.connections;
  }

  // Constant after start.
  ServerOptions options;
  Handler& handler;
  env::Clock& clock;
  env::Log& log;
  Metric& open_connections;
  Metric& full;
  Metric& busy;
  Metric& late;
  Metric& large;
  Metric& crowded;
  std::vector<ListenAddress> bound;

  std::size_t body_bytes = 0;  // held or announced by all connections; outlives their frames in io
  asio::io_context io{1};
  std::unique_ptr<asio::ssl::context> tls;  // null = plain HTTP
  std::vector<tcp::acceptor> acceptors;
  std::set<tcp::socket*> idle;  // connections that wait for their next request
  std::unique_ptr<Workers> workers;
  std::unique_ptr<env::Thread> thread;
  std::atomic<bool> stopping = false;

  // Guarded by mutex.
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t connections = 0;
};

namespace {

// ---- one request -------------------------------------------------------------------------------

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
  pending->done.expires_after(to_chrono(core->options.limits.handler));
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
  co_await pending->done.async_wait(kAwait);
  if (pending->answered) co_return std::move(pending->response);
  core->late.add();
  co_return plain_error(504, "the answer took too long");
}

Message to_message(ServerCore& core, Response response, unsigned version, bool keep_alive,
                   bool head) {
  Message message;
  message.version(version);
  message.result(static_cast<unsigned>(response.status));
  message.set(wire::field::date, http_date(core.clock.wall()));
  for (const auto& [name, value] : response.headers) message.insert(name, value);
  const bool no_body = response.status == 204 || response.status == 304;
  if (!no_body) message.content_length(response.body.size());
  if (!no_body && !head) message.body() = std::move(response.body);
  message.keep_alive(keep_alive);
  return message;
}

// ---- one connection ----------------------------------------------------------------------------

template <class Stream>
asio::awaitable<bool> write_response(ServerCore* core, Stream* stream, Response response,
                                     unsigned version, bool keep_alive, bool head) {
  Message message = to_message(*core, std::move(response), version, keep_alive, head);
  beast::get_lowest_layer(*stream).expires_after(to_chrono(core->options.limits.write));
  // A serializer of its own: the length of a HEAD answer is not that of its body.
  wire::response_serializer<wire::string_body> serializer(message);
  if (head) {
    const auto [error, bytes] = co_await wire::async_write_header(*stream, serializer, kAwait);
    co_return !error;
  }
  const auto [error, bytes] = co_await wire::async_write(*stream, serializer, kAwait);
  co_return !error;
}

// Waits for the first byte of the next request. False at the connection's end.
template <class Stream>
asio::awaitable<bool> wait_for_request(ServerCore* core, Stream* stream,
                                       beast::flat_buffer* buffer) {
  if (buffer->size() > 0) co_return true;
  auto& lowest = beast::get_lowest_layer(*stream);
  lowest.expires_after(to_chrono(core->options.limits.idle));
  core->idle.insert(&lowest.socket());
  const auto [error, bytes] = co_await stream->async_read_some(buffer->prepare(4096), kAwait);
  core->idle.erase(&lowest.socket());
  if (error) co_return false;
  buffer->commit(bytes);
  co_return true;
}

// The status to refuse with, or -1 when the peer has gone or was too slow (its socket is closed).
int status_of(const error_code& error) {
  if (error == wire::error::end_of_stream || error == wire::error::partial_message) return -1;
  if (error == wire::error::body_limit) return 413;
  if (error == wire::error::header_limit || error == wire::error::buffer_overflow) return 431;
  const error_code example = make_error_code(wire::error::bad_method);
  return error.category() == example.category() ? 400 : -1;
}

// Answers a request that could not be read, and reads a little on, so that the answer arrives.
template <class Stream>
asio::awaitable<void> refuse(ServerCore* core, Stream* stream, int status) {
  if (status == 413) core->large.add();
  if (status == 503) core->crowded.add();
  const std::string text = status == 413   ? "the body is larger than this route takes"
                           : status == 431 ? "the header is too large"
                           : status == 503 ? "too many bodies are on their way; try again"
                                           : "this is no HTTP request that daytwo can read";
  Response response = plain_error(status, text);
  const bool written = co_await write_response(core, stream, std::move(response), 11, false, false);
  if (!written) co_return;
  auto& lowest = beast::get_lowest_layer(*stream);
  error_code ignored;
  lowest.socket().shutdown(tcp::socket::shutdown_send, ignored);
  lowest.expires_after(std::chrono::seconds(2));
  std::string sink(16384, '\0');
  for (std::size_t drained = 0; drained < kDrainBytes;) {
    const auto [error, bytes] = co_await lowest.async_read_some(asio::buffer(sink), kAwait);
    if (error) co_return;
    drained += bytes;
  }
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
template <class Stream>
asio::awaitable<int> read_request(ServerCore* core, Stream* stream, beast::flat_buffer* buffer,
                                  Parser* parser, Reservation* room) {
  parser->header_limit(static_cast<std::uint32_t>(core->options.limits.header_bytes));
  parser->body_limit(kMaxBodyBytes);
  auto& lowest = beast::get_lowest_layer(*stream);
  lowest.expires_after(to_chrono(core->options.limits.header));
  const auto [header_error, header_bytes] =
      co_await wire::async_read_header(*stream, *buffer, *parser, kAwait);
  if (header_error) co_return status_of(header_error);
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
    wire::response<wire::empty_body> go_on(wire::status::continue_, head.version());
    const auto [error, bytes] = co_await wire::async_write(*stream, go_on, kAwait);
    if (error) co_return -1;
  }
  lowest.expires_after(to_chrono(core->options.limits.body));
  const auto [error, bytes] = co_await wire::async_read(*stream, *buffer, *parser, kAwait);
  co_return error ? status_of(error) : 0;
}

// Serves requests one after the other until either side ends the connection.
template <class Stream>
asio::awaitable<void> serve_requests(ServerCore* core, Stream* stream, Peer peer) {
  beast::flat_buffer buffer;
  for (bool keep_alive = true; keep_alive && !core->stopping;) {
    const bool more = co_await wait_for_request(core, stream, &buffer);
    if (!more) co_return;
    Parser parser;
    Reservation room(core);
    const int refused = co_await read_request(core, stream, &buffer, &parser, &room);
    if (refused < 0) co_return;
    if (refused > 0) {
      co_await refuse(core, stream, refused);
      co_return;
    }
    keep_alive = parser.get().keep_alive();
    const unsigned version = parser.get().version();
    Request request = to_request(parser, peer);
    const bool head = request.method == "HEAD";
    Response response;
    if (auto broken = split_target(request)) {
      response = std::move(*broken);
    } else {
      // The handler has its own deadline; the connection is not read meanwhile.
      beast::get_lowest_layer(*stream).expires_never();
      response = co_await answer_on_worker(core, std::move(request));
    }
    if (core->stopping) keep_alive = false;
    const bool written =
        co_await write_response(core, stream, std::move(response), version, keep_alive, head);
    if (!written) co_return;
  }
}

asio::awaitable<void> serve_plain(ServerCore* core, tcp::socket socket, Peer peer) {
  beast::tcp_stream stream(std::move(socket));
  co_await serve_requests(core, &stream, std::move(peer));
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
}

asio::awaitable<void> serve_tls(ServerCore* core, tcp::socket socket, Peer peer) {
  TlsStream stream(std::move(socket), *core->tls);
  beast::get_lowest_layer(stream).expires_after(to_chrono(core->options.limits.header));
  const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, kAwait);
  if (error) co_return;
  co_await serve_requests(core, &stream, std::move(peer));
  beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(2));
  co_await stream.async_shutdown(kAwait);
}

Peer peer_of(const tcp::socket& socket, bool tls) {
  Peer peer;
  error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (!error) peer.address = address_text(remote.address());
  const tcp::endpoint local = socket.local_endpoint(error);
  if (!error) {
    peer.local_address = address_text(local.address());
    peer.local_port = local.port();
  }
  peer.loopback = is_loopback_host(peer.address) && is_loopback_host(peer.local_address);
  peer.tls = tls;
  return peer;
}

void start_connection(ServerCore* core, tcp::socket socket) {
  if (core->is_full()) {
    core->full.add();
    return;  // the socket closes
  }
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  Peer peer = peer_of(socket, core->tls != nullptr);
  core->connection_opened();
  auto session = core->tls ? serve_tls(core, std::move(socket), std::move(peer))
                           : serve_plain(core, std::move(socket), std::move(peer));
  asio::co_spawn(core->io, std::move(session), [core](const std::exception_ptr& thrown) {
    core->connection_closed();
    if (thrown) core->log.warn("http", "connection ended by an exception", {});
  });
}

asio::awaitable<void> accept_all(ServerCore* core, tcp::acceptor* acceptor) {
  asio::steady_timer pause(core->io);
  while (!core->stopping) {
    auto [error, socket] = co_await acceptor->async_accept(kAwait);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      // Out of descriptors, mostly: closing connections heals it.
      core->full.add();
      pause.expires_after(std::chrono::milliseconds(100));
      co_await pause.async_wait(kAwait);
      continue;
    }
    start_connection(core, std::move(socket));
  }
}

// ---- start -------------------------------------------------------------------------------------

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

Result<void> bind_endpoint(ServerCore& core, const tcp::endpoint& endpoint,
                           const ListenAddress& asked, bool both_families) {
  const std::string name = asked.to_string();
  error_code error;
  tcp::acceptor acceptor(core.io);
  acceptor.open(endpoint.protocol(), error);
  if (error) return fail(bind_error(error, name));
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (endpoint.address().is_v6()) {
    acceptor.set_option(asio::ip::v6_only(!both_families), error);
  }
  acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return fail(bind_error(error, name));
  const tcp::endpoint local = acceptor.local_endpoint(error);
  core.bound.push_back({asked.host, local.port()});
  core.acceptors.push_back(std::move(acceptor));
  return {};
}

Result<void> bind_address(ServerCore& core, const ListenAddress& asked) {
  error_code error;
  if (asked.host.empty()) {
    // Every interface of both families, or of IPv4 where the kernel has no IPv6.
    Result<void> both = bind_endpoint(core, {tcp::v6(), asked.port}, asked, true);
    if (both || both.error().code != Code::kInvalid) return both;
    return bind_endpoint(core, {tcp::v4(), asked.port}, asked, false);
  }
  const asio::ip::address address = asio::ip::make_address(asked.host, error);
  if (!error) return bind_endpoint(core, {address, asked.port}, asked, false);
  tcp::resolver resolver(core.io);
  const auto found = resolver.resolve(asked.host, std::to_string(asked.port), error);
  if (error || found.empty()) {
    return fail(Code::kInvalid, fmt::format("cannot listen at {}: no such host: {}",
                                            asked.to_string(), error.message()));
  }
  // A name may stand for addresses that this host lacks (::1 in a container): one must do.
  Result<void> last;
  bool any = false;
  for (const auto& entry : found) {
    last = bind_endpoint(core, entry.endpoint(), asked, false);
    if (!last && last.error().code == Code::kConflict) return last;
    any = any || last.has_value();
  }
  if (any) return {};
  return last;
}

Result<void> use_identity(ServerCore& core, const TlsIdentity& identity) {
  core.tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  asio::ssl::context& tls = *core.tls;
  SSL_CTX_set_min_proto_version(tls.native_handle(),
                                identity.only_tls13 ? TLS1_3_VERSION : TLS1_2_VERSION);
  error_code error;
  tls.use_certificate_chain(asio::buffer(identity.certificate_pem), error);
  if (error) return fail(Code::kInvalid, "the TLS certificate is no PEM: " + error.message());
  tls.use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem, error);
  if (error) {
    return fail(Code::kInvalid,
                "the TLS key is no PEM, or does not fit the certificate: " + error.message());
  }
  return {};
}

}  // namespace

Server::Server(std::unique_ptr<ServerCore> core) : core_(std::move(core)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler& handler,
                                              env::Threads& threads, env::Clock& clock,
                                              env::Log& log, Registry& registry) {
  auto core = std::make_unique<ServerCore>(std::move(options), handler, clock, log, registry);
  if (const auto& identity = core->options.tls) TRY_VOID(use_identity(*core, *identity));
  for (const ListenAddress& address : core->options.listen) {
    TRY_VOID(bind_address(*core, address));
  }
  core->workers =
      std::make_unique<Workers>(threads, core->options.workers, core->options.limits.waiting);
  for (tcp::acceptor& acceptor : core->acceptors) {
    asio::co_spawn(core->io, accept_all(core.get(), &acceptor), [](const std::exception_ptr&) {});
  }
  ServerCore* raw = core.get();
  core->thread = threads.start("http-io", [raw](const std::stop_token&) {
    // Held open until stop(): a server without connections still waits for one.
    const auto work = asio::make_work_guard(raw->io);
    raw->io.run();
  });
  return std::unique_ptr<Server>(new Server(std::move(core)));
}

const std::vector<ListenAddress>& Server::addresses() const { return core_->bound; }

void Server::stop(Duration grace) {
  ServerCore* core = core_.get();
  if (core->thread == nullptr) return;
  asio::post(core->io, [core] {
    core->stopping = true;
    error_code ignored;
    for (tcp::acceptor& acceptor : core->acceptors) acceptor.close(ignored);
    for (tcp::socket* socket : core->idle) socket->cancel(ignored);
  });
  {
    std::unique_lock lock(core->mutex);
    core->changed.wait_for(lock, to_chrono(grace), [core] { return core->connections == 0; });
  }
  core->io.stop();
  core->thread.reset();
  core->workers.reset();
}

Server::~Server() { stop(milliseconds(0)); }

}  // namespace daytwo::http
