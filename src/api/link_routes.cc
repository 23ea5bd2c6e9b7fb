#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "api/own_routes.h"
#include "base/time.h"

namespace daytwo::api {
namespace {

// How long the link "snooze" silences.
constexpr Duration kSnooze = hours(1);

struct Action {
  std::string_view name;
  std::string_view question;
  std::string_view done;
};

constexpr std::array<Action, 6> kActions = {{
    {"ack", "I take this page", "You have taken this page."},
    {"snooze", "Be silent for an hour", "Silent for an hour."},
    {"useful", "This page was useful", "Noted: useful."},
    {"noise", "This page was noise", "Noted: noise."},
    {"not_mine", "This is not mine", "Noted: not yours."},
    {"no_power", "I have no power to act on this", "Noted: no power to act."},
}};

const Action* find_action(std::string_view name) {
  for (const Action& action : kActions) {
    if (action.name == name) return &action;
  }
  return nullptr;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'') {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

// No script and no style: it must work in any mail reader's browser.
http::Response show(int status, std::string_view title, std::string_view body) {
  http::Response response = http::make_response(
      status, "text/html; charset=utf-8",
      fmt::format("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                  "<meta name=\"robots\" content=\"noindex\"><title>{0}</title></head>"
                  "<body><h1>{0}</h1>{1}</body></html>\n",
                  escaped(title), body));
  response.set("Cache-Control", "no-store");
  return response;
}

http::Response show_error(const Error& error) {
  return show(facts_of(error.code).http_status, "daytwo",
              fmt::format("<p>{}.</p><p>The console and the command line still work.</p>",
                          escaped(error.text)));
}

http::Response ask(const LinkParts& parts, const Context& context) {
  const auto link = parts.signer.open(context.path[0], parts.clock.wall());
  if (!link) return show_error(link.error());
  const Action* action = find_action(link->action);
  if (action == nullptr) return show_error(make_error(Code::kInvalid, "this link does nothing"));
  if (parts.used.is_used(*link)) {
    return show_error(make_error(Code::kConflict, "this link was used before"));
  }
  return show(
      200, action->question,
      fmt::format("<p>Page {}, sent to {}.</p><form method=\"post\">"
                  "<button type=\"submit\">{}</button></form>",
                  escaped(link->subject), escaped(link->person), escaped(action->question)));
}

Result<PagesPage> run(PagerService& pager, const Link& link) {
  if (link.action == "ack") return pager.acknowledge(link.subject, link.person);
  if (link.action == "snooze") return pager.snooze(link.subject, kSnooze, link.person);
  const Vote vote = link.action == "useful"     ? Vote::kUseful
                    : link.action == "noise"    ? Vote::kNoise
                    : link.action == "not_mine" ? Vote::kNotMine
                                                : Vote::kNoPower;
  return pager.feedback(link.subject, vote, link.person);
}

http::Response act(const LinkParts& parts, const Context& context) {
  const auto link = parts.signer.open(context.path[0], parts.clock.wall());
  if (!link) return show_error(link.error());
  const Action* action = find_action(link->action);
  if (action == nullptr) return show_error(make_error(Code::kInvalid, "this link does nothing"));
  // Used up before it acts: two clicks at once act once.
  if (const auto used = parts.used.use(*link); !used) return show_error(used.error());
  const auto done = run(parts.pager, *link);
  if (!done) return show_error(done.error());
  return show(200, action->done, "<p>You may close this page.</p>");
}

}  // namespace

void add_link_routes(RouteTable& table, LinkParts parts) {
  Route route;
  route.method = "GET";
  route.path = "/api/daytwo/v1/links/{token}";
  route.access = Access::kLink;
  route.summary = "Show what a signed link would do";
  route.media = "text/html";
  route.handler = [parts](const Context& context) { return ask(parts, context); };
  table.add(route);
  route.method = "POST";
  route.parameters.clear();
  route.summary = "Do what a signed link says, once";
  route.handler = [parts](const Context& context) { return act(parts, context); };
  table.add(std::move(route));
}

}  // namespace daytwo::api
