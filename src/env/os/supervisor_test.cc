#include "env/os/supervisor.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <string>

namespace daytwo::env::os {
namespace {

// Listens where systemd would, on an abstract socket of this process's own.
class FakeSystemd {
 public:
  FakeSystemd() : name_("@daytwo-supervisor-test-" + std::to_string(::getpid())) {
    descriptor_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name_.data(), name_.size());
    address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name_.size());
    bound_ = ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), length) == 0;
  }
  ~FakeSystemd() { ::close(descriptor_); }
  FakeSystemd(const FakeSystemd&) = delete;
  FakeSystemd& operator=(const FakeSystemd&) = delete;

  bool bound() const { return bound_; }
  const std::string& name() const { return name_; }
  // The next datagram; empty when there is none.
  std::string heard() const {
    std::array<char, 256> buffer{};
    const ssize_t size = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    return size < 0 ? "" : std::string(buffer.data(), static_cast<std::size_t>(size));
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  bool bound_ = false;
};

TEST(Supervisor, HearsWhatItIsTold) {
  const FakeSystemd systemd;
  ASSERT_TRUE(systemd.bound());
  const Supervisor supervisor(systemd.name(), std::nullopt);
  ASSERT_TRUE(supervisor.tell("READY=1\nSTATUS=serving"));
  EXPECT_EQ(systemd.heard(), "READY=1\nSTATUS=serving");
  EXPECT_EQ(systemd.heard(), "");
}

TEST(Supervisor, IsNotMissedWhenThereIsNone) {
  EXPECT_TRUE(Supervisor(std::nullopt, std::nullopt).tell("READY=1"));
}

TEST(Supervisor, ThatIsGoneIsAnErrorWhichNamesTheSocket) {
  const auto told = Supervisor("/nowhere/notify", std::nullopt).tell("READY=1");
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, Code::kUnavailable);
  EXPECT_NE(told.error().text.find("/nowhere/notify"), std::string::npos);
  EXPECT_FALSE(Supervisor(std::string(200, 'x'), std::nullopt).tell("READY=1"));
}

TEST(Supervisor, WantsAWatchdogTwiceAsOftenAsItAllows) {
  EXPECT_EQ(Supervisor(std::nullopt, "30000000").watchdog_interval(), seconds(15));
  EXPECT_FALSE(Supervisor(std::nullopt, std::nullopt).watchdog_interval());
  EXPECT_FALSE(Supervisor(std::nullopt, "soon").watchdog_interval());
  EXPECT_FALSE(Supervisor(std::nullopt, "0").watchdog_interval());
}

}  // namespace
}  // namespace daytwo::env::os
