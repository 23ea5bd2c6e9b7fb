#include "observe/node/dpkg.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::observe {
namespace {

const std::string kStatus =
    "Package: bsdutils\nStatus: install ok installed\nArchitecture: amd64\n"
    "Source: util-linux (2.38.1-5)\nVersion: 1:2.38.1-5+b1\nDescription: tools\n more: text\n\n"
    "Package: gone\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 1.0\n\n"
    "Package: half\nStatus: install ok half-configured\nArchitecture: all\nVersion: 2.0-1\n\n";

TEST(Dpkg, TakesWhatHasCodeOnDisk) {
  const DpkgStatus status = parse_dpkg_status(kStatus, DpkgKind::kStatusFile);
  ASSERT_EQ(status.packages.size(), 2U);
  EXPECT_EQ(status.packages[0],
            (DpkgPackage{"bsdutils", "1:2.38.1-5+b1", "amd64", "util-linux", "2.38.1-5"}));
  EXPECT_EQ(status.packages[1], (DpkgPackage{"half", "2.0-1", "all", "half", "2.0-1"}));
  EXPECT_EQ(status.stanzas, 3U);
  EXPECT_EQ(status.broken, 0U);
}

TEST(Dpkg, ABrokenStanzaCostsThatStanza) {
  const DpkgStatus status = parse_dpkg_status(
      "Package: good\nStatus: install ok installed\nVersion: 1\n\n"
      "Package: nover\nStatus: install ok installed\n\n"
      "Package: UPPER\nStatus: install ok installed\nVersion: 1\n\n"
      "\xFF\xFE garbage without colon\n\n"
      "Version: 3\n\n"
      "Package: odd\nStatus: install ok installed\nVersion: 1 2\n\n"
      "Package: last\nStatus: install ok installed\nVersion: 2\n\n",
      DpkgKind::kStatusFile);
  ASSERT_EQ(status.packages.size(), 2U);
  EXPECT_EQ(status.packages[1].name, "last");
  EXPECT_EQ(status.broken, 5U);
}

TEST(Dpkg, ACutAnywhereNeverInventsAVersion) {
  for (std::size_t length = 0; length <= kStatus.size(); ++length) {
    const DpkgStatus status =
        parse_dpkg_status(std::string_view(kStatus).substr(0, length), DpkgKind::kStatusFile);
    for (const DpkgPackage& package : status.packages) {
      EXPECT_TRUE(package.version == "1:2.38.1-5+b1" || package.version == "2.0-1") << length;
    }
    EXPECT_LE(status.broken, 1U);
  }
}

TEST(Dpkg, ReadsTheDirectoryOfDistrolessImages) {
  const DpkgStatus status =
      parse_dpkg_status("Package: libc6\nVersion: 2.36-9\n", DpkgKind::kStatusDirectory);
  ASSERT_EQ(status.packages.size(), 1U);
  EXPECT_EQ(parse_dpkg_status("Package: libc6\nVersion: 2.3", DpkgKind::kStatusDirectory).broken,
            1U);
}

TEST(FileOwners, FindsOwnersAcrossTheUsrMerge) {
  FileOwners owners;
  owners.add("libc6:amd64", "/.\n/lib\n/lib/x86_64-linux-gnu\n/lib/x86_64-linux-gnu/libc.so.6\n");
  owners.add("bash", "/bin\n/bin/bash\n/usr/share/doc/bash/README\n");
  owners.finish();
  EXPECT_EQ(owners.find("/usr/lib/x86_64-linux-gnu/libc.so.6"), "libc6");
  EXPECT_EQ(owners.find("/lib/x86_64-linux-gnu/libc.so.6"), "libc6");
  EXPECT_EQ(owners.find("/usr/bin/bash"), "bash");
  EXPECT_EQ(owners.find("/usr/lib"), "");          // a directory
  EXPECT_EQ(owners.find("/opt/app/bin/app"), "");  // nobody's
}

TEST(FileOwners, FollowDiversions) {
  FileOwners owners;
  owners.add("dash", "/usr/bin/sh\n");
  owners.add("mysh", "/usr/bin/sh\n");
  owners.divert("/usr/bin/sh\n/usr/bin/sh.distrib\nmysh\n");
  owners.divert("/usr/bin/local\n/usr/bin/local.real\n:\n");
  owners.finish();
  EXPECT_EQ(owners.find("/usr/bin/sh"), "mysh");
  EXPECT_EQ(owners.find("/usr/bin/sh.distrib"), "dash");
  EXPECT_EQ(owners.find("/usr/bin/local"), "");
}

TEST(OsRelease, NamesTheEcosystem) {
  EXPECT_EQ(parse_os_release("ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n").ecosystem,
            "Debian:12");
  EXPECT_EQ(
      parse_os_release("ID=ubuntu\nVERSION_ID=\"22.04\"\nVERSION=\"22.04.3 LTS (J)\"\n").ecosystem,
      "Ubuntu:22.04:LTS");
  EXPECT_EQ(parse_os_release("ID=\"almalinux\"\nVERSION_ID=\"9.3\"\n").ecosystem, "AlmaLinux:9");
  EXPECT_EQ(parse_os_release("ID=alpine\nVERSION_ID=3.19.1\n").ecosystem, "Alpine:v3.19");
  EXPECT_EQ(parse_os_release("ID=debian\n").ecosystem, "");  // testing has no number
  EXPECT_EQ(parse_os_release("ID=mine\nVERSION_ID=1\n").ecosystem, "");
}

}  // namespace
}  // namespace daytwo::observe
