// Talking to a running daytwo: its address, its token, its JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/command.h"
#include "app/world.h"
#include "model/json.h"

namespace daytwo::app {

// The options that every command with a server has: --server, --token-file.
[[nodiscard]] std::vector<Option> server_options();

// Those of a command that changes something: --as, too.
[[nodiscard]] std::vector<Option> change_options();

// Whom a change is signed by: --as, else the user and host of this shell, as far as they can be
// shown; nothing when there is no such name. It opens nothing.
[[nodiscard]] std::optional<std::string> signature_of(const env::System& system,
                                                      const Arguments& arguments);

class Client {
 public:
  // From the options of a command; the token comes from --token-file, $DAYTWO_TOKEN, or the file
  // that a server on this host left in var/ or /var/lib/daytwo. No token is fine for reading.
  Client(World& world, const Arguments& arguments);

  // GET PATH, or POST when `body` is given; the body of a 2xx answer. Errors: kUnavailable when
  // nothing answers (exit code 4), else what the server said, diagnostics included.
  [[nodiscard]] Result<std::string> get(const std::string& path);
  [[nodiscard]] Result<std::string> post(const std::string& path, std::string body);

  // POST of a question: like reading, it needs no token where the server asks for none.
  [[nodiscard]] Result<std::string> ask(const std::string& path, std::string body);

  // The same, read as T; unknown fields of newer servers are skipped.
  template <typename T>
  [[nodiscard]] Result<T> get_as(const std::string& path) {
    TRY(const std::string body, get(path));
    return model::from_json<T>(body, "answer", {.skip_unknown = true, .allow_missing = true});
  }
  template <typename T, typename Body>
  [[nodiscard]] Result<T> post_as(const std::string& path, const Body& body) {
    TRY(const std::string answer, post(path, model::to_json(body)));
    return model::from_json<T>(answer, "answer", {.skip_unknown = true, .allow_missing = true});
  }

  template <typename T, typename Body>
  [[nodiscard]] Result<T> ask_as(const std::string& path, const Body& body) {
    TRY(const std::string answer, ask(path, model::to_json(body)));
    return model::from_json<T>(answer, "answer", {.skip_unknown = true, .allow_missing = true});
  }

  // How long an answer may take, instead of 150 s.
  void set_timeout(Duration timeout) { timeout_ = timeout; }

  // "http://127.0.0.1:9420", without a slash at its end.
  [[nodiscard]] const std::string& server() const { return server_; }

 private:
  // What a request is for. A question is a POST that changes nothing.
  enum class Purpose { kRead, kAsk, kChange };

  [[nodiscard]] Result<std::string> send(Purpose purpose, const std::string& path,
                                         std::string body);
  // Which token was refused, or where none was found.
  [[nodiscard]] std::string token_words() const;

  World& world_;
  std::string server_;
  std::string token_;
  std::string token_place_;  // where it was found
  std::optional<std::string> signature_;
  Duration timeout_ = seconds(150);
  bool token_is_named_ = false;  // by --token-file, not found lying about
};

// Percent-encodes everything but unreserved characters [RFC 3986, 2.3].
[[nodiscard]] std::string encode_component(std::string_view text);

}  // namespace daytwo::app
