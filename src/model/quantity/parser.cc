#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "model/amount.h"
#include "model/grammar.h"
#include "model/quantity/expression.h"
#include "model/quantity/unit.h"
#include "model/sentence.h"
#include "model/tokens.h"

namespace daytwo::model::quantity {
namespace {

// Words of the grammar, which name nothing.
constexpr std::array<std::string_view, 15> kReserved = {
    "to", "per",  "in",    "of",    "and",  "between", "likely",   "never",
    "at", "once", "twice", "every", "that", "each",    "correlate"};

constexpr const char* kPrimary =
    "an amount ($25k, 2h), a range (2 to 6), a name, a function or a bracket";

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) out += c;
    if (blank && !out.ends_with(' ')) out += ' ';
  }
  return out;
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens,
         const std::vector<std::string>& functions)
      : grammar_(text, std::move(tokens), TokenRules::kProgram), functions_(functions) {
    program_.text = text;
  }

  Result<Program> read() {
    while (!grammar_.at_end()) {
      if (grammar_.accept(";")) continue;
      depth_ = 0;
      if (auto read = statement(); !read) {
        const bool mistake = read.error().code == Code::kInvalid;
        if (!mistake || read.error().diagnostics.empty()) return fail(std::move(read).error());
        for (Diagnostic& each : read.error().diagnostics) problems_.push_back(std::move(each));
        skip_statement();
      }
    }
    if (problems_.empty() && program_.statements.empty()) {
      problems_.push_back(grammar_.expected(kPrimary).diagnostics.front());
    }
    if (!problems_.empty()) return fail(std::move(problems_));
    return std::move(program_);
  }

 private:
  const Token& peek(std::size_t ahead = 0) const { return grammar_.peek(ahead); }

  void skip_statement() {
    while (!grammar_.at_end() && peek().text != ";") grammar_.take();
  }

  // Adds a node that began with the token `first` and ends before the next one.
  Result<std::size_t> add(Node node, const Token& first) {
    if (program_.nodes.size() >= kMaxNodes) {
      return fail(Code::kLimit,
                  "a program may have " + std::to_string(kMaxNodes) + " parts; this one has more");
    }
    node.begin = static_cast<std::size_t>(first.column) - 1;
    node.end = std::max(node.begin, grammar_.taken_end());
    if (node.text.empty()) {
      node.text = folded(std::string_view(program_.text).substr(node.begin, node.end - node.begin));
    }
    program_.nodes.push_back(std::move(node));
    return program_.nodes.size() - 1;
  }

  Result<void> statement() {
    const Token first = peek();
    if (first.kind == TokenKind::kWord && peek(1).text == "=") return definition();
    std::size_t node = 0;
    if (first.text == "correlate" && peek(1).text == "(") {
      grammar_.take();
      TRY(node, call(first));
    } else {
      const bool may_be_worry = grammar_.frequency_ahead();
      TRY(node, expression());
      if (may_be_worry && (peek().text == "," || peek().text == "that")) {
        TRY(node, worry(first));
      }
    }
    program_.statements.push_back({"", node});
    return end_of_statement();
  }

  Result<void> definition() {
    const Token name = grammar_.take();
    grammar_.take();  // =
    const auto reject = [&](const std::string& why) {
      return fail(grammar_.problem(name, "'" + name.text + "' " + why, "another name"));
    };
    if (is_reserved(name.text)) return reject("is a word of the language");
    if (find_unit_word(name.text) != nullptr) return reject("is a unit");
    if (is_function(name.text)) return reject("is a function");
    const bool twice = std::find(names_.begin(), names_.end(), name.text) != names_.end();
    names_.push_back(name.text);  // known from here on even if wrong: one mistake, one message
    if (twice) return reject("is defined twice");
    names_.pop_back();
    auto node = expression();
    names_.push_back(name.text);
    if (!node) return fail(std::move(node).error());
    program_.statements.push_back({name.text, *node});
    return end_of_statement();
  }

  Result<void> end_of_statement() {
    if (grammar_.at_end() || peek().text == ";") return {};
    Error error = grammar_.expected("an operator (+ - * / ^), ';' or the end");
    if (peek().kind == TokenKind::kWord) {
      error.diagnostics.front().suggestion = nearest_unit_word(peek().text);
    }
    return fail(std::move(error));
  }

  // A whole worry, from its first token to the end of the statement: compound(frequency, size).
  Result<std::size_t> worry(const Token& first) {
    const std::size_t begin = static_cast<std::size_t>(first.column) - 1;
    skip_statement();
    const std::size_t end = grammar_.taken_end();
    const std::string_view text = std::string_view(program_.text).substr(begin, end - begin);
    auto sentence = parse_sentence(text);
    if (!sentence) {
      Error error = std::move(sentence).error();
      for (Diagnostic& each : error.diagnostics) {
        each = program_problem(program_.text, each.column + static_cast<int>(begin), each.text,
                               each.expected);
      }
      return fail(std::move(error));
    }
    Node often;
    often.kind = NodeKind::kFrequency;
    often.frequency = sentence->frequency;
    Node size;
    size.measured = {sentence->size, unit_of_natural(sentence->size.unit)};
    Node compound;
    compound.kind = NodeKind::kCall;
    compound.text = "compound";
    compound.labels = {"", ""};
    often.text = size.text = folded(text);
    TRY(const std::size_t frequency, add(std::move(often), first));
    TRY(const std::size_t severity, add(std::move(size), first));
    compound.children = {frequency, severity};
    compound.worry = folded(text);
    return add(std::move(compound), first);
  }

  static Unit unit_of_natural(const std::string& natural) {
    if (natural.size() == 3) return Unit::money(natural);
    const UnitWord* const word = natural == kHoursLost        ? find_unit_word("h")
                                 : natural == kPersonHours    ? find_unit_word("person-hour")
                                 : natural == kRecordsExposed ? find_unit_word("record")
                                 : natural == kFailedRequests ? find_unit_word("request")
                                 : natural == kIncidents      ? find_unit_word("incident")
                                                              : nullptr;
    return word == nullptr ? Unit() : Unit::of(*word);
  }

  bool is_function(const std::string& word) const {
    return std::find(functions_.begin(), functions_.end(), word) != functions_.end();
  }

  Result<std::size_t> expression() {
    TRY(const bool entered, enter());
    static_cast<void>(entered);
    const Token first = peek();
    TRY(std::size_t left, term());
    while (peek().kind == TokenKind::kSymbol && (peek().text == "+" || peek().text == "-")) {
      const std::string symbol = grammar_.take().text;
      TRY(const std::size_t right, term());
      TRY(left, binary(symbol, left, right, first));
    }
    --depth_;
    return left;
  }

  Result<bool> enter() {
    if (++depth_ <= kMaxDepth) return true;
    Error error = grammar_.problem(
        peek(), "brackets nested more than " + std::to_string(kMaxDepth) + " deep");
    error.code = Code::kLimit;
    return fail(std::move(error));
  }

  Result<std::size_t> binary(std::string symbol, std::size_t left, std::size_t right,
                             const Token& first) {
    Node node;
    node.kind = NodeKind::kBinary;
    node.text = std::move(symbol);
    node.children = {left, right};
    return add(std::move(node), first);
  }

  Result<std::size_t> term() {
    const Token first = peek();
    TRY(std::size_t left, factor());
    while (peek().kind == TokenKind::kSymbol && (peek().text == "*" || peek().text == "/")) {
      const std::string symbol = grammar_.take().text;
      TRY(const std::size_t right, factor());
      TRY(left, binary(symbol, left, right, first));
    }
    return left;
  }

  // Minus signs before a number belong to it only in a range: -5 to 10, but -(5^2).
  bool negative_range_ahead() {
    const TokenKind after = peek(1).kind;
    if (peek().text != "-" || (after != TokenKind::kNumber && after != TokenKind::kCurrency)) {
      return false;
    }
    const std::size_t mark = grammar_.mark();
    const auto read = grammar_.range();
    grammar_.reset(mark);
    return !read || read->quantity.low != read->quantity.high;
  }

  Result<std::size_t> factor() {
    const Token first = peek();
    if (first.text == "-" && first.kind == TokenKind::kSymbol && !negative_range_ahead()) {
      TRY(const bool entered, enter());
      static_cast<void>(entered);
      grammar_.take();
      Node node;
      node.kind = NodeKind::kNegative;
      node.text = "-";
      TRY(const std::size_t child, factor());
      --depth_;
      node.children = {child};
      return add(std::move(node), first);
    }
    TRY(const std::size_t base, primary());
    if (peek().text != "^" || peek().kind != TokenKind::kSymbol) return base;
    grammar_.take();
    TRY(const bool entered, enter());
    static_cast<void>(entered);
    TRY(const std::size_t exponent, factor());
    --depth_;
    return binary("^", base, exponent, first);
  }

  // "(80%)" before a range; "(30%)" alone is a number in brackets.
  bool confidence_ahead() const {
    const TokenKind after = peek(4).kind;
    return peek().text == "(" && peek(1).kind == TokenKind::kNumber && peek(2).text == "%" &&
           peek(3).text == ")" && (after == TokenKind::kNumber || after == TokenKind::kCurrency);
  }

  Result<std::size_t> primary() {
    const Token first = peek();
    const bool word = first.kind == TokenKind::kWord;
    if (word && peek(1).text == "(" && first.text != "between") {
      grammar_.take();
      return call(first);
    }
    if (grammar_.frequency_ahead()) return frequency();
    const bool literal = first.kind == TokenKind::kNumber || first.kind == TokenKind::kCurrency ||
                         (first.text == "-" && negative_range_ahead()) || confidence_ahead() ||
                         (word && first.text == "between");
    if (literal) return amount();
    if (first.kind == TokenKind::kSymbol && first.text == "(") {
      grammar_.take();
      TRY(const std::size_t inner, expression());
      if (!grammar_.accept(")")) return fail(grammar_.expected("')'"));
      return inner;
    }
    if (first.kind == TokenKind::kSymbol && first.text == "[") return list();
    if (word && !is_reserved(first.text)) return name();
    return fail(grammar_.expected(kPrimary));
  }

  Result<std::size_t> name() {
    const Token first = grammar_.take();
    Node node;
    if (const UnitWord* const unit = find_unit_word(first.text)) {
      node.kind = NodeKind::kUnit;
      node.measured.unit = Unit::of(*unit);
      node.measured.quantity.low = node.measured.quantity.high = unit->factor;
      return add(std::move(node), first);
    }
    node.kind = NodeKind::kName;
    node.text = first.text;
    if (std::find(names_.begin(), names_.end(), first.text) == names_.end()) {
      if (std::ranges::find(functions_, first.text) != functions_.end()) {
        return fail(grammar_.problem(first, "'" + first.text + "' is a function",
                                     "its arguments in brackets: " + first.text + "(...)"));
      }
      Error error = grammar_.problem(first, "nothing is called '" + first.text + "'",
                                     "a name that was defined before ('NAME = ...')");
      std::vector<std::string> known = names_;
      known.insert(known.end(), functions_.begin(), functions_.end());
      error.diagnostics.front().suggestion = nearest_word(first.text, known);
      return fail(std::move(error));
    }
    return add(std::move(node), first);
  }

  Result<std::size_t> amount() {
    const Token first = peek();
    Node node;
    TRY(node.measured, grammar_.range());
    while (true) {
      const std::size_t comma = peek().text == "," ? 1 : 0;
      const std::string& extra = peek(comma).text;
      if (extra != "likely" && extra != "never") break;
      if (comma > 0) grammar_.take();
      grammar_.take();
      if (extra == "likely") TRY_VOID(grammar_.likely(node.measured));
      if (extra == "never") TRY_VOID(grammar_.never_above(node.measured));
    }
    return add(std::move(node), first);
  }

  Result<std::size_t> frequency() {
    const Token first = peek();
    Node node;
    node.kind = NodeKind::kFrequency;
    const bool counted = first.kind == TokenKind::kNumber &&
                         (peek(1).text == "in" || peek(1).text == "of") &&
                         peek(2).kind == TokenKind::kNumber;
    if (counted) {
      node.count = first.value;
      node.many = peek(2).value;
    }
    if (counted && peek(3).kind != TokenKind::kWord) {  // "7 of 60"
      for (int i = 0; i < 3; ++i) grammar_.take();
      if (!(node.many > 0) || node.count > node.many) {
        return fail(grammar_.problem(first, "more than all of them", "a count such as 7 of 60"));
      }
      node.kind = NodeKind::kEvidence;
      return add(std::move(node), first);
    }
    TRY(node.frequency, grammar_.frequency());
    if (peek().text == "at" && peek(1).text == "most") {
      grammar_.take();
      grammar_.take();
      if (!grammar_.accept("once")) return fail(grammar_.expected("'at most once'"));
      node.frequency.at_most_once = true;
    }
    return add(std::move(node), first);
  }

  Result<std::size_t> list() {
    const Token first = grammar_.take();
    Node node;
    node.kind = NodeKind::kList;
    node.text = "[]";
    while (peek().text != "]") {
      TRY(const std::size_t item, expression());
      node.children.push_back(item);
      if (!grammar_.accept(",")) break;
    }
    if (!grammar_.accept("]")) return fail(grammar_.expected("',' or ']'"));
    return add(std::move(node), first);
  }

  // The function's word was taken.
  Result<std::size_t> call(const Token& first) {
    Node node;
    node.kind = NodeKind::kCall;
    node.text = first.text;
    if (!is_function(first.text)) {
      Error error = grammar_.problem(first, "there is no function '" + first.text + "'");
      error.diagnostics.front().suggestion =
          first.text == "cap" ? "min" : nearest_word(first.text, functions_);
      return fail(std::move(error));
    }
    grammar_.take();  // (
    while (peek().text != ")") {
      std::string label;
      if (peek().kind == TokenKind::kWord && peek(1).text == "=") {
        label = grammar_.take().text;
        grammar_.take();
      }
      TRY(const std::size_t argument, expression());
      node.children.push_back(argument);
      node.labels.push_back(std::move(label));
      if (!grammar_.accept(",")) break;
    }
    if (!grammar_.accept(")")) return fail(grammar_.expected("',' or ')'"));
    return add(std::move(node), first);
  }

  Grammar grammar_;
  const std::vector<std::string>& functions_;
  Program program_;
  Diagnostics problems_;
  std::vector<std::string> names_;
  std::size_t depth_ = 0;
};

// How tightly an operator binds.
int strength(const Node& node) {
  if (node.kind == NodeKind::kNegative) return 3;
  if (node.kind != NodeKind::kBinary) return 5;
  if (node.text == "+" || node.text == "-") return 1;
  return node.text == "^" ? 4 : 2;
}

std::string print(const Program& program, std::size_t at);

std::string bracketed(const Program& program, std::size_t at, bool needed) {
  std::string text = print(program, at);
  return needed ? "(" + text + ")" : text;
}

std::string print_items(const Program& program, const Node& node) {
  std::string out;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += ", ";
    if (i < node.labels.size() && !node.labels[i].empty()) out += node.labels[i] + "=";
    out += print(program, node.children[i]);
  }
  return out;
}

// Whether what is printed for the node begins with a range, which would take a minus before it for
// its own: -(2 to 6), -((2 to 6)^2).
bool begins_with_range(const Program& program, std::size_t at) {
  const Node* node = &program.nodes[at];
  while (node->kind == NodeKind::kBinary) node = &program.nodes[node->children[0]];
  return node->kind == NodeKind::kAmount &&
         node->measured.quantity.low != node->measured.quantity.high;
}

std::string print(const Program& program, std::size_t at) {
  const Node& node = program.nodes[at];
  switch (node.kind) {
    case NodeKind::kCall:
      if (!node.worry.empty()) return node.worry;
      return node.text + "(" + print_items(program, node) + ")";
    case NodeKind::kList:
      return "[" + print_items(program, node) + "]";
    case NodeKind::kNegative:
      return "-" + bracketed(program, node.children[0],
                             strength(program.nodes[node.children[0]]) < 3 ||
                                 begins_with_range(program, node.children[0]));
    case NodeKind::kBinary: {
      const int own = strength(node);
      const bool power = node.text == "^";  // binds to the right, the others to the left
      const int left = strength(program.nodes[node.children[0]]);
      const int right = strength(program.nodes[node.children[1]]);
      const std::string gap = power ? "" : " ";
      return bracketed(program, node.children[0], power ? left < 5 : left < own) + gap + node.text +
             gap + bracketed(program, node.children[1], power ? right < 3 : right <= own);
    }
    default:
      return node.text;
  }
}

}  // namespace

std::string Program::to_string(std::size_t node) const { return print(*this, node); }

std::string Program::to_string() const {
  std::string out;
  for (const Statement& each : statements) {
    if (!out.empty()) out += "; ";
    if (!each.name.empty()) out += each.name + " = ";
    out += print(*this, each.node);
  }
  return out;
}

Diagnostic Program::problem(std::size_t node, std::string what, std::string expected) const {
  return program_problem(text, static_cast<int>(nodes[node].begin) + 1, std::move(what),
                         std::move(expected));
}

Result<Program> parse_program(std::string_view text, const std::vector<std::string>& functions) {
  TRY(std::vector<Token> tokens, read_tokens(text, TokenRules::kProgram));
  return Parser(text, std::move(tokens), functions).read();
}

}  // namespace daytwo::model::quantity
