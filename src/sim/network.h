// A network that answers from a script: HTTP, mail and probing sockets. What nobody scripted is
// refused, as a host that is down would.
// Thread rule: any thread; answers are given under a lock, so scripts need none.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "env/http_client.h"
#include "env/sockets.h"

namespace daytwo::sim {

// Scripted HTTP. Answers are looked up by the longest scripted URL that begins the requested one.
class HttpScript final : public env::HttpClient {
 public:
  using Answer = std::function<Result<env::HttpResponse>(const env::HttpRequest&)>;

  // Answers all requests below `url` with `answer`, until scripted anew.
  void on(const std::string& url, Answer answer);
  // The same with a fixed status and body.
  void on(const std::string& url, int status, std::string body);
  // Answers the next requests below `url`, one each, before what on() says.
  void next(const std::string& url, Result<env::HttpResponse> answer);

  [[nodiscard]] Result<env::HttpResponse> fetch(const env::HttpRequest& request) override;

  // Every request so far, answered or refused.
  [[nodiscard]] std::vector<env::HttpRequest> requests() const;

 private:
  struct Route {
    Answer always;
    std::deque<Result<env::HttpResponse>> next;
  };

  mutable std::mutex mutex_;
  std::map<std::string, Route> routes_;     // guarded by mutex_
  std::vector<env::HttpRequest> requests_;  // guarded by mutex_
};

// Scripted mail: accepts everything unless an error waits.
class MailScript final : public env::MailClient {
 public:
  struct Sent {
    env::MailServer server;
    env::Mail mail;
  };

  // The next sends fail with these, one each.
  void fail_next(Error error);
  [[nodiscard]] Result<void> send(const env::MailServer& server, const env::Mail& mail) override;
  // What was accepted so far.
  [[nodiscard]] std::vector<Sent> sent() const;

 private:
  mutable std::mutex mutex_;
  std::deque<Error> errors_;  // guarded by mutex_
  std::vector<Sent> sent_;    // guarded by mutex_
};

// Scripted names and ports.
class SocketScript final : public env::Sockets {
 public:
  // What `host` resolves to; hosts not named here do not exist.
  void name(const std::string& host, std::vector<std::string> addresses);
  // What a connection to host:port gives; others are refused.
  void port(const std::string& host, std::uint16_t port, Result<env::Connected> answer);

  [[nodiscard]] Result<std::vector<std::string>> resolve(const std::string& host,
                                                         Duration timeout) override;
  [[nodiscard]] Result<env::Connected> connect(const std::string& host, std::uint16_t port,
                                               bool tls, bool verify, Duration timeout) override;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<std::string>> names_;                          // guarded
  std::map<std::pair<std::string, std::uint16_t>, Result<env::Connected>> ports_;  // guarded
};

}  // namespace daytwo::sim
