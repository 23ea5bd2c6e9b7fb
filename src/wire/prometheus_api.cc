#include "wire/prometheus_api.h"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <utility>

namespace daytwo::wire {
namespace {

namespace json = boost::json;

constexpr std::string_view kNoAnswer = "the body is no answer of Prometheus's API";

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

Code code_of(std::string_view type) {
  struct Row {
    std::string_view type;
    Code code;
  };
  constexpr std::array<Row, 9> kRows = {{{"bad_data", Code::kInvalid},
                                         {"execution", Code::kInvalid},
                                         {"timeout", Code::kTimeout},
                                         {"canceled", Code::kCanceled},
                                         {"unavailable", Code::kUnavailable},
                                         {"not_found", Code::kNotFound},
                                         {"too_many_requests", Code::kLimit},
                                         {"too_large_entry", Code::kLimit},
                                         {"internal", Code::kInternal}}};
  const auto* row =
      std::find_if(kRows.begin(), kRows.end(), [type](const Row& one) { return one.type == type; });
  return row == kRows.end() ? Code::kUnavailable : row->code;
}

Result<json::object> parse(std::string_view body) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 16;  // the answers are 6 deep
  json::value value = json::parse(body, error, {}, options);
  if (error || !value.is_object()) return fail(Code::kInvalid, std::string(kNoAnswer));
  return std::move(value.get_object());
}

// What stands under "data" of a success.
Result<json::value> data_of(std::string_view body) {
  TRY(json::object object, parse(body));
  const std::string status = text_of(object, "status");
  if (status == "error") {
    return fail(code_of(text_of(object, "errorType")), text_of(object, "error"));
  }
  json::value* data = object.if_contains("data");
  if (status != "success" || data == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
  return std::move(*data);
}

// The list under "data"; null, which Go writes for an empty one, is an empty list.
Result<json::array> list_of(std::string_view body) {
  TRY(json::value data, data_of(body));
  if (data.is_null()) return json::array();
  if (!data.is_array()) return fail(Code::kInvalid, std::string(kNoAnswer));
  return std::move(data.get_array());
}

// The number of [at, "number"]; nothing for another shape and for NaN.
std::optional<double> number_of(const json::value& pair) {
  const json::array* both = pair.if_array();
  if (both == nullptr || both->size() != 2) return std::nullopt;
  const json::string* text = (*both)[1].if_string();
  if (text == nullptr) return std::nullopt;
  const char* begin = text->data();
  const char* const end = begin + text->size();
  if (begin != end && *begin == '+') ++begin;  // "+Inf"
  double value = 0;
  const auto read = fast_float::from_chars(begin, end, value);
  if (read.ec != std::errc() || read.ptr != end || std::isnan(value)) return std::nullopt;
  return value;
}

}  // namespace

Result<Build> parse_build_info(std::string_view body) {
  TRY(const json::value data, data_of(body));
  const json::object* object = data.if_object();
  if (object == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
  return Build{text_of(*object, "version"), text_of(*object, "application"),
               text_of(*object, "goVersion")};
}

Result<std::vector<std::string>> parse_texts(std::string_view body) {
  TRY(const json::array list, list_of(body));
  std::vector<std::string> out;
  out.reserve(list.size());
  for (const json::value& value : list) {
    const json::string* text = value.if_string();
    if (text == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
    out.emplace_back(text->data(), text->size());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<std::vector<series::Labels>> parse_label_sets(std::string_view body) {
  TRY(const json::array list, list_of(body));
  std::vector<series::Labels> out;
  out.reserve(list.size());
  for (const json::value& value : list) {
    const json::object* object = value.if_object();
    if (object == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
    std::vector<series::Label> labels;
    for (const auto& [name, held] : *object) {
      const json::string* text = held.if_string();
      if (text == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
      labels.push_back({std::string(name), std::string(text->data(), text->size())});
    }
    out.emplace_back(std::move(labels));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<std::vector<series::Metadata>> parse_metadata(std::string_view body) {
  TRY(const json::value data, data_of(body));
  const json::object* families = data.if_object();
  if (families == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
  std::vector<series::Metadata> out;
  for (const auto& [family, held] : *families) {
    const json::array* list = held.if_array();
    if (list == nullptr || list->empty()) continue;
    const json::object* first = list->front().if_object();
    if (first == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
    out.push_back({std::string(family), text_of(*first, "type"), text_of(*first, "help"),
                   text_of(*first, "unit")});
  }
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.family < b.family; });
  return out;
}

Result<std::optional<double>> parse_single_number(std::string_view body) {
  TRY(const json::value data, data_of(body));
  const json::object* object = data.if_object();
  const json::value* result = object == nullptr ? nullptr : object->if_contains("result");
  if (result == nullptr) return fail(Code::kInvalid, std::string(kNoAnswer));
  const std::string type = text_of(*object, "resultType");
  if (type == "scalar") return number_of(*result);
  const json::array* list = result->if_array();
  if (type != "vector" || list == nullptr || list->size() != 1) return std::optional<double>();
  const json::object* element = list->front().if_object();
  const json::value* pair = element == nullptr ? nullptr : element->if_contains("value");
  return pair == nullptr ? std::optional<double>() : number_of(*pair);
}

std::optional<Error> find_api_error(std::string_view body) {
  const auto object = parse(body);
  if (!object || text_of(*object, "status") != "error") return std::nullopt;
  return make_error(code_of(text_of(*object, "errorType")), text_of(*object, "error"));
}

std::string error_sentence(std::string_view body) {
  const auto object = parse(body);
  if (!object) return {};
  const json::value* error = object->if_contains("error");
  const json::object* own = error == nullptr ? nullptr : error->if_object();
  return own != nullptr ? text_of(*own, "text") : text_of(*object, "error");
}

}  // namespace daytwo::wire
