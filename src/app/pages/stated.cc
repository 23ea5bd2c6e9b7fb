#include "app/pages/stated.h"

#include <fmt/format.h>

#include <string>

namespace daytwo::app {

std::string stated_text(const model::Stakes& stakes, const decide::History& history,
                        double deploys) {
  std::string out = fmt::format("{:.3g}\n{}\n", deploys, history.fingerprint());
  for (const model::Stake& stake : stakes.all()) out += stake.text + '\n';
  return out;
}

}  // namespace daytwo::app
