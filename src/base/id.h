// Strong ids: a number or a name that cannot be mistaken for another kind of id.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace daytwo {

// An id of kind `Tag`. Two ids of different tags do not compare or convert.
template <typename Tag, typename Rep>
struct Id {
  Rep value{};

  Id() = default;
  explicit Id(Rep rep) : value(std::move(rep)) {}
  auto operator<=>(const Id&) const = default;
};

using RecordId = Id<struct RecordTag, std::uint64_t>;  // one journal record; 0 = none
using SeriesId = Id<struct SeriesTag, std::uint64_t>;  // one series inside a store
using ServiceId = Id<struct ServiceTag, std::string>;  // "checkout"
using OwnerId = Id<struct OwnerTag, std::string>;      // "shop-dev"
using WorryKey = Id<struct WorryTag, std::string>;     // "runout/host-1/filesystem:/var"

}  // namespace daytwo

template <typename Tag, typename Rep>
struct std::hash<daytwo::Id<Tag, Rep>> {
  std::size_t operator()(const daytwo::Id<Tag, Rep>& id) const noexcept {
    return std::hash<Rep>{}(id.value);
  }
};
