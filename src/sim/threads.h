// Threads that a test can reason about: no second thread ever runs.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "env/threads.h"

namespace daytwo::sim {

// Runs each body at once, on the caller's thread, to its end. Its stop token says "stop" from the
// beginning, so `do { work } while (!stop.stop_requested())` works once and a loop that asks first
// does nothing.
class InlineThreads final : public env::Threads {
 public:
  [[nodiscard]] std::unique_ptr<env::Thread> start(
      std::string /*name*/, std::function<void(std::stop_token)> body) override {
    std::stop_source stop;
    stop.request_stop();
    body(stop.get_token());
    return std::make_unique<Ended>();
  }

 private:
  class Ended final : public env::Thread {
   public:
    void request_stop() override {}
  };
};

// Keeps each body until the test runs it by name, as often as it likes. The stop token says "stop".
// Thread rule: one thread.
class HeldThreads final : public env::Threads {
 public:
  [[nodiscard]] std::unique_ptr<env::Thread> start(
      std::string name, std::function<void(std::stop_token)> body) override {
    bodies_->insert_or_assign(name, std::move(body));
    return std::make_unique<Held>(bodies_, std::move(name));
  }
  // Runs the thread `name` once; false when there is none.
  bool run(const std::string& name) {
    const auto found = bodies_->find(name);
    if (found == bodies_->end()) return false;
    std::stop_source stop;
    stop.request_stop();
    const auto body = found->second;
    body(stop.get_token());
    return true;
  }

 private:
  using Bodies = std::map<std::string, std::function<void(std::stop_token)>>;
  class Held final : public env::Thread {
   public:
    Held(std::shared_ptr<Bodies> bodies, std::string name)
        : bodies_(std::move(bodies)), name_(std::move(name)) {}
    ~Held() override { bodies_->erase(name_); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    void request_stop() override {}

   private:
    std::shared_ptr<Bodies> bodies_;
    std::string name_;
  };

  std::shared_ptr<Bodies> bodies_ = std::make_shared<Bodies>();
};

}  // namespace daytwo::sim
