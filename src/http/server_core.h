// What a running server holds. Only for the sources of this room.
// Thread rule: between start and stop the I/O thread alone touches what is not constant, atomic or
// guarded.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string_view>
#include <vector>

#include "base/metrics.h"
#include "env/clock.h"
#include "env/log.h"
#include "env/threads.h"
#include "http/channel.h"
#include "http/message.h"
#include "http/server.h"
#include "http/workers.h"

namespace daytwo::http {

// State of one server.
struct ServerCore {
  ServerCore(ServerOptions given, Handler& answering, env::Clock& time, env::Log& logger,
             Registry& registry);

  void connection_opened();
  void connection_closed();
  [[nodiscard]] bool is_full();

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
  boost::asio::io_context io{1};
  std::unique_ptr<boost::asio::ssl::context> tls;  // null = plain HTTP
  std::vector<boost::asio::ip::tcp::acceptor> acceptors;
  std::set<Channel*> idle;  // connections that wait for their next request
  std::unique_ptr<Workers> workers;
  std::unique_ptr<env::Thread> thread;
  std::atomic<bool> stopping = false;

  // Guarded by mutex.
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t connections = 0;
};

}  // namespace daytwo::http
