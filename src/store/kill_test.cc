// A real process, real files, kill -9 at random moments: what the child said was acknowledged is
// compared with what its directory holds.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <vector>

#include "chance/seed.h"
#include "env/os/clock.h"
#include "env/os/files.h"
#include "store/backup.h"
#include "store/world_for_tests.h"

namespace daytwo::store {
namespace {

constexpr int kKills = 60;
constexpr int kSeriesPerBatch = 20;

// What the child writes into the pipe after each acknowledged batch.
struct Ack {
  std::int64_t batch = 0;
};

series::Batch batch_number(std::int64_t number) {
  series::Batch batch;
  for (int i = 0; i < kSeriesPerBatch; ++i) {
    const double value = static_cast<double>(number) + i / 3.0;
    batch.series.push_back({metric("m", std::to_string(i)), {{{number * 1000}, {value, nullptr}}}});
  }
  return batch;
}

Options options_of(const std::string& path) {
  Options options;
  options.path = path;
  options.min_free_bytes = 0;
  options.retention_time = {0};
  options.seal_log_bytes = 8000;  // a seal every few batches, so that kills meet it
  return options;
}

// Appends until it is killed; never returns.
[[noreturn]] void run_child(const std::string& path, std::int64_t first, int pipe) {
  env::os::SystemFiles files;
  env::os::SystemClock clock;
  auto store = Store::open(options_of(path), {files, clock});
  if (!store) _exit(3);
  for (Ack ack{first};; ++ack.batch) {
    if (!(*store)->append(batch_number(ack.batch))) _exit(4);
    if (write(pipe, &ack, sizeof(ack)) != sizeof(ack)) _exit(5);
    if (ack.batch % 4 == 0 && !(*store)->maintain()) _exit(6);
  }
}

// Lets a child acknowledge `batches`, and go on for `delay`, kills it, and gives the last batch it
// acknowledged. Counting batches makes each round do as much on a busy machine.
std::int64_t run_and_kill(const std::string& path, std::int64_t first, int batches,
                          Duration delay) {
  int ends[2] = {-1, -1};
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    run_child(path, first, ends[1]);
  }
  close(ends[1]);
  Ack ack{first - 1};
  Ack next;
  for (int i = 0; i < batches; ++i) {
    if (read(ends[0], &next, sizeof(next)) == sizeof(next)) ack = next;
  }
  env::os::SystemClock clock;
  clock.sleep_until(clock.mono() + delay);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
  while (read(ends[0], &next, sizeof(next)) == sizeof(next)) ack = next;
  close(ends[0]);
  return ack.batch;
}

TEST(Kill, NoAcknowledgedSampleIsLostInSixtyKills) {
  const auto directory =
      std::filesystem::temp_directory_path() / ("daytwo-kill-" + std::to_string(getpid()));
  const std::string path = directory.string();
  chance::Stream draws(chance::derive({20'261'122}, "store.kill"), 0);
  env::os::SystemFiles files;
  env::os::SystemClock clock;
  std::int64_t last = -1;
  std::size_t replays = 0;
  std::size_t blocks = 0;
  for (int round = 0; round < kKills; ++round) {
    // After the first round from 0: opening is killed as well now and then.
    const int batches = (round == 0 ? 1 : 0) + static_cast<int>(draws.uniform() * 12);
    const Duration delay{static_cast<std::int64_t>(draws.uniform() * 10)};
    last = run_and_kill(path, last + 1, batches, delay);
    auto store = Store::open(options_of(path), {files, clock});
    ASSERT_TRUE(store) << store.error().to_string();
    EXPECT_EQ((*store)->facts().damages, 0U) << "a kill is no damage";
    replays += (*store)->facts().replayed_bytes > 0 ? 1U : 0U;
    blocks = std::max(blocks, (*store)->facts().blocks);
    const auto found = content(**store);
    for (int i = 0; i < kSeriesPerBatch; ++i) {
      const auto& samples = found.at(metric("m", std::to_string(i)).to_string());
      for (std::int64_t batch = 0; batch <= last; ++batch) {
        const auto sample = samples.find(batch * 1000);
        ASSERT_NE(sample, samples.end()) << "round " << round << " lost batch " << batch;
        ASSERT_EQ(sample->second, static_cast<double>(batch) + i / 3.0);
      }
      // At most the one batch that was on its way is more.
      ASSERT_LE(samples.rbegin()->first, (last + 1) * 1000);
    }
    if (found.begin()->second.size() > static_cast<std::size_t>(last) + 1) ++last;
  }
  EXPECT_GT(last, kKills) << "the children did append";
  EXPECT_GT(replays, 0U);
  EXPECT_GT(blocks, 0U);
  const auto report = verify(files, path);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->damages.empty());
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace daytwo::store
