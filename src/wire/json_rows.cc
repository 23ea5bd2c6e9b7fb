#include "wire/json_rows.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstddef>

#include "base/diagnostic.h"
#include "base/text.h"

namespace daytwo::wire {
namespace {

namespace ondemand = simdjson::ondemand;

// Reads one document while it knows where it is.
class RowReader {
 public:
  RowReader(std::string_view text, std::string_view source)
      : padded_(text), text_(text), source_(source) {}

  // All objects of an array, or the one object.
  [[nodiscard]] Result<void> read(int first_line, std::vector<JsonRow>& out) {
    first_line_ = first_line;
    ondemand::document document;
    ondemand::json_type type{};
    if (const auto error = parser_.iterate(padded_).get(document)) return wrong(0, error);
    if (const auto error = document.type().get(type)) return wrong(0, error);
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (const auto error = document.get_object().get(object)) return wrong(0, error);
      TRY_VOID(row(object, 0, out));
    } else {
      ondemand::array array;
      if (type != ondemand::json_type::array ||
          document.get_array().get(array) != simdjson::SUCCESS) {
        return wrong_at(0, "expected a list of objects");
      }
      for (auto item : array) {
        ondemand::value value;
        if (const auto error = item.get(value)) return wrong(offset(document), error);
        const std::size_t at = offset(document);
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
          return wrong_at(at, "expected an object");
        }
        TRY_VOID(row(object, at, out));
      }
    }
    const char* here = nullptr;
    if (document.current_location().get(here) == simdjson::SUCCESS) {
      return wrong_at(offset(document), "text after the end");
    }
    return {};
  }

 private:
  // Byte of the text that the document stands at.
  [[nodiscard]] std::size_t offset(ondemand::document& document) const {
    const char* here = nullptr;
    if (document.current_location().get(here) != simdjson::SUCCESS) return text_.size();
    return std::min(static_cast<std::size_t>(here - padded_.data()), text_.size());
  }

  // Counts on from the last place that was asked for: rows come in the order of the text.
  [[nodiscard]] int line_of(std::size_t at) {
    if (at < counted_to_) counted_to_ = counted_lines_ = 0;
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(counted_to_);
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(at);
    counted_lines_ += static_cast<std::size_t>(std::count(begin, end, '\n'));
    counted_to_ = at;
    return first_line_ + static_cast<int>(std::min<std::size_t>(counted_lines_, 1U << 30U));
  }

  [[nodiscard]] tl::unexpected<Error> wrong_at(std::size_t at, std::string text) {
    Diagnostic one;
    one.file = source_;
    one.line = line_of(at);
    one.text = std::move(text);
    const std::size_t begin = text_.rfind('\n', at == 0 ? 0 : at - 1);
    const std::string_view line = text_.substr(begin == std::string_view::npos ? 0 : begin + 1);
    one.source_line = to_utf8(line.substr(0, std::min<std::size_t>(line.find('\n'), 200)));
    return fail(Diagnostics{std::move(one)});
  }

  [[nodiscard]] tl::unexpected<Error> wrong(std::size_t at, simdjson::error_code error) {
    return wrong_at(at, simdjson::error_message(error));
  }

  [[nodiscard]] Result<void> row(ondemand::object& object, std::size_t at,
                                 std::vector<JsonRow>& out) {
    JsonRow row;
    row.line = line_of(at);
    for (auto field : object) {
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return wrong(at, error);
      std::string name(key);
      ondemand::value value;
      ondemand::json_type type{};
      if (const auto error = field.value().get(value)) return wrong(at, error);
      if (const auto error = value.type().get(type)) return wrong(at, error);
      std::string_view text;
      if (type == ondemand::json_type::object || type == ondemand::json_type::array) {
        return wrong_at(at, fmt::format("`{}` holds a list or an object", to_utf8(name)));
      }
      if (type == ondemand::json_type::string) {
        if (const auto error = value.get_string().get(text)) return wrong(at, error);
      } else if (type != ondemand::json_type::null) {
        text = trim(value.raw_json_token());
      }
      row.fields.emplace_back(std::move(name), std::string(text));
    }
    out.push_back(std::move(row));
    return {};
  }

  simdjson::padded_string padded_;
  std::string_view text_;
  const std::string source_;
  int first_line_ = 1;
  std::size_t counted_to_ = 0;  // line ends before this byte are counted
  std::size_t counted_lines_ = 0;
  ondemand::parser parser_;
};

}  // namespace

Result<std::vector<JsonRow>> parse_json_rows(std::string_view text, std::string_view source) {
  std::vector<JsonRow> rows;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!is_utf8(text)) return fail(Code::kInvalid, fmt::format("{}: is not UTF-8", source));
  if (trim(text).starts_with('[')) {
    TRY_VOID(RowReader(text, source).read(1, rows));
    return rows;
  }
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!trim(line).empty()) TRY_VOID(RowReader(line, source).read(number, rows));
  }
  return rows;
}

}  // namespace daytwo::wire
