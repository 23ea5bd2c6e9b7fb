#include "http/server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "http/listen.h"
#include "http/server_core.h"
#include "http/session.h"
#include "http/workers.h"

namespace daytwo::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

Metric& limit_hits(Registry& registry, std::string_view name) {
  return registry.counter("daytwo_http_limit_hits_total",
                          "How often a limit of the HTTP server was hit",
                          {{"limit", std::string(name)}});
}

std::string address_text(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
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
  asio::co_spawn(core->io, serve(core, std::move(socket), std::move(peer)),
                 [core](const std::exception_ptr& thrown) {
                   core->connection_closed();
                   if (thrown) core->log.warn("http", "connection ended by an exception", {});
                 });
}

asio::awaitable<void> accept_all(ServerCore* core, tcp::acceptor* acceptor) {
  constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
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

}  // namespace

ServerCore::ServerCore(ServerOptions given, Handler& answering, env::Clock& time, env::Log& logger,
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

void ServerCore::connection_opened() {
  const std::scoped_lock lock(mutex);
  open_connections.set(static_cast<double>(++connections));
}

void ServerCore::connection_closed() {
  {
    const std::scoped_lock lock(mutex);
    open_connections.set(static_cast<double>(--connections));
  }
  changed.notify_all();
}

bool ServerCore::is_full() {
  const std::scoped_lock lock(mutex);
  return connections >= options.limits.connections;
}

Server::Server(std::unique_ptr<ServerCore> core) : core_(std::move(core)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler& handler,
                                              env::Threads& threads, env::Clock& clock,
                                              env::Log& log, Registry& registry) {
  auto core = std::make_unique<ServerCore>(std::move(options), handler, clock, log, registry);
  if (const auto& identity = core->options.tls) {
    TRY(core->tls, make_tls(*identity));
  }
  for (const ListenAddress& asked : core->options.listen) {
    TRY(auto acceptors, listen_at(core->io, asked));
    for (tcp::acceptor& acceptor : acceptors) {
      error_code ignored;
      core->bound.push_back({asked.host, acceptor.local_endpoint(ignored).port()});
      core->acceptors.push_back(std::move(acceptor));
    }
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
    for (Channel* channel : core->idle) channel->cancel();
  });
  {
    std::unique_lock lock(core->mutex);
    core->changed.wait_for(lock, std::chrono::milliseconds(grace.ms),
                           [core] { return core->connections == 0; });
  }
  core->io.stop();
  core->thread.reset();
  core->workers.reset();
}

Server::~Server() { stop(milliseconds(0)); }

}  // namespace daytwo::http
