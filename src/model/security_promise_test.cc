#include "model/security_promise.h"

#include <gtest/gtest.h>

#include <string>

#include "model/service.h"

namespace daytwo::model {
namespace {

Result<Catalog> catalog_of(const std::string& text) {
  const CatalogFile file{"shop.yml", text};
  return load_catalog({&file, 1});
}

TEST(SecurityPromise, IsReadFromItsServicesFile) {
  const auto catalog = catalog_of(
      "service: shop\n"
      "security:\n"
      "  - {name: exploited, target: 99}\n"
      "  - {name: all, covers: running, counted: sight, due: 30d, target: 95.5, window: 30d}\n");
  ASSERT_TRUE(catalog.has_value()) << catalog.error().text;
  const auto& promises = catalog->all()[0].security;
  ASSERT_EQ(promises.size(), 2U);
  EXPECT_EQ(promises[0].service.value, "shop");
  EXPECT_NEAR(promises[0].allowed(), .01, 1e-12);
  EXPECT_EQ(to_words(promises[0]),
            "known to be exploited: 99 % of exposure-days within 21 days of known exploitation, "
            "over 90 days");
  EXPECT_EQ(to_words(promises[1]),
            "loaded by what runs: 95.5 % of exposure-days within 30 days of first sight, over 30 "
            "days");
}

TEST(SecurityPromise, NamesEveryProblemWithItsPlaceAndTheNearestWord) {
  const auto catalog = catalog_of(
      "service: shop\n"
      "security:\n"
      "  - {name: a, covers: exploitd, target: 100, dues: 3d}\n"
      "  - {name: b, due: 5m, window: 900d}\n");
  ASSERT_FALSE(catalog.has_value());
  const auto& problems = catalog.error().diagnostics;
  ASSERT_EQ(problems.size(), 6U);
  EXPECT_EQ(problems[0].line, 3);
  EXPECT_EQ(problems[0].suggestion, "exploited");
  EXPECT_EQ(problems[2].suggestion, "due");
  EXPECT_EQ(problems[3].text, "what is due lies between 1h and 366d");
  EXPECT_EQ(problems[4].text, "a promise needs a target");
  EXPECT_EQ(problems[5].text, "a window lies between 1d and 366d");
}

TEST(SecurityPromise, NamesWhoGetsMoneyBackAndHowMuch) {
  const auto catalog = catalog_of(
      "service: shop\n"
      "security:\n"
      "  - name: exploited\n"
      "    target: 99\n"
      "    contracts: [{with: shops, per_year: \"$1M\", tiers: [{below: 99, credit: 10},\n"
      "                 {below: 95, credit: 25}]}]\n");
  ASSERT_TRUE(catalog.has_value()) << catalog.error().text;
  const auto& contract = catalog->all()[0].security.at(0).contracts.at(0);
  EXPECT_EQ(contract.credit_at(.995), 0);
  EXPECT_EQ(contract.credit_at(.97), .10);
  EXPECT_EQ(contract.credit_at(.5), .25);
}

TEST(SecurityPromise, TwoOfOneNameAreAProblem) {
  const auto catalog =
      catalog_of("service: shop\nsecurity: [{name: a, target: 99}, {name: a, target: 95}]\n");
  ASSERT_FALSE(catalog.has_value());
  EXPECT_EQ(catalog.error().diagnostics.at(0).text, "shop has two promises called 'a'");
}

}  // namespace
}  // namespace daytwo::model
