#include "observe/node/workload.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace daytwo::observe {
namespace {

const std::string kId = "3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";

TEST(Workload, IsNamedByTheCgroup) {
  const std::string uid = "1f2e3d4c-5b6a-7980-1234-56789abcdef0";
  const std::string under = "1f2e3d4c_5b6a_7980_1234_56789abcdef0";
  EXPECT_EQ(workload_of_cgroup("/system.slice/nginx.service"), "nginx.service");
  EXPECT_EQ(workload_of_cgroup("/docker/" + kId), "container 3c4d5e6f7a8b");
  EXPECT_EQ(workload_of_cgroup("/system.slice/docker-" + kId + ".scope"), "container 3c4d5e6f7a8b");
  EXPECT_EQ(workload_of_cgroup("/machine.slice/libpod-" + kId + ".scope/container"),
            "container 3c4d5e6f7a8b");
  EXPECT_EQ(workload_of_cgroup("/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" +
                               under + ".slice/cri-containerd-" + kId + ".scope"),
            "pod " + uid + "/3c4d5e6f7a8b");
  EXPECT_EQ(workload_of_cgroup("/kubepods/besteffort/pod" + uid + "/" + kId),
            "pod " + uid + "/3c4d5e6f7a8b");
}

TEST(Workload, IsNotALoginSessionNorAPath) {
  EXPECT_EQ(workload_of_cgroup("/"), "");
  EXPECT_EQ(workload_of_cgroup(""), "");
  EXPECT_EQ(workload_of_cgroup("/user.slice/user-1000.slice/session-3.scope"), "");
  EXPECT_EQ(workload_of_cgroup("/process_api/ac11064a544a000721fbcd20e8e56413"), "");
}

TEST(ProcessName, IsWhatPeopleCallIt) {
  struct Case {
    std::string kernel;
    std::string executable;
    std::vector<std::string> arguments;
    std::string name;
  };
  const std::vector<Case> cases = {
      {"nginx", "/usr/sbin/nginx", {"nginx: master"}, "nginx"},
      {"python3", "/usr/bin/python3.11", {"python3", "-u", "/srv/shop/app.py", "x"}, "app.py"},
      {"python3", "/usr/bin/python3.11", {"python3", "-m", "http.server"}, "http.server"},
      {"python3", "/usr/bin/python3.11", {"python3", "-c", "print(1)"}, "python3.11"},
      {"java", "/usr/lib/jvm/bin/java", {"java", "-Xmx1g", "-jar", "/srv/kafka.jar"}, "kafka.jar"},
      {"daytwo",
       "/usr/bin/daytwo",
       {"daytwo", "shop", "payments", "--port=1"},
       "daytwo shop payments"},
      {"daytwo-1.0",
       "/opt/daytwo-1.0",
       {"daytwo", "demo", "service", "search"},
       "daytwo-1.0 demo service search"},
      {"hidden", "", {"x"}, "hidden"},
      {"bad\xFF", "", {}, "bad\xEF\xBF\xBD"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(process_name(one.kernel, one.executable, one.arguments), one.name);
  }
}

}  // namespace
}  // namespace daytwo::observe
