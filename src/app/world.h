// The real world, as app hands it to the rooms.
#pragma once

#include "env/os/clock.h"
#include "env/os/crypto.h"
#include "env/os/files.h"
#include "env/os/log.h"
#include "env/os/processes.h"
#include "env/os/system.h"
#include "env/os/threads.h"
#include "http/client.h"
#include "http/mailer.h"
#include "http/sockets.h"

namespace daytwo::app {

// One of each; made once in main, borrowed by everybody.
struct World {
  env::os::SystemClock clock;
  env::os::SystemFiles files;
  env::os::SystemThreads threads;
  env::os::SystemProcesses processes;
  env::os::SystemCrypto crypto;
  env::os::SystemEntropy entropy;
  env::os::LiveSystem system;
  http::Client http;
  http::Sockets sockets;
  http::Mailer mail{clock};
};

}  // namespace daytwo::app
