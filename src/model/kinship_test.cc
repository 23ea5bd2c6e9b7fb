#include "model/kinship.h"

#include <gtest/gtest.h>

namespace daytwo::model {
namespace {

TEST(Kinship, ASharedWordInTheTitleTies) {
  const Kinship kind("checkout", "a deploy breaks checkout");
  EXPECT_TRUE(kind.holds("checkout", "Deploy 4711 rolled back"));
  EXPECT_FALSE(kind.holds("checkout", "database was full")) << "no word of it";
  EXPECT_FALSE(kind.holds("search", "Deploy 4711 rolled back")) << "another service";
  EXPECT_FALSE(kind.holds("checkout", "checkout slow")) << "its own name ties nothing";
  EXPECT_FALSE(kind.any_title());
}

TEST(Kinship, WhatIsDownIsDownWhateverItsIncidentIsCalled) {
  const Kinship kind("payments", "payments goes down");
  EXPECT_TRUE(kind.any_title());
  EXPECT_TRUE(kind.holds("payments", "provider timeout"));
  EXPECT_FALSE(kind.holds("checkout", "payments down"));
}

TEST(Kinship, AWorryWithoutAServiceHasNone) {
  EXPECT_FALSE(Kinship("", "records escape").holds("", "records escape"));
}

}  // namespace
}  // namespace daytwo::model
