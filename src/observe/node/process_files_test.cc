#include "observe/node/process_files.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::observe {
namespace {

// Fields as numbered in proc(5): 14 + 15 = cpu, 20 threads, 22 start, 24 resident pages.
std::string stat_line(const std::string& name) {
  return "812 (" + name +
         ") S 1 812 812 0 -1 4194560 9 0 5 0 120 30 0 0 20 0 7 0 5550 1000000 256 99 1 1 0 0\n";
}

TEST(ProcessStat, ReadsItsFields) {
  const auto stat = parse_process_stat(stat_line("nginx"));
  ASSERT_TRUE(stat.has_value());
  EXPECT_EQ(stat->pid, 812);
  EXPECT_EQ(stat->name, "nginx");
  EXPECT_EQ(stat->parent, 1);
  EXPECT_EQ(stat->cpu_ticks, 150);
  EXPECT_EQ(stat->threads, 7);
  EXPECT_EQ(stat->start_ticks, 5550);
  EXPECT_EQ(stat->resident_pages, 256);
  EXPECT_FALSE(stat->is_kernel_thread());
}

TEST(ProcessStat, SurvivesNamesWithBracketsBlanksAndNewlines) {
  for (const std::string name : {") S 2 3 (", "a b", "evil)\n(", "", "\xFF\xFE"}) {
    const auto stat = parse_process_stat(stat_line(name));
    ASSERT_TRUE(stat.has_value()) << name;
    EXPECT_EQ(stat->name, name);
    EXPECT_EQ(stat->start_ticks, 5550) << name;
  }
}

TEST(ProcessStat, TakesNoNumberThatCannotBeReckonedWith) {
  const std::string most = "9223372036854775807";
  std::string line = stat_line("nginx");
  for (const std::string field : {" 120 30 ", " 5550 ", " 256 "}) {
    std::string huge = " " + most + " ";
    if (field == " 120 30 ") huge += most + " ";
    line.replace(line.find(field), field.size(), huge);
  }
  const auto stat = parse_process_stat(line);
  ASSERT_TRUE(stat.has_value());
  EXPECT_EQ(stat->cpu_ticks, 0) << "the sum of both would overflow";
  EXPECT_EQ(stat->start_ticks, 0);
  EXPECT_EQ(stat->resident_pages, 0);
  EXPECT_FALSE(parse_process_stat(most + line.substr(3))) << "no pid";
}

TEST(ProcessStat, RefusesEveryCutBeforeItsLastField) {
  const std::string whole = stat_line("nginx");
  const std::size_t resident = whole.find(" 256 ");
  for (std::size_t length = 0; length <= resident; ++length) {
    EXPECT_FALSE(parse_process_stat(whole.substr(0, length)).has_value()) << length;
  }
}

TEST(ProcessStat, KnowsKernelThreadsByTheirFlag) {
  std::string line = stat_line("kworker/0:1");
  line.replace(line.find("4194560"), 7, "69238880");  // 0x4208060: PF_KTHREAD set
  const auto stat = parse_process_stat(line);
  ASSERT_TRUE(stat.has_value());
  EXPECT_TRUE(stat->is_kernel_thread());
}

TEST(ProcessStatus, GivesTheEffectiveUser) {
  EXPECT_EQ(parse_effective_user("Name:\tx\nUid:\t1000\t33\t1000\t1000\n"), 33U);
  EXPECT_FALSE(parse_effective_user("Name:\tx\n").has_value());
}

TEST(ProcessLimits, GiveTheSoftLimitOfOpenFiles) {
  EXPECT_EQ(parse_descriptor_limit("Limit  Soft  Hard  Units\n"
                                   "Max open files            1024     524288    files\n"),
            1024);
  EXPECT_FALSE(parse_descriptor_limit("Max open files  unlimited unlimited files\n").has_value());
}

TEST(ProcessCgroups, ReadBothVersions) {
  const auto lines = parse_process_cgroups("4:memory:/a:b\n0::/system.slice/x.service\nnonsense\n");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].controllers, "memory");
  EXPECT_EQ(lines[0].path, "/a:b");
  EXPECT_EQ(lines[1].controllers, "");
}

TEST(Mappings, KeepExecutableFilesOnce) {
  const auto found = parse_executable_mappings(
      "5500-5600 r--p 0 fe:01 1 /usr/bin/a\n"
      "5600-5700 r-xp 0 fe:01 1 /usr/bin/a\n"
      "7000-7100 r-xp 0 fe:01 2 /usr/lib/with blank.so\n"
      "7100-7200 r-xp 0 fe:01 2 /usr/lib/with blank.so\n"
      "7200-7300 r-xp 0 fe:01 3 /usr/lib/old.so (deleted)\n"
      "7300-7400 r-xp 0 00:01 4 /memfd:jit (deleted)\n"
      "7400-7500 r-xp 0 00:05 5 /dev/zero\n"
      "7500-7600 r-xp 0 00:00 0 [vdso]\n"
      "7600-7700 rwxp 0 00:00 0\n"
      "7700-7800 r-xp\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0], (ExecutableMapping{"/usr/bin/a", false}));
  EXPECT_EQ(found[1], (ExecutableMapping{"/usr/lib/with blank.so", false}));
  EXPECT_EQ(found[2], (ExecutableMapping{"/usr/lib/old.so", true}));
}

TEST(Arguments, AreEndedByZeroBytes) {
  const std::string text("nginx\0-g\0\0last", 14);
  EXPECT_EQ(parse_arguments(text), (std::vector<std::string>{"nginx", "-g", "", "last"}));
}

}  // namespace
}  // namespace daytwo::observe
