#include "model/baseline.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>

#include "base/error.h"

namespace daytwo::model {
namespace {

Baseline host() {
  Baseline out;
  out.host = "host-1";
  out.learned = Timestamp{1'800'000'000'000};
  out.listeners = {{"tcp", "127.0.0.1", 5432, "postgresql.service", ""},
                   {"tcp", "0.0.0.0", 22, "ssh.service", ""}};
  out.processes = {{"postgresql.service", "postgres", ""}, {"ssh.service", "root", ""}};
  return out;
}

TEST(Baseline, EqualsItself) { EXPECT_TRUE(compare(host(), host()).empty()); }

TEST(Baseline, SeesBothEnds) {
  Baseline observed = host();
  observed.listeners.erase(observed.listeners.begin() + 1);
  observed.listeners.push_back({"tcp", "0.0.0.0", 8080, "python3 as bob", ""});
  observed.processes.push_back({"python3 as bob", "bob", ""});
  observed.processes.erase(observed.processes.begin() + 1);
  const auto differences = compare(host(), observed);
  ASSERT_EQ(differences.size(), 4U);
  EXPECT_EQ(differences[0].what, "process:python3 as bob");
  EXPECT_EQ(differences[0].deviation, Deviation::kUnexpectedProcess);
  EXPECT_EQ(differences[1].deviation, Deviation::kMissingProcess);
  EXPECT_EQ(differences[2].what, "tcp:0.0.0.0:22");
  EXPECT_EQ(differences[2].deviation, Deviation::kMissingListener);
  EXPECT_EQ(differences[3].what, "tcp:0.0.0.0:8080");
  EXPECT_EQ(differences[3].deviation, Deviation::kUnexpectedListener);
  EXPECT_TRUE(differences[3].beyond_loopback);
}

TEST(Baseline, SeesAListenerWidenedAndOneTakenOver) {
  Baseline observed = host();
  observed.listeners[0].address = "0.0.0.0";
  observed.listeners[1].workload = "nc as mallory";
  const auto differences = compare(host(), observed);
  ASSERT_EQ(differences.size(), 2U);
  EXPECT_EQ(differences[0].deviation, Deviation::kOtherHolder);
  EXPECT_EQ(differences[1].deviation, Deviation::kWidenedListener);
  EXPECT_EQ(differences[1].declared, "tcp:127.0.0.1:5432 by postgresql.service");
}

TEST(Baseline, AnInvisibleHolderIsNoChange) {
  Baseline observed = host();
  for (auto& listener : observed.listeners) listener.workload.clear();
  EXPECT_TRUE(compare(host(), observed).empty());
}

TEST(Baseline, ClientSocketsAndMovingPortsAreNoDrift) {
  Baseline declared = host();
  declared.listeners.push_back({"tcp", "127.0.0.1", 40001, "ide", ""});
  Baseline observed = host();
  observed.listeners.push_back({"tcp", "127.0.0.1", 51234, "ide", ""});
  observed.listeners.push_back({"udp", "0.0.0.0", 45000, "chromium", ""});
  EXPECT_TRUE(compare(declared, observed).empty());
}

TEST(Baseline, ASecondListenerOfTheSameProgramBesideTheFirstIsNew) {
  Baseline declared = host();
  declared.listeners.push_back({"tcp", "0.0.0.0", 40000, "python3", ""});
  Baseline observed = declared;
  observed.listeners.push_back({"tcp", "0.0.0.0", 50000, "python3", ""});
  auto differences = compare(declared, observed);
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].what, "tcp:0.0.0.0:50000");
  EXPECT_EQ(differences[0].deviation, Deviation::kUnexpectedListener);
  // Both moved: two for one is still one too many; the one at the learned address is explained.
  observed.listeners[2] = {"tcp", "127.0.0.1", 45000, "python3", ""};
  differences = compare(declared, observed);
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].what, "tcp:127.0.0.1:45000");
  observed.listeners.erase(observed.listeners.begin() + 2);
  EXPECT_TRUE(compare(declared, observed).empty()) << "the first one moved";
}

TEST(Baseline, AcceptingADifferenceRemovesItAndNoOther) {
  Baseline observed = host();
  observed.listeners.push_back({"tcp", "0.0.0.0", 8080, "python3", ""});
  observed.listeners.erase(observed.listeners.begin());
  const auto accepted = accept(host(), observed, "tcp:0.0.0.0:8080", "a demo");
  ASSERT_TRUE(accepted.has_value());
  const auto rest = compare(*accepted, observed);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].what, "tcp:127.0.0.1:5432");
  const auto all = accept(*accepted, observed, "tcp:127.0.0.1:5432", "");
  ASSERT_TRUE(all.has_value());
  EXPECT_TRUE(compare(*all, observed).empty());
  EXPECT_EQ(accept(*all, observed, "tcp:1.2.3.4:5", "").error().code, Code::kNotFound);
}

TEST(Baseline, NamesEveryMistakeOfAFile) {
  const auto wrong =
      parse_baseline("host: a\nlisteners: [{listen: tcp:80}]\nproceses: []\n", "b.yml");
  ASSERT_FALSE(wrong.has_value());
  const std::string text = wrong.error().to_string();
  EXPECT_NE(text.find("'tcp:80' is no listener"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'processes'?"), std::string::npos) << text;
}

// Any text, also quotes, newlines and control characters, comes back from the file.
RC_GTEST_PROP(Baseline, ComesBackFromItsFile, ()) {
  const auto text = [] {
    return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)));
  };
  Baseline baseline;
  baseline.host = text();
  baseline.learned = Timestamp{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)};
  baseline.listeners = {{"udp", "::1", *rc::gen::inRange<std::int64_t>(1, 65536), text(), text()}};
  baseline.processes = {{text(), text(), ""}};
  const auto back = parse_baseline(to_yaml(baseline), "baseline.yml");
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == baseline);
}

}  // namespace
}  // namespace daytwo::model
