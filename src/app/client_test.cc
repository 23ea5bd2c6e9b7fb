#include "app/client.h"

#include <gtest/gtest.h>

#include "sim/system.h"

namespace daytwo::app {
namespace {

Arguments arguments_with(std::optional<std::string> as) {
  Arguments arguments;
  if (as) arguments.options["--as"] = {*as};
  return arguments;
}

TEST(Signing, IsByTheUserAndHostOfTheShell) {
  sim::System system;
  system.variables["USER"] = "ann";
  EXPECT_EQ(signature_of(system, arguments_with({})), "ann@host-1");
  system.variables.clear();
  EXPECT_EQ(signature_of(system, arguments_with({})), "daytwo@host-1");
}

TEST(Signing, TakesTheNameGivenAsItIs) {
  sim::System system;
  EXPECT_EQ(signature_of(system, arguments_with("Ann (SRE)")), "Ann (SRE)");
  EXPECT_EQ(signature_of(system, arguments_with("")), "");  // the server says what is wrong with it
}

TEST(Signing, NeverFailsACommandForAStrangeShell) {
  sim::System system;
  system.variables["USER"] = "a\nn\x1Bn";
  EXPECT_EQ(signature_of(system, arguments_with({})), "ann@host-1");
  system.variables["USER"] = "";
  EXPECT_EQ(signature_of(system, arguments_with({})), std::nullopt);
}

TEST(Component, KeepsEveryByteApartFromTheSyntax) {
  EXPECT_EQ(encode_component("a b/ü@\n"), "a%20b%2F%C3%BC%40%0A");
}

}  // namespace
}  // namespace daytwo::app
