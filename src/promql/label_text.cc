#include "promql/label_text.h"

#include <string>

#include "base/text.h"
#include "series/labels.h"

namespace daytwo::promql {

std::string label_text(const series::Labels& labels) {
  std::string out = "{";
  for (const series::Label& label : labels.all()) {
    if (out.size() > 1) out += ", ";
    out += label.name + '=' + go_quoted(label.value);
  }
  return out + '}';
}

}  // namespace daytwo::promql
