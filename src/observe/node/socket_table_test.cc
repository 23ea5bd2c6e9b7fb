#include "observe/node/socket_table.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::observe {
namespace {

// The kernel prints each group of four bytes as one little-endian number.
TEST(Addresses, AreReadInTheKernelsOrder) {
  EXPECT_EQ(to_address("0100007F"), "127.0.0.1");
  EXPECT_EQ(to_address("00000000"), "0.0.0.0");
  EXPECT_EQ(to_address("0102A8C0"), "192.168.2.1");
  EXPECT_EQ(to_address("00000000000000000000000000000000"), "::");
  EXPECT_EQ(to_address("00000000000000000000000001000000"), "::1");
  EXPECT_EQ(to_address("000080FE00000000FF2F5002ADFE4C1E"), "fe80::250:2fff:1e4c:fead");
  EXPECT_EQ(to_address("0000000000000000FFFF00000100007F"), "127.0.0.1");
  EXPECT_EQ(to_address("B80D01200000000000000000010000AB"), "2001:db8::ab00:1");
  EXPECT_EQ(to_address("0100007"), "");
  EXPECT_EQ(to_address("zz00007F"), "");
}

TEST(Reach, FollowsTheAddress) {
  EXPECT_EQ(reach_of("127.0.0.53"), facts::Reach::kLoopback);
  EXPECT_EQ(reach_of("::1"), facts::Reach::kLoopback);
  EXPECT_EQ(reach_of("169.254.1.1"), facts::Reach::kHost);
  EXPECT_EQ(reach_of("fe80::1"), facts::Reach::kHost);
  EXPECT_EQ(reach_of("0.0.0.0"), facts::Reach::kNetwork);
  EXPECT_EQ(reach_of("::"), facts::Reach::kNetwork);
}

constexpr std::string_view kHeading = "  sl  local_address rem_address   st tx_queue rx_queue\n";

TEST(SocketTable, GivesListenersOfTcpAlone) {
  std::size_t skipped = 0;
  const auto found =
      parse_socket_table("tcp",
                         std::string(kHeading) +
                             "   0: 00000000:01BB 00000000:0000 0A 00000000:00000000 00:00000000 "
                             "00000000  33  0 4711 1\n"
                             "   1: 0100007F:01BB 0100007F:D2F0 01 00000000:00000000 00:00000000 "
                             "00000000  33  0 4712 1\n",
                         {}, &skipped);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(endpoint(found[0].protocol, found[0].address, found[0].port), "tcp 0.0.0.0:443");
  EXPECT_EQ(found[0].inode, 4711U);
  EXPECT_EQ(found[0].user_id, 33U);
  EXPECT_EQ(found[0].reach, facts::Reach::kNetwork);
  EXPECT_EQ(skipped, 0U);
}

TEST(SocketTable, LeavesOutUdpClientsOnEphemeralPorts) {
  std::size_t skipped = 0;
  const auto found = parse_socket_table(
      "udp",
      std::string(kHeading) +
          " 1: 00000000:0035 00000000:0000 07 0:0 00:0 0 0 0 11 2\n"
          " 2: 00000000:C350 00000000:0000 07 0:0 00:0 0 0 0 12 2\n"   // port 50000
          " 3: 00000000:0036 0100007F:0035 07 0:0 00:0 0 0 0 13 2\n",  // connected
      parse_port_range("32768\t60999\n"), &skipped);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].port, 53);
}

TEST(SocketTable, CountsLinesItCannotRead) {
  std::size_t skipped = 0;
  const auto found = parse_socket_table(
      "tcp", std::string(kHeading) + "garbage\n 1: 000000:01BB 00000000:0000 0A x\n\n", {},
      &skipped);
  EXPECT_TRUE(found.empty());
  EXPECT_EQ(skipped, 2U);
}

}  // namespace
}  // namespace daytwo::observe
