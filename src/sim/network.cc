#include "sim/network.h"

#include <fmt/format.h>

#include <utility>

namespace daytwo::sim {

void HttpScript::on(const std::string& url, Answer answer) {
  const std::lock_guard lock(mutex_);
  routes_[url].always = std::move(answer);
}

void HttpScript::on(const std::string& url, int status, std::string body) {
  on(url, [status, body = std::move(body)](const env::HttpRequest& request) {
    env::HttpResponse response;
    response.status = status;
    response.body = body;
    response.final_url = request.url;
    return Result<env::HttpResponse>(std::move(response));
  });
}

void HttpScript::next(const std::string& url, Result<env::HttpResponse> answer) {
  const std::lock_guard lock(mutex_);
  routes_[url].next.push_back(std::move(answer));
}

Result<env::HttpResponse> HttpScript::fetch(const env::HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
  Route* best = nullptr;
  std::size_t best_length = 0;
  for (auto& [url, route] : routes_) {
    if (request.url.starts_with(url) && (best == nullptr || url.size() > best_length)) {
      best = &route;
      best_length = url.size();
    }
  }
  if (best != nullptr && !best->next.empty()) {
    Result<env::HttpResponse> answer = std::move(best->next.front());
    best->next.pop_front();
    return answer;
  }
  if (best != nullptr && best->always) return best->always(request);
  return fail(Code::kUnavailable, fmt::format("{}: connection refused", request.url));
}

std::vector<env::HttpRequest> HttpScript::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void MailScript::fail_next(Error error) {
  const std::lock_guard lock(mutex_);
  errors_.push_back(std::move(error));
}

Result<void> MailScript::send(const env::MailServer& server, const env::Mail& mail) {
  const std::lock_guard lock(mutex_);
  if (!errors_.empty()) {
    Error error = std::move(errors_.front());
    errors_.pop_front();
    return fail(std::move(error));
  }
  sent_.push_back({server, mail});
  return {};
}

std::vector<MailScript::Sent> MailScript::sent() const {
  const std::lock_guard lock(mutex_);
  return sent_;
}

void SocketScript::name(const std::string& host, std::vector<std::string> addresses) {
  const std::lock_guard lock(mutex_);
  names_[host] = std::move(addresses);
}

void SocketScript::port(const std::string& host, std::uint16_t port,
                        Result<env::Connected> answer) {
  const std::lock_guard lock(mutex_);
  ports_.insert_or_assign({host, port}, std::move(answer));
}

Result<std::vector<std::string>> SocketScript::resolve(const std::string& host,
                                                       Duration /*timeout*/) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(host);
  if (found == names_.end()) return fail(Code::kNotFound, fmt::format("{}: no such host", host));
  return found->second;
}

Result<env::Connected> SocketScript::connect(const std::string& host, std::uint16_t port,
                                             bool /*tls*/, bool /*verify*/, Duration /*timeout*/) {
  const std::lock_guard lock(mutex_);
  const auto found = ports_.find({host, port});
  if (found != ports_.end()) return found->second;
  return fail(Code::kUnavailable, fmt::format("{}:{}: connection refused", host, port));
}

}  // namespace daytwo::sim
