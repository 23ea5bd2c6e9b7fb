// daytwo demo | demo break | demo heal: a small shop of real processes, its customers and its past.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.h"
#include "app/declarations.h"
#include "app/demo/advisories.h"
#include "app/demo/customers.h"
#include "app/demo/history.h"
#include "app/demo/pager_sink.h"
#include "app/demo/shop.h"
#include "app/demo/shop_service.h"
#include "app/serve.h"
#include "app/terminal.h"
#include "base/text.h"
#include "http/server.h"
#include "store/store.h"

namespace daytwo::app {
namespace {

// The shop's past and its customers are the same at every start.
constexpr chance::Seed kDemoSeed{20261122};

// A service that is not there by then does not come.
constexpr Duration kShopOpens = seconds(20);
constexpr std::size_t kMaxShopLog = 1U << 20U;

// The catalog beside the sources, else the one that was installed.
Result<std::string> find_config(World& world, const Arguments& arguments) {
  if (arguments.has("--config.file")) return arguments.get("--config.file");
  for (const char* place : {"examples/demo.yml", "/usr/share/daytwo/examples/demo.yml"}) {
    if (world.files.facts(place)) return std::string(place);
  }
  return fail(Code::kNotFound,
              "no examples/demo.yml here: start in the source folder or name it: --config.file");
}

// Thirty days of the past, once for each data folder.
Result<void> prepare_history(World& world, const std::string& path) {
  TRY_VOID(world.files.make_directories(path));
  if (world.files.facts(path + "/history-written")) return {};
  fmt::print(stderr, "writing {} of simulated history ...\n", to_words(kHistorySpan));
  store::Options options;
  options.path = path + "/store";
  TRY(auto store, store::Store::open(options, {.files = world.files, .clock = world.clock}));
  TRY(const std::size_t samples, write_history(*store, world.clock.wall(), kDemoSeed));
  TRY_VOID(store->seal());
  fmt::print(stderr, "{} samples\n", samples);
  return world.files.write_atomic(path + "/history-written", "", 0640);
}

// What the server of the demo runs on. A configuration without advisories gets the made-up one.
Result<Settings> prepare_settings(World& world, const std::string& config, const std::string& path,
                                  http::ListenAddress listen) {
  Settings settings;
  settings.config_file = config;
  settings.storage_path = path;
  settings.listen = {std::move(listen)};
  settings.simulated = true;
  TRY(const Config read, gather_config(world.files, settings));
  if (!read.advisories.empty()) return settings;
  const std::string folder = path + "/advisories";
  TRY_VOID(write_demo_advisories(world.files, folder, world.clock.wall()));
  settings.advisories = {folder};
  return settings;
}

using Children = std::vector<std::unique_ptr<env::Process>>;

Result<Children> start_shop(World& world, const std::string& path) {
  TRY(const std::string self, world.processes.own_path());
  Children children;
  for (const ShopPlace& place : kShop) {
    env::HttpRequest request;
    request.url = url_of(place) + "/health";
    if (world.http.fetch(request)) {
      return fail(Code::kConflict,
                  fmt::format("something answers at port {}: does another shop run?", place.port));
    }
  }
  for (const ShopPlace& place : kShop) {
    // The name that the shop's catalog expects, whatever this file is called.
    TRY(auto child,
        world.processes.start(self, {"daytwo", "demo", "service", std::string(place.name)},
                              fmt::format("{}/shop-{}.log", path, place.name)));
    children.push_back(std::move(child));
  }
  return children;
}

// The last line of a log, or where to look.
std::string last_line(World& world, const std::string& file) {
  const auto log = world.files.read(file, kMaxShopLog);
  if (!log || log->empty()) return "see " + file;
  const std::string text = log->ends_with('\n') ? log->substr(0, log->size() - 1) : *log;
  const std::size_t begin = text.rfind('\n');
  return begin == std::string::npos ? text : text.substr(begin + 1);
}

// Waits until every service answers. Errors: the last words of one that ended, such as a port in
// use; kTimeout.
Result<void> wait_for_shop(World& world, const std::string& path, const Children& children) {
  const Duration until = world.clock.mono() + kShopOpens;
  for (std::size_t i = 0; i < kShop.size(); ++i) {
    const ShopPlace& place = kShop.at(i);
    env::HttpRequest request;
    request.url = url_of(place) + "/health";
    request.timeout = seconds(2);
    while (true) {
      if (!children[i]->running()) {
        return fail(Code::kUnavailable,
                    fmt::format("the shop's {} did not start: {}", place.name,
                                last_line(world, fmt::format("{}/shop-{}.log", path, place.name))));
      }
      if (world.http.fetch(request)) break;
      if (world.clock.mono() >= until) {
        return fail(Code::kTimeout, fmt::format("the shop's {} does not answer", place.name));
      }
      world.clock.sleep_until(world.clock.mono() + milliseconds(50));
    }
  }
  return {};
}

int run(World& world, const Arguments& arguments) {
  const std::string path = arguments.get("--storage.path");
  const auto config = find_config(world, arguments);
  if (!config) return print_error(config.error());
  const auto listen = http::parse_listen_address(arguments.get("--web.listen-address"));
  if (!listen) return print_error(listen.error());
  if (const auto done = prepare_history(world, path); !done) return print_error(done.error());
  auto settings = prepare_settings(world, *config, path, *listen);
  if (!settings) return print_error(settings.error());
  const auto children = start_shop(world, path);
  if (!children) return print_error(children.error());
  if (const auto open = wait_for_shop(world, path, *children); !open) {
    return print_error(open.error());
  }
  env::os::StderrLog log({}, world.clock);
  Registry metrics;
  PagerSink sink;
  http::ServerOptions options;
  options.listen = {{"127.0.0.1", kPagerPort}};
  const auto pager =
      http::Server::start(std::move(options), sink, world.threads, world.clock, log, metrics);
  if (!pager) return print_error(pager.error());
  const Customers customers(world, kDemoSeed);
  fmt::print(
      "The shop is open: http://{}\n"
      "Cause trouble from another terminal and watch the loop turn:\n"
      "  daytwo demo break payments         (also: slow search, leak worker, stall queue, busy "
      "search)\n"
      "  daytwo demo heal\n\n",
      listen->to_string());
  static_cast<void>(std::fflush(stdout));
  return serve(world, *std::move(settings));
}

// Words of a person to a trouble of the shop.
Result<Trouble> trouble_of(const std::string& verb) {
  const std::vector<std::pair<std::string, Trouble>> verbs = {{"break", Trouble::kBroken},
                                                              {"slow", Trouble::kSlow},
                                                              {"leak", Trouble::kLeaking},
                                                              {"stall", Trouble::kStalled},
                                                              {"busy", Trouble::kBusy}};
  std::vector<std::string> known;
  for (const auto& [name, trouble] : verbs) {
    if (name == verb) return trouble;
    known.push_back(name);
  }
  return fail(Code::kInvalid, fmt::format("trouble is {}, not '{}'", join_words(known), verb));
}

Result<void> send_trouble(World& world, const ShopPlace& place, Trouble trouble) {
  env::HttpRequest request;
  request.method = "POST";
  request.url = fmt::format("{}/trouble/{}", url_of(place), to_string(trouble));
  TRY_IN("no demo shop runs here (start it: daytwo demo)", const env::HttpResponse response,
         world.http.fetch(request));
  if (response.status != 200) {
    return fail(Code::kUnavailable, fmt::format("the shop answered {}", response.status));
  }
  return {};
}

int run_break(World& world, const Arguments& arguments) {
  // "break payments", or "slow search": with one word the trouble is to break.
  const bool two = arguments.positional.size() == 2;
  const auto trouble = trouble_of(two ? arguments.positional[0] : "break");
  if (!trouble) return print_error(trouble.error());
  const std::string& name = arguments.positional.back();
  // The worker and the queue are parts of orders.
  const auto place = find_place(name == "worker" || name == "queue" ? "orders" : name);
  if (!place) return print_error(place.error());
  if (const auto sent = send_trouble(world, *place, *trouble); !sent)
    return print_error(sent.error());
  fmt::print("{} is {} now; heal it: daytwo demo heal\n", place->name, to_string(*trouble));
  return kGood;
}

int run_heal(World& world, const Arguments&) {
  for (const ShopPlace& place : kShop) {
    if (const auto sent = send_trouble(world, place, Trouble::kNone); !sent) {
      return print_error(sent.error());
    }
  }
  fmt::print("the shop is well again\n");
  return kGood;
}

int run_service(World& world, const Arguments& arguments) {
  const auto place = find_place(arguments.positional.at(0));
  return place ? run_shop_service(world, *place) : print_error(place.error());
}

}  // namespace

Command demo_command() {
  return {{"demo"},
          "",
          0,
          0,
          "Open a small shop of real processes with customers and a simulated past.",
          {"daytwo demo", "daytwo demo break payments"},
          {{"--config.file", "FILE", "", "the shop's configuration; else examples/demo.yml"},
           {"--storage.path", "FOLDER", "var/demo", "where its data is kept"},
           {"--web.listen-address", "ADDRESS", "127.0.0.1:9420", "where to listen"}},
          run};
}

Command demo_break_command() {
  return {{"demo", "break"},
          "[TROUBLE] SERVICE",
          1,
          2,
          "Cause trouble in the demo shop: break, slow, leak, stall or busy a service.",
          {"daytwo demo break payments", "daytwo demo break slow search",
           "daytwo demo break leak worker", "daytwo demo break stall queue",
           "daytwo demo break busy search"},
          {},
          run_break};
}

Command demo_heal_command() {
  return {{"demo", "heal"},     "", 0,       0, "End all trouble in the demo shop.",
          {"daytwo demo heal"}, {}, run_heal};
}

Command demo_service_command() {
  Command command{{"demo", "service"},
                  "NAME",
                  1,
                  1,
                  "Run one service of the demo shop.",
                  {"daytwo demo service payments"},
                  {},
                  run_service};
  command.hidden = true;
  return command;
}

}  // namespace daytwo::app
