#include "app/client.h"

#include <fmt/format.h>

#include <utility>

#include "api/signature.h"
#include "api/view_base.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxTokenBytes = 4096;

// A token and where it was found.
struct FoundToken {
  std::string token;
  std::string place;
};

FoundToken read_token(World& world, const Arguments& arguments) {
  const std::string named = arguments.get("--token-file");
  if (const auto variable = world.system.variable("DAYTWO_TOKEN"); named.empty() && variable) {
    return {*variable, "$DAYTWO_TOKEN"};
  }
  std::vector<std::string> places =
      named.empty() ? std::vector<std::string>{"var/token", "/var/lib/daytwo/token"}
                    : std::vector<std::string>{named};
  // A command that was told where the data is finds the token there.
  if (named.empty() && arguments.has("--storage.path")) {
    places.insert(places.begin(), arguments.get("--storage.path") + "/token");
  }
  for (const std::string& place : places) {
    if (const auto text = world.files.read(place, kMaxTokenBytes)) {
      return {std::string(trim(*text)), place};
    }
  }
  return {};
}

// How Prometheus's own routes say that something failed.
struct PrometheusError {
  std::string error;

  static constexpr std::string_view kName = "Error";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("error", self.error);
  }
};

// The error that the server put into its answer.
Error error_of(int status, const std::string& body) {
  const auto said = model::from_json<api::ErrorBody>(body, "answer",
                                                     {.skip_unknown = true, .allow_missing = true});
  if (!said || said->error.text.empty()) {
    const auto plain = model::from_json<PrometheusError>(
        body, "answer", {.skip_unknown = true, .allow_missing = true});
    if (plain && !plain->error.empty()) {
      return make_error(status >= 500 ? Code::kInternal : Code::kInvalid, plain->error);
    }
    const std::string first(split(trim(body), '\n')[0].substr(0, 200));
    return make_error(status >= 500 ? Code::kInternal : Code::kInvalid,
                      fmt::format("the server answered {}: {}", status, to_utf8(first)));
  }
  Error error = make_error(Code::kInternal, said->error.text);
  for (int code = 0; code <= static_cast<int>(Code::kInternal); ++code) {
    if (facts_of(static_cast<Code>(code)).name == said->error.code) {
      error.code = static_cast<Code>(code);
    }
  }
  error.context = said->error.context;
  for (const api::DiagnosticView& seen : said->error.diagnostics) {
    error.diagnostics.push_back({seen.file, static_cast<int>(seen.line),
                                 static_cast<int>(seen.column), seen.text, seen.source_line,
                                 seen.expected, seen.suggestion});
  }
  return error;
}

}  // namespace

std::vector<Option> server_options() {
  return {{"--server", "URL", "http://127.0.0.1:9420",
           "the daytwo to talk to; without it $DAYTWO_SERVER, if it is set", "Server"},
          {"--token-file", "FILE", "",
           "its token, for commands that change; without it $DAYTWO_TOKEN, var/token and "
           "/var/lib/daytwo/token are tried",
           "Server"}};
}

std::vector<Option> change_options() {
  std::vector<Option> options = server_options();
  options.push_back(
      {"--as", "NAME", "", "who it is signed by, to be shown; else you@host", "Server"});
  return options;
}

std::optional<std::string> signature_of(const env::System& system, const Arguments& arguments) {
  if (arguments.has("--as")) return arguments.get("--as");
  const std::string user = system.variable("USER").value_or(system.user_name(system.user_id()));
  std::string name = user.empty() ? user : api::fit_signature(user + '@' + system.host_name());
  if (name.empty()) return std::nullopt;
  return name;
}

Client::Client(World& world, const Arguments& arguments)
    : world_(world),
      server_(arguments.get("--server")),
      signature_(signature_of(world.system, arguments)),
      token_is_named_(arguments.has("--token-file")) {
  FoundToken found = read_token(world, arguments);
  token_ = std::move(found.token);
  token_place_ = std::move(found.place);
  while (server_.ends_with('/')) server_.pop_back();
  if (server_.starts_with(':')) server_ = "127.0.0.1" + server_;
  if (server_.find("://") == std::string::npos) server_ = "http://" + server_;
}

Result<std::string> Client::get(const std::string& path) { return send(Purpose::kRead, path, ""); }

Result<std::string> Client::post(const std::string& path, std::string body) {
  return send(Purpose::kChange, path, std::move(body));
}

Result<std::string> Client::ask(const std::string& path, std::string body) {
  return send(Purpose::kAsk, path, std::move(body));
}

Result<std::string> Client::send(Purpose purpose, const std::string& path, std::string body) {
  if (server_ == "http://") {
    return fail(Code::kInvalid, "--server is an address such as http://127.0.0.1:9420");
  }
  env::HttpRequest request;
  request.method = purpose == Purpose::kRead ? "GET" : "POST";
  request.url = server_ + path;
  request.timeout = timeout_;
  request.max_body_bytes = 256U << 20U;
  request.body = std::move(body);
  if (purpose != Purpose::kRead) {
    request.headers.emplace_back("Content-Type", "application/json");
    if (signature_ && purpose == Purpose::kChange) {
      request.headers.emplace_back(api::kSignatureHeader, encode_component(*signature_));
    }
  }
  // Reading needs no token on loopback; one that lies about for another server must not spoil it.
  const bool with_token = !token_.empty() && (purpose == Purpose::kChange || token_is_named_);
  if (with_token) request.headers.emplace_back("Authorization", "Bearer " + token_);
  auto response = world_.http.fetch(request);
  if (response && response->status == 401 && !with_token && !token_.empty()) {
    request.headers.emplace_back("Authorization", "Bearer " + token_);
    response = world_.http.fetch(request);
  }
  if (!response) {
    Error error = std::move(response).error();
    error.code = Code::kUnavailable;
    return fail_in(fmt::format("no daytwo answers at {} (start one: daytwo serve)", server_),
                   std::move(error));
  }
  if (response->status >= 200 && response->status < 300) return std::move(response->body);
  Error error = error_of(response->status, response->body);
  if (response->status != 401) return fail(std::move(error));
  return fail_in(token_words(), std::move(error));
}

std::string Client::token_words() const {
  if (!token_.empty()) return "token of " + token_place_;
  if (token_is_named_) return "no token can be read where --token-file names one";
  return "no token was found: $DAYTWO_TOKEN is not set, and neither var/token here nor "
         "/var/lib/daytwo/token can be read; name it with --token-file";
}

std::string encode_component(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

}  // namespace daytwo::app
