// The server over real loopback sockets: bounds, deadlines, keep-alive, orderly stop.
#include "http/server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "env/os/clock.h"
#include "env/os/log.h"
#include "env/os/threads.h"
#include "http/client.h"

namespace daytwo::http {
namespace {

using tcp = boost::asio::ip::tcp;

class Echo : public Handler {
 public:
  Response handle(const Request& request) override {
    const bool slow = request.path == "/slow" || request.path == "/bulk/slow";
    if (slow) entered.count_down();
    if (slow) release.wait();
    if (request.path == "/bulk/next") bulk_answered = true;
    if (request.path == "/throw") throw std::runtime_error("boom");
    if (request.path == "/big") {
      return make_response(200, "text/plain", std::string(100'000, 'x'));
    }
    if (request.path == "/empty") return {.status = 204, .headers = {}, .body = {}};
    return make_response(200, "text/plain",
                         request.method + " " + request.path + " " + request.query + " " +
                             std::to_string(request.body.size()) +
                             (request.peer.loopback ? " loopback" : " far"));
  }
  std::size_t body_limit(std::string_view, std::string_view path) const override {
    return path == "/small" ? 100 : 3'000'000;
  }
  bool is_bulk(std::string_view, std::string_view path) const override {
    return path.starts_with("/bulk/");
  }
  std::atomic<bool> bulk_answered = false;
  std::latch entered{1};
  std::latch release{1};
};

class ServerTest : public testing::Test {
 protected:
  void start(ServerLimits limits = {}, std::size_t workers = 2) {
    ServerOptions options;
    options.listen = {{"127.0.0.1", 0}};
    options.limits = limits;
    options.workers = workers;
    auto started = Server::start(std::move(options), handler_, threads_, clock_, log_, registry_);
    ASSERT_TRUE(started) << started.error().to_string();
    server_ = std::move(*started);
  }
  std::uint16_t port() { return server_->addresses().at(0).port; }
  std::string url(const std::string& path) {
    return "http://127.0.0.1:" + std::to_string(port()) + path;
  }
  // Sends raw bytes and reads until the server closes, or `want` bytes came.
  std::string raw(std::string_view bytes, std::size_t want = 1U << 20U) {
    boost::asio::io_context io;
    tcp::socket socket(io);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), port()});
    boost::system::error_code ignored;
    boost::asio::write(socket, boost::asio::buffer(bytes), ignored);
    std::string out;
    boost::asio::read(socket, boost::asio::dynamic_buffer(out), boost::asio::transfer_exactly(want),
                      ignored);
    return out;
  }
  env::HttpResponse get(const std::string& path, const std::string& method = "GET",
                        std::string body = "", env::HttpHeaders headers = {}) {
    env::HttpRequest request;
    request.method = method;
    request.url = url(path);
    request.body = std::move(body);
    request.headers = std::move(headers);
    auto response = Client().fetch(request);
    EXPECT_TRUE(response) << response.error().to_string();
    return response.value_or(env::HttpResponse{});
  }

  env::os::SystemClock clock_;
  env::os::SystemThreads threads_;
  env::os::StderrLog log_{{}, clock_};
  Registry registry_;
  Echo handler_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersWithPathQueryAndBody) {
  start();
  const env::HttpResponse response = get("/a%20b?c=d", "POST", std::string(2'000'000, 'b'));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "POST /a b c=d 2000000 loopback");
  EXPECT_FALSE(response.header("date").empty());
}

TEST_F(ServerTest, NamesThePortThatIsInUse) {
  start();
  ServerOptions options;
  options.listen = {{"127.0.0.1", port()}};
  const auto second =
      Server::start(std::move(options), handler_, threads_, clock_, log_, registry_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kConflict);
  EXPECT_EQ(second.error().text, "127.0.0.1:" + std::to_string(port()) + " is in use");
}

TEST_F(ServerTest, ServesPipelinedRequestsInOrderOnOneConnection) {
  start();
  const std::string one = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string two = "GET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const std::string both = raw(one + two);
  EXPECT_LT(both.find("GET /1"), both.find("GET /2"));
  EXPECT_NE(both.find("GET /2"), std::string::npos);
}

TEST_F(ServerTest, ReadsChunkedBodies) {
  start();
  const std::string answer =
      raw("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
          "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
  EXPECT_NE(answer.find("POST /c  11 loopback"), std::string::npos) << answer;
}

TEST_F(ServerTest, AnswersHeadWithTheLengthAndNoBody) {
  start();
  const std::string answer = raw("HEAD /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_NE(answer.find("Content-Length: 100000"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, CompressesOnlyForThoseWhoAccept) {
  start();
  const env::HttpResponse packed = get("/big", "GET", "", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_EQ(packed.header("vary"), "Accept-Encoding");
  EXPECT_LT(packed.body.size(), 2000U);
  EXPECT_EQ(get("/big").body.size(), 100'000U);
}

TEST_F(ServerTest, RefusesBodiesBeyondTheLimitOfTheirRoute) {
  start();
  EXPECT_EQ(get("/small", "POST", std::string(100, 'x')).status, 200);
  EXPECT_EQ(get("/small", "POST", std::string(101, 'x')).status, 413);
  const std::string chunked =
      raw("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nc8\r\n" +
          std::string(200, 'y') + "\r\n0\r\n\r\n");
  EXPECT_NE(chunked.find(" 413 "), std::string::npos) << chunked;
}

TEST_F(ServerTest, RefusesHeadersBeyondTheLimitAndBrokenRequests) {
  start();
  EXPECT_NE(
      raw("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(40'000, 'a') + "\r\n\r\n").find(" 431 "),
      std::string::npos);
  EXPECT_NE(raw("no http at all\r\n\r\n").find(" 400 "), std::string::npos);
  EXPECT_NE(raw("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").find(" 400 "),
            std::string::npos);
  EXPECT_EQ(raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
                "\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
                .find("smuggled"),
            std::string::npos);
}

TEST_F(ServerTest, AsksForTheBodyOfThoseWhoWait) {
  start();
  const std::string answer =
      raw("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"
          "Connection: close\r\n\r\nabc");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 100 ")) << answer;
  EXPECT_NE(answer.find("POST /  3 loopback"), std::string::npos);
}

TEST_F(ServerTest, ClosesSlowClients) {
  start({.header = milliseconds(100), .idle = milliseconds(100)});
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nHost: "), "");
  EXPECT_EQ(raw(""), "");
}

TEST_F(ServerTest, TurnsAThrowingHandlerInto500) {
  start();
  EXPECT_EQ(get("/throw").status, 500);
  EXPECT_EQ(get("/empty").status, 204);
}

TEST_F(ServerTest, ShedsLoadAndAnswers504WhenAHandlerTakesTooLong) {
  start({.waiting = 1, .handler = milliseconds(1000)}, 1);
  std::jthread slow([&] { EXPECT_EQ(get("/slow").status, 504); });
  handler_.entered.wait();
  // The only worker is held: of two more, one waits too long and the other finds the queue full.
  int first = 0;
  std::jthread other([&] { first = get("/queued").status; });
  const int second = get("/queued").status;
  other.join();
  EXPECT_EQ(std::min(first, second), 503);
  EXPECT_EQ(std::max(first, second), 504);
  handler_.release.count_down();
}

TEST_F(ServerTest, RefusesBodiesThatWouldFillTheMemory) {
  start({.bodies_bytes = 1'000'000});
  EXPECT_EQ(get("/a", "POST", std::string(900'000, 'x')).status, 200);
  EXPECT_EQ(get("/a", "POST", std::string(1'000'001, 'x')).status, 503);
  // What was held is given back: as much fits again.
  EXPECT_EQ(get("/a", "POST", std::string(900'000, 'x')).status, 200);
}

TEST_F(ServerTest, KeepsAWorkerFreeOfBulk) {
  start({}, 2);
  std::jthread slow([&] { EXPECT_EQ(get("/bulk/slow").status, 200); });
  handler_.entered.wait();
  std::jthread waits([&] { EXPECT_EQ(get("/bulk/next").status, 200); });
  for (int i = 0; i < 20; ++i) EXPECT_EQ(get("/page").status, 200);
  EXPECT_FALSE(handler_.bulk_answered);
  handler_.release.count_down();
  waits.join();
  EXPECT_TRUE(handler_.bulk_answered);
}

TEST_F(ServerTest, LetsRunningRequestsEndWhenStopped) {
  start();
  std::jthread slow([&, target = url("/slow")] {
    env::HttpRequest request;
    request.url = target;
    const auto response = Client().fetch(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->header("connection"), "close");
  });
  handler_.entered.wait();
  std::jthread opens([&] {
    clock_.sleep_until(clock_.mono() + milliseconds(100));
    handler_.release.count_down();
  });
  server_->stop(seconds(10));
}

TEST_F(ServerTest, RefusesConnectionsBeyondTheLimit) {
  start({.connections = 1});
  boost::asio::io_context io;
  tcp::socket held(io);
  held.connect({boost::asio::ip::make_address("127.0.0.1"), port()});
  boost::asio::write(held, boost::asio::buffer(std::string("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")));
  std::string first(9, ' ');
  boost::asio::read(held, boost::asio::buffer(first));
  EXPECT_EQ(first, "HTTP/1.1 ");
  EXPECT_EQ(raw("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"), "");
  EXPECT_NE(registry_.to_text().find("daytwo_http_limit_hits_total{limit=\"connections\"} 1"),
            std::string::npos);
}

}  // namespace
}  // namespace daytwo::http
