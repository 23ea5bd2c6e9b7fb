// Warnings and infos: what a reader of an answer should know about how it came to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "promql/ast.h"

namespace daytwo::promql {

// Notes on one query, each with the position of the expression it is about; equal texts once.
class Annotations {
 public:
  // `query` is the text that spans refer to; it must outlive this object.
  explicit Annotations(std::string_view query) : query_(query) {}

  // "PromQL warning: TEXT (1:5)".
  void warn(const std::string& text, ByteSpan span);
  // "PromQL info: TEXT (1:5)".
  void inform(const std::string& text, ByteSpan span);

  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
  [[nodiscard]] const std::vector<std::string>& infos() const { return infos_; }

 private:
  void add(std::vector<std::string>& to, std::string_view kind, const std::string& text,
           ByteSpan span) const;

  std::string_view query_;
  std::vector<std::string> warnings_;
  std::vector<std::string> infos_;
};

}  // namespace daytwo::promql
