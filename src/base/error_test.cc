#include "base/error.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "base/result.h"

namespace daytwo {
namespace {

TEST(Error, EveryCodeHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Code::kInternal); ++i) {
    names.insert(facts_of(static_cast<Code>(i)).name);
  }
  EXPECT_EQ(names.size(), 12U);
}

TEST(Error, CodesMapToHttpAsTheTableOfErrorsSays) {
  EXPECT_EQ(facts_of(Code::kInvalid).http_status, 400);
  EXPECT_EQ(facts_of(Code::kUnauthenticated).http_status, 401);
  EXPECT_EQ(facts_of(Code::kDenied).http_status, 403);
  EXPECT_EQ(facts_of(Code::kNotFound).http_status, 404);
  EXPECT_EQ(facts_of(Code::kExists).http_status, 409);
  EXPECT_EQ(facts_of(Code::kConflict).http_status, 409);
  EXPECT_EQ(facts_of(Code::kLimit).http_status, 429);
  EXPECT_EQ(facts_of(Code::kCanceled).http_status, 499);
  EXPECT_EQ(facts_of(Code::kCorrupt).http_status, 500);
  EXPECT_EQ(facts_of(Code::kInternal).http_status, 500);
  EXPECT_EQ(facts_of(Code::kUnavailable).http_status, 503);
  EXPECT_EQ(facts_of(Code::kTimeout).http_status, 504);
}

TEST(Error, RetryingHelpsOnlyAgainstWhatPasses) {
  EXPECT_TRUE(facts_of(Code::kUnavailable).retry_can_help);
  EXPECT_TRUE(facts_of(Code::kTimeout).retry_can_help);
  EXPECT_FALSE(facts_of(Code::kInvalid).retry_can_help);
  EXPECT_FALSE(facts_of(Code::kCorrupt).retry_can_help);
}

TEST(Error, IsLoudOnlyWhenWeOrTheDiskAreAtFault) {
  EXPECT_EQ(facts_of(Code::kCorrupt).severity, Severity::kError);
  EXPECT_EQ(facts_of(Code::kInternal).severity, Severity::kError);
  EXPECT_EQ(facts_of(Code::kTimeout).severity, Severity::kWarn);
  EXPECT_EQ(facts_of(Code::kNotFound).severity, Severity::kInfo);
}

TEST(Error, RemembersWhereItWasMade) {
  const Error error = make_error(Code::kNotFound, "no such worry");
  EXPECT_EQ(error.where.line(), static_cast<unsigned>(__LINE__ - 1));
  EXPECT_TRUE(std::string_view(error.where.file_name()).ends_with("base/error_test.cc"));
}

TEST(Error, OfAUserNamesAllProblemsAndLeadsWithTheFirst) {
  const Error error = make_error({Diagnostic{.file = "a.yml", .line = 3, .text = "unknown key"},
                                  Diagnostic{.file = "a.yml", .line = 9, .text = "no such unit"}});
  EXPECT_EQ(error.code, Code::kInvalid);
  EXPECT_EQ(error.text, "unknown key");
  EXPECT_EQ(error.to_string(), "a.yml:3: unknown key\na.yml:9: no such unit");
}

Result<int> read_number(bool there) {
  if (!there) return fail(Code::kNotFound, "no number");
  return 20;
}

Result<void> look(bool there) {
  TRY_VOID(read_number(there).map([](int) {}));
  return {};
}

Result<int> double_number(bool there) {
  TRY_VOID(look(true));
  TRY_IN("doubling", const int number, read_number(there));
  TRY(const int again, read_number(true));
  return number + again;
}

TEST(Result, TryUnwrapsAValue) { EXPECT_EQ(double_number(true).value(), 40); }

TEST(Result, TryReturnsTheErrorWithItsContextOutermostFirst) {
  auto failed = double_number(false);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Code::kNotFound);
  EXPECT_EQ(failed.error().to_string(), "doubling: no number");
  const auto outer = fail_in("page 7", failed.error());
  EXPECT_EQ(outer.value().to_string(), "page 7: doubling: no number");
}

TEST(Result, TryVoidReturnsTheError) {
  EXPECT_TRUE(look(true));
  EXPECT_FALSE(look(false));
}

}  // namespace
}  // namespace daytwo
