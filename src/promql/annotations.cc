#include "promql/annotations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "promql/ast.h"

namespace daytwo::promql {
namespace {

// A query over many series may have a note for each; beyond this nobody reads them.
constexpr std::size_t kMaxNotes = 200;

}  // namespace

void Annotations::warn(const std::string& text, ByteSpan span) {
  add(warnings_, "warning", text, span);
}

void Annotations::inform(const std::string& text, ByteSpan span) {
  add(infos_, "info", text, span);
}

void Annotations::add(std::vector<std::string>& to, std::string_view kind, const std::string& text,
                      ByteSpan span) const {
  if (to.size() >= kMaxNotes) return;
  std::string note = fmt::format("PromQL {}: {} ({})", kind, text, position_of(query_, span.from));
  if (std::find(to.begin(), to.end(), note) == to.end()) to.push_back(std::move(note));
}

}  // namespace daytwo::promql
