#include "env/os/errno.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace daytwo::env::os {
namespace {

Code code_of(int number) {
  switch (number) {
    case ENOENT:
    case ESRCH:
    case ENOTDIR:
      return Code::kNotFound;
    case EACCES:
    case EPERM:
      return Code::kDenied;
    case EEXIST:
    case ENOTEMPTY:
      return Code::kExists;
    case ENOSPC:
    case EDQUOT:
    case EIO:
    case EROFS:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EAGAIN:
    case EFBIG:
      return Code::kUnavailable;
    case EINVAL:
    case ENAMETOOLONG:
      return Code::kInvalid;
    default:
      return Code::kInternal;
  }
}

}  // namespace

Error errno_error(std::string_view doing, std::string_view path, int number,
                  std::source_location where) {
  std::array<char, 128> buffer{};
  const char* reason = strerror_r(number, buffer.data(), buffer.size());
  return make_error(code_of(number), fmt::format("{} {}: {}", doing, to_utf8(path), reason), where);
}

}  // namespace daytwo::env::os
