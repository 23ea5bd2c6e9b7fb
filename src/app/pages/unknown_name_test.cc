#include "app/pages/unknown_name.h"

#include <gtest/gtest.h>

namespace daytwo::app {
namespace {

TEST(UnknownName, NamesTheNearest) {
  const Error error = unknown_name("service", "chekout", {"search", "checkout"});
  EXPECT_EQ(error.code, Code::kNotFound);
  EXPECT_EQ(error.text, "there is no service chekout; did you mean checkout?");
}

TEST(UnknownName, NamesTheFirstWhenNoneIsNear) {
  EXPECT_EQ(unknown_name("service", "zzz", {"a-service", "b-service"}).text,
            "there is no service zzz; there are a-service and b-service");
  EXPECT_EQ(unknown_name("host", "zzz", {"only"}).text, "there is no host zzz; there is only");
  EXPECT_EQ(
      unknown_name("service", "zzz", {"aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff", "gggg"}).text,
      "there is no service zzz; there are aaaa, bbbb, cccc, dddd, eeee and 2 more");
}

TEST(UnknownName, SaysWhenThereIsNothingAtAll) {
  EXPECT_EQ(unknown_name("service", "orders", {}).text,
            "there is no service orders, nor any other");
  EXPECT_EQ(unknown_name("service", "\xff", {}).text,
            "there is no service \xef\xbf\xbd, nor any other");
}

}  // namespace
}  // namespace daytwo::app
