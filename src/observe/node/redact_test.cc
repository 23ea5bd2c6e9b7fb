#include "observe/node/redact.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace daytwo::observe {
namespace {

struct Case {
  std::vector<std::string> arguments;
  std::string shown;
};

TEST(Redaction, HidesSecretsAndNothingElse) {
  const std::vector<Case> cases = {
      {{"app", "--password=hunter2", "-v"}, "app --password=*** -v"},
      {{"app", "--db-password", "hunter2", "-v"}, "app --db-password *** -v"},
      {{"app", "--password", "--next"}, "app --password --next"},
      {{"app", "API_TOKEN=abc", "MODE=fast"}, "app API_TOKEN=*** MODE=fast"},
      {{"app", "--key=abc", "--keyboard=us"}, "app --key=*** --keyboard=us"},
      {{"curl", "https://bob:pw@host/x?token=abc&page=2"},
       "curl https://***@host/x?token=***&page=2"},
      {{"curl", "-H", "Authorization: Bearer abc.def"}, "curl -H Authorization: ***"},
      {{"psql", "postgres://u:p@[::1]:5432/db"}, "psql postgres://***@[::1]:5432/db"},
      {{"git", "clone", "https://github.com/a/b@v1"}, "git clone https://github.com/a/b@v1"},
      {{"app", "host=db;password=x;user=y"}, "app host=db;password=***;user=y"},
      {{"app", "--client-secret=x=y=z"}, "app --client-secret=***"},
      {{"env", "DB_PASS=hunter2", "BYPASS=1", "app"}, "env DB_PASS=*** BYPASS=1 app"},
      {{"app", "--pass", "hunter2"}, "app --pass ***"},
      {{"/usr/bin/curl", "-u", "bob:hunter2", "-uann:x", "--user=a:b", "--user-agent=x"},
       "/usr/bin/curl -u *** -u*** --user=*** --user-agent=x"},
      {{"sshpass", "-p", "hunter2", "ssh", "-p", "22", "h"}, "sshpass -p *** ssh -p *** h"},
      {{"mysql", "-p", "shop", "-phunter2"}, "mysql -p shop -p***"},
      {{"ssh", "-p", "22", "-u", "x"}, "ssh -p 22 -u x"},
  };
  for (const Case& one : cases) EXPECT_EQ(redacted_command(one.arguments), one.shown);
}

TEST(Redaction, KeepsHugeAndBrokenCommandLinesShortAndReadable) {
  std::size_t broken = 0;
  const std::string text = redacted_command(
      std::vector<std::string>{"app", std::string(3'000'000, 'x'), "\xFF\xFE\n\x01"}, &broken);
  EXPECT_LE(text.size(), kMaxCommandBytes + 3);
  EXPECT_TRUE(is_utf8(text));
  EXPECT_TRUE(text.ends_with("\xE2\x80\xA6"));
  const std::string odd = redacted_command(std::vector<std::string>{"a\nb", "\xFF"}, &broken);
  EXPECT_EQ(odd,
            "a\xEF\xBF\xBD"
            "b \xEF\xBF\xBD");
  EXPECT_EQ(broken, 1U);
}

TEST(Redaction, CutsBetweenCharacters) {
  std::string wide;
  while (wide.size() < 600) wide += "\xC3\xA9";
  const std::string text = redacted_command(std::vector<std::string>{"a", wide});
  EXPECT_TRUE(is_utf8(text));
}

}  // namespace
}  // namespace daytwo::observe
