#include "model/software/version.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace daytwo::model {
namespace {

struct Line {
  std::string a;
  std::string op;
  std::string b;
};

std::vector<Line> lines_of(const std::string& name) {
  std::ifstream file("tests/data/versions/" + name);
  EXPECT_TRUE(file.good()) << "run from the source folder";
  std::vector<Line> out;
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.starts_with('#') || text.starts_with("//")) continue;
    Line line;
    std::istringstream(text) >> line.a >> line.op >> line.b;
    if (!line.b.empty()) out.push_back(std::move(line));
  }
  return out;
}

std::string sign(std::strong_ordering order) { return order < 0 ? "<" : order > 0 ? ">" : "="; }

// Every line of a list holds, by rule and by key.
std::size_t check_list(VersionOrder order, const std::string& name) {
  const auto lines = lines_of(name);
  for (const Line& line : lines) {
    const auto compared = compare_versions(order, line.a, line.b);
    const auto a = version_key(order, line.a);
    const auto b = version_key(order, line.b);
    EXPECT_TRUE(compared && a && b) << line.a << " " << line.b;
    if (!compared || !a || !b) continue;
    EXPECT_EQ(sign(*compared), line.op) << line.a << " " << line.b;
    EXPECT_EQ(sign(a->compare(*b) <=> 0), line.op) << line.a << " " << line.b;
  }
  return lines.size();
}

TEST(DebianOrder, HoldsForThePublishedList) {
  EXPECT_GE(check_list(VersionOrder::kDebian, "debian-versions.txt"), 20U);
}

TEST(DebianOrder, AgreesWithDpkgOnRandomPairs) {
  EXPECT_EQ(check_list(VersionOrder::kDebian, "debian-pairs.txt"), 3000U);
}

TEST(DebianOrder, RefusesWhatDpkgRefuses) {
  for (const char* wrong : {"", ":1", "a:1", "1:", "1-", "1_0", "1 0", "-1", "99999999999:1"}) {
    EXPECT_FALSE(debian_key(wrong).has_value()) << wrong;
    EXPECT_FALSE(compare_debian(wrong, "1").has_value()) << wrong;
  }
}

TEST(SemverOrder, HoldsForThePublishedList) {
  EXPECT_GE(check_list(VersionOrder::kSemver, "semver-versions.txt"), 60U);
}

TEST(SemverOrder, TakesMissingNumbersAndIgnoresBuilds) {
  EXPECT_EQ(compare_semver("1.2", "1.2.0"), std::strong_ordering::equal);
  EXPECT_EQ(compare_semver("v1.2.3+a", "1.2.3+b"), std::strong_ordering::equal);
  // A Go pseudo-version is a pre-release.
  EXPECT_EQ(compare_semver("1.2.3-0.20230101000000-abcdefabcdef", "1.2.3"),
            std::strong_ordering::less);
  for (const char* wrong : {"", "1.x", "(devel)", "1.0-"}) {
    EXPECT_FALSE(semver_key(wrong).has_value()) << wrong;
  }
}

TEST(Ecosystems, KnowTheirOrderOrSaySo) {
  EXPECT_EQ(order_of_ecosystem("Debian:12"), VersionOrder::kDebian);
  EXPECT_EQ(order_of_ecosystem("Ubuntu:22.04:LTS"), VersionOrder::kDebian);
  EXPECT_EQ(order_of_ecosystem("Go"), VersionOrder::kSemver);
  EXPECT_FALSE(order_of_ecosystem("Maven").has_value());
}

// Strings over the characters that decide.
rc::Gen<std::string> versions(const std::string& alphabet) {
  return rc::gen::map(rc::gen::container<std::string>(rc::gen::elementOf(alphabet)),
                      [](std::string tail) { return "1" + std::move(tail); });
}

void key_agrees_with_rule(VersionOrder order, const std::string& alphabet) {
  const std::string a = *versions(alphabet);
  const std::string b = *versions(alphabet);
  const auto compared = compare_versions(order, a, b);
  const auto left = version_key(order, a);
  const auto right = version_key(order, b);
  RC_ASSERT(compared.has_value() == (left.has_value() && right.has_value()));
  if (compared) RC_ASSERT((left->compare(*right) <=> 0) == *compared);
}

RC_GTEST_PROP(DebianOrder, TheKeyAgreesWithTheRule, ()) {
  key_agrees_with_rule(VersionOrder::kDebian, "0012~~+.-:abZ");
}

RC_GTEST_PROP(SemverOrder, TheKeyAgreesWithTheRule, ()) {
  key_agrees_with_rule(VersionOrder::kSemver, "0012..-+aB");
}

}  // namespace
}  // namespace daytwo::model
