// Result<T>: a value or an Error. TRY unwraps or returns the error; CO_TRY does so in coroutines.
//   TRY(auto body, files.read(path));            declares `body`
//   TRY_VOID(files.sync_directory(path));        for Result<void>
//   TRY_IN("baseline", auto text, read(path));   adds context on the way up
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace daytwo {

template <typename T>
using Result = tl::expected<T, Error>;

// The failure side of any Result: `return fail(Code::kNotFound, "no such worry")`.
[[nodiscard]] inline tl::unexpected<Error> fail(
    Code code, std::string text, std::source_location where = std::source_location::current()) {
  return tl::unexpected<Error>(make_error(code, std::move(text), where));
}

// The failure side made from what a user wrote. REQUIRES: diagnostics is not empty.
[[nodiscard]] inline tl::unexpected<Error> fail(
    Diagnostics diagnostics, std::source_location where = std::source_location::current()) {
  return tl::unexpected<Error>(make_error(std::move(diagnostics), where));
}

// Passes an error up.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

// Passes an error up with one more piece of context ("reading baseline.yml").
[[nodiscard]] inline tl::unexpected<Error> fail_in(std::string context, Error error) {
  error.context.push_back(std::move(context));
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace daytwo

#define DAYTWO_CONCAT_INNER(a, b) a##b
#define DAYTWO_CONCAT(a, b) DAYTWO_CONCAT_INNER(a, b)
#define DAYTWO_TRY_INNER(name, leave, declaration, ...) \
  auto name = (__VA_ARGS__);                            \
  if (!name) [[unlikely]]                               \
    leave ::daytwo::fail(std::move(name).error());      \
  declaration = *std::move(name)

#define TRY(declaration, ...) \
  DAYTWO_TRY_INNER(DAYTWO_CONCAT(try_, __LINE__), return, declaration, __VA_ARGS__)
#define CO_TRY(declaration, ...) \
  DAYTWO_TRY_INNER(DAYTWO_CONCAT(try_, __LINE__), co_return, declaration, __VA_ARGS__)
#define TRY_IN(context, declaration, ...)                                                  \
  auto DAYTWO_CONCAT(try_, __LINE__) = (__VA_ARGS__);                                      \
  if (!DAYTWO_CONCAT(try_, __LINE__)) [[unlikely]]                                         \
    return ::daytwo::fail_in((context), std::move(DAYTWO_CONCAT(try_, __LINE__)).error()); \
  declaration = *std::move(DAYTWO_CONCAT(try_, __LINE__))
#define TRY_VOID(...)                                              \
  do {                                                             \
    if (auto try_result = (__VA_ARGS__); !try_result) [[unlikely]] \
      return ::daytwo::fail(std::move(try_result).error());        \
  } while (false)
