#include "app/demo/pager_sink.h"

#include <fmt/format.h>

#include <cstdio>
#include <map>

#include "model/json.h"

namespace daytwo::app {
namespace {

// What a line shows of Alertmanager's webhook.
struct Message {
  std::string receiver;
  std::string status;
  std::map<std::string, std::string> annotations;

  static constexpr std::string_view kName = "Message";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("receiver", self.receiver);
    v("status", self.status);
    v("commonAnnotations", self.annotations);
  }
};

}  // namespace

std::size_t PagerSink::body_limit(std::string_view, std::string_view) const { return 1U << 20U; }

http::Response PagerSink::handle(const http::Request& request) {
  const auto message = model::from_json<Message>(request.body, "page",
                                                 {.skip_unknown = true, .allow_missing = true});
  if (!message) return http::make_response(400, "text/plain", message.error().text + '\n');
  const auto text = [&](const char* name) {
    const auto it = message->annotations.find(name);
    return it == message->annotations.end() ? std::string() : it->second;
  };
  fmt::print("\n  PAGE to {} [{}]  {}\n", message->receiver, message->status, text("summary"));
  for (const char* name : {"description", "verdict", "next_step", "ack_url"}) {
    if (!text(name).empty()) fmt::print("       {:<12}{}\n", name, text(name));
  }
  // Told at once, into a file or a pipe as well.
  static_cast<void>(std::fflush(stdout));
  return http::make_response(200, "text/plain", "ok\n");
}

}  // namespace daytwo::app
