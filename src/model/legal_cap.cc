#include "model/legal_cap.h"

#include <array>
#include <span>
#include <string_view>

namespace daytwo::model {
namespace {

// Regulation (EU) 2016/679 (GDPR) art. 83; Directive (EU) 2022/2555 (NIS2) art. 34(4) and 34(5).
// NIS2 sets the least maximum that a member state must allow.
constexpr std::array<LegalCap, 4> kCaps = {{
    {"gdpr-83-4", "GDPR art. 83(4)", "EUR", 10e6, 0.02},
    {"gdpr-83-5", "GDPR art. 83(5)", "EUR", 20e6, 0.04},
    {"nis2-34-essential", "NIS2 art. 34(4)", "EUR", 10e6, 0.02},
    {"nis2-34-important", "NIS2 art. 34(5)", "EUR", 7e6, 0.014},
}};

}  // namespace

std::span<const LegalCap> legal_caps() { return kCaps; }

const LegalCap* find_legal_cap(std::string_view id) {
  for (const LegalCap& cap : kCaps) {
    if (cap.id == id) return &cap;
  }
  return nullptr;
}

}  // namespace daytwo::model
