// A stake in the order in which people say it: each word has a role, the money stands somewhere
// between them, and the one word without a role is the service.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/amount.h"
#include "model/stake_sentence.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

// What a word says of what is priced.
enum class Role : std::uint8_t {
  kName,    // not known here: the service
  kThing,   // "hour", "record": what is priced
  kDown,    // an hour of not being there
  kFailed,  // a request that failed
  kPeople,  // an hour of somebody's work
  kOneEnd,  // "up to": half of a range
  kFiller,  // joins the others
};

struct KnownWord {
  std::string_view word;
  Role role;
};

constexpr auto kWords = std::to_array<KnownWord>({
    {"down", Role::kDown},        {"downtime", Role::kDown},     {"offline", Role::kDown},
    {"unavailable", Role::kDown}, {"unreachable", Role::kDown},  {"broken", Role::kDown},
    {"failed", Role::kFailed},    {"fails", Role::kFailed},      {"failing", Role::kFailed},
    {"engineer", Role::kPeople},  {"engineers", Role::kPeople},  {"engineering", Role::kPeople},
    {"developer", Role::kPeople}, {"developers", Role::kPeople}, {"person", Role::kPeople},
    {"operator", Role::kPeople},  {"sre", Role::kPeople},        {"work", Role::kPeople},
    {"over", Role::kOneEnd},      {"above", Role::kOneEnd},      {"below", Role::kOneEnd},
    {"under", Role::kOneEnd},     {"least", Role::kOneEnd},      {"most", Role::kOneEnd},
    {"than", Role::kOneEnd},      {"up", Role::kOneEnd},         {"exceeding", Role::kOneEnd},
    {"a", Role::kFiller},         {"an", Role::kFiller},         {"one", Role::kFiller},
    {"the", Role::kFiller},       {"our", Role::kFiller},        {"of", Role::kFiller},
    {"in", Role::kFiller},        {"for", Role::kFiller},        {"per", Role::kFiller},
    {"each", Role::kFiller},      {"every", Role::kFiller},      {"/", Role::kFiller},
    {"when", Role::kFiller},      {"whenever", Role::kFiller},   {"while", Role::kFiller},
    {"if", Role::kFiller},        {"that", Role::kFiller},       {"is", Role::kFiller},
    {"are", Role::kFiller},       {"being", Role::kFiller},      {"goes", Role::kFiller},
    {"we", Role::kFiller},        {"us", Role::kFiller},         {"it", Role::kFiller},
    {"costs", Role::kFiller},     {"cost", Role::kFiller},       {"costing", Role::kFiller},
    {"worth", Role::kFiller},     {"lose", Role::kFiller},       {"loses", Role::kFiller},
    {"losing", Role::kFiller},    {"lost", Role::kFiller},       {"means", Role::kFiller},
    {"exposed", Role::kFiller},   {"leaked", Role::kFiller},     {"stolen", Role::kFiller},
    {"customer", Role::kFiller},  {"service", Role::kFiller},    {"revenue", Role::kFiller},
    {"about", Role::kFiller},     {"around", Role::kFiller},     {"roughly", Role::kFiller},
    {",", Role::kFiller},         {".", Role::kFiller},          {"!", Role::kFiller},
    {":", Role::kFiller},         {";", Role::kFiller},          {"=", Role::kFiller},
});

// "hours" is many an "hour".
const PricedThing* thing_of(std::string_view word) {
  if (const PricedThing* const thing = find_priced_thing(word)) return thing;
  return word.ends_with('s') ? find_priced_thing(word.substr(0, word.size() - 1)) : nullptr;
}

Role role_of(const Token& token) {
  if (thing_of(token.text) != nullptr) return Role::kThing;
  const auto* const known = std::find_if(
      kWords.begin(), kWords.end(), [&](const KnownWord& each) { return each.word == token.text; });
  return known == kWords.end() ? Role::kName : known->role;
}

// One reading of one text.
class Listener {
 public:
  Listener(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  // Finds the money; false when there is none.
  [[nodiscard]] bool find_price();
  [[nodiscard]] Result<HeardStake> read();

 private:
  [[nodiscard]] bool in_price(std::size_t at) const { return at >= price_ && at < price_end_; }
  [[nodiscard]] Result<void> take(const Token& token);
  [[nodiscard]] Result<void> take_thing(const Token& token);
  [[nodiscard]] Result<void> settle_thing();
  [[nodiscard]] std::string to_write(std::string_view beginning) const;
  [[nodiscard]] std::string price_words() const;
  [[nodiscard]] Error unknown() const;
  [[nodiscard]] Error problem(const Token& token, std::string text, std::string expected) const {
    return make_error(
        {sentence_problem(text_, token.column, std::move(text), std::move(expected))});
  }

  const std::string_view text_;
  const std::vector<Token> tokens_;  // kEnd last
  std::size_t price_ = 0;            // tokens [price_, price_end_)
  std::size_t price_end_ = 0;
  const Token* thing_at_ = nullptr;
  const PricedThing* thing_ = nullptr;
  const Token* unknown_ = nullptr;
  bool down_ = false;
  bool failed_ = false;
  bool people_ = false;
  HeardStake out_;
};

bool Listener::find_price() {
  for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
    const Token& first = tokens_[at];
    const bool begins = first.kind == TokenKind::kCurrency || first.kind == TokenKind::kNumber ||
                        first.text == "between";
    if (!begins) continue;
    Grammar grammar(text_, tokens_);
    grammar.reset(at);
    auto read = read_stake_price(grammar);
    if (!read) continue;
    out_.worth = *std::move(read);
    price_ = at;
    price_end_ = grammar.mark();
    return true;
  }
  return false;
}

std::string Listener::price_words() const {
  const auto from = static_cast<std::size_t>(tokens_[price_].column) - 1;
  return std::string(text_.substr(from, tokens_[price_end_ - 1].end - from));
}

// "'an hour of checkout down costs $2k'".
std::string Listener::to_write(std::string_view beginning) const {
  return "'" + std::string(beginning) + " costs " + price_words() + "'";
}

// An outage is what is priced, or the state that an hour is of.
Result<void> Listener::take_thing(const Token& token) {
  const PricedThing* const thing = thing_of(token.text);
  const bool outage = thing->word == "outage";
  if (thing_ == nullptr || thing_->word == "outage") {
    down_ = down_ || thing_ != nullptr;
    thing_ = thing;
    thing_at_ = &token;
    return {};
  }
  down_ = down_ || outage;
  if (outage) return {};
  return fail(problem(token, "a second thing that is priced: '" + token.text + "'",
                      "one of the two: " + to_write("an hour of checkout down")));
}

Result<void> Listener::take(const Token& token) {
  switch (role_of(token)) {
    case Role::kThing:
      return take_thing(token);
    case Role::kDown:
      down_ = true;
      return {};
    case Role::kFailed:
      failed_ = true;
      return {};
    case Role::kPeople:
      people_ = true;
      return {};
    case Role::kOneEnd:
      return fail(problem(token, "one end alone is no range", "both ends, such as $2k to $20k"));
    case Role::kFiller:
      return {};
    case Role::kName:
      break;
  }
  if (token.kind == TokenKind::kWord && out_.service.empty()) {
    out_.service = token.text;
  } else if (unknown_ == nullptr) {
    unknown_ = &token;
  }
  return {};
}

// A word too many: the first without a meaning is the service, this one is nothing.
Error Listener::unknown() const {
  const std::string name = out_.service.empty() ? "checkout" : out_.service;
  return problem(*unknown_, "'" + unknown_->text + "' has no meaning here",
                 "one service by its name: " + to_write("an hour of " + name + " down"));
}

// Whether what is priced is told apart from everything else that is counted in hours or requests.
Result<void> Listener::settle_thing() {
  const bool named = !out_.service.empty() && unknown_ == nullptr;
  const std::string name = named ? out_.service : "checkout";
  if (thing_ == nullptr) {
    return fail(
        problem(tokens_[price_], "says how much, not for how long or for what",
                to_write("an hour of " + name + " down") + " or " + to_write("a record exposed")));
  }
  if (unknown_ != nullptr) return fail(unknown());
  const bool time = thing_->of == StakeOf::kServiceHour;
  if (people_ && !time) {
    return fail(problem(*thing_at_, "work is paid by time", to_write("a person-day")));
  }
  if (people_ && !out_.service.empty()) {
    return fail(
        problem(tokens_.front(), "work of people and a service, '" + name + "'",
                to_write("a person-day") + " or " + to_write("an hour of " + name + " down")));
  }
  if (time && !people_ && !down_) {
    return fail(problem(*thing_at_, "does not say what is lost in that time",
                        to_write("an hour of " + name + " down")));
  }
  if (thing_->of == StakeOf::kFailedRequest && !failed_) {
    return fail(problem(*thing_at_, "does not say that the request failed",
                        to_write("a failed request of " + name)));
  }
  out_.thing = *thing_;
  if (!people_) return {};
  const bool day = thing_->word == "day";
  out_.thing = {thing_->word, StakeOf::kPersonHour, day ? kHoursAPersonDay : thing_->units};
  return {};
}

Result<HeardStake> Listener::read() {
  for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
    if (in_price(at)) continue;
    if (tokens_[at].text == "," && tokens_[at + 1].text == "source") {
      Grammar rest(text_, tokens_);
      rest.reset(at + 2);
      rest.accept(":");
      out_.source = rest.take_text();
      break;
    }
    TRY_VOID(take(tokens_[at]));
  }
  TRY_VOID(settle_thing());
  return std::move(out_);
}

}  // namespace

Result<HeardStake> read_plain_stake(std::string_view text, Error strict) {
  auto tokens = read_tokens(text);
  if (!tokens) return fail(std::move(strict));
  Listener listener(text, *std::move(tokens));
  if (!listener.find_price()) return fail(std::move(strict));
  return listener.read();
}

}  // namespace daytwo::model
