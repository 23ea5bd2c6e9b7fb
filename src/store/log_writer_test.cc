#include "store/log_writer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "env/os/threads.h"
#include "sim/clock.h"
#include "sim/torn_disk.h"
#include "store/segment.h"

namespace daytwo::store {
namespace {

// A disk whose syncs wait at a gate while it is closed.
class GatedDisk : public sim::TornDisk {
 public:
  [[nodiscard]] Result<std::unique_ptr<env::AppendFile>> open_append(
      const std::string& path) override {
    TRY(auto file, sim::TornDisk::open_append(path));
    return std::make_unique<Gated>(*this, std::move(file));
  }
  void close() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_for_a_sync() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ > 0; });
  }

 private:
  class Gated final : public env::AppendFile {
   public:
    Gated(GatedDisk& disk, std::unique_ptr<env::AppendFile> file)
        : disk_(disk), file_(std::move(file)) {}
    [[nodiscard]] Result<void> append(std::string_view bytes) override {
      return file_->append(bytes);
    }
    [[nodiscard]] Result<void> sync() override {
      disk_.pass();
      return file_->sync();
    }
    [[nodiscard]] std::uint64_t size() const override { return file_->size(); }

   private:
    GatedDisk& disk_;
    std::unique_ptr<env::AppendFile> file_;
  };

  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
    --waiting_;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  int waiting_ = 0;
};

TEST(LogWriter, AppendersThatWaitShareTheNextSync) {
  GatedDisk disk;
  sim::Clock clock;
  disk.put("/wal/x", "");
  const auto log = LogWriter::open(disk, clock, "/wal", 1, SyncMode::kAck).value();
  env::os::SystemThreads threads;
  disk.close();
  std::vector<std::unique_ptr<env::Thread>> running;
  const auto commit = [&](std::uint64_t position) {
    running.push_back(threads.start(
        "appender", [&, position](const std::stop_token&) { EXPECT_TRUE(log->commit(position)); }));
  };
  commit(log->enqueue("first"));
  disk.wait_for_a_sync();  // the first is on its way, alone
  for (int i = 0; i < 5; ++i) commit(log->enqueue("later"));
  disk.open();
  running.clear();
  EXPECT_EQ(log->syncs(), 2U) << "one for the first, one for the five that came meanwhile";
}

TEST(LogWriter, KeepsWhatADiskWithoutRoomRefusedAndWritesItFirst) {
  sim::TornDisk disk;
  sim::Clock clock;
  disk.put("/wal/x", "");
  const auto log = LogWriter::open(disk, clock, "/wal", 1, SyncMode::kAck).value();
  ASSERT_TRUE(log->commit(log->enqueue("one.")));
  disk.fail_at(disk.steps(), sim::Fault::kNoSpace);
  const std::uint64_t two = log->enqueue("two.");
  EXPECT_EQ(log->commit(two).error().code, Code::kUnavailable);
  EXPECT_EQ(log->ready().error().code, Code::kUnavailable);
  disk.give_space();
  EXPECT_TRUE(log->ready());
  EXPECT_TRUE(log->commit(two));
  ASSERT_TRUE(log->commit(log->enqueue("three.")));
  disk.restart(sim::Crash::kForget);
  const std::string bytes = disk.read("/wal/" + segment_name(1), 1000).value();
  EXPECT_EQ(bytes.substr(kSegmentHeader.size()), "one.two.three.");
}

TEST(LogWriter, ClosesAfterAFailedSync) {
  sim::TornDisk disk;
  sim::Clock clock;
  disk.put("/wal/x", "");
  const auto log = LogWriter::open(disk, clock, "/wal", 1, SyncMode::kAck).value();
  disk.fail_at(disk.steps() + 1, sim::Fault::kError);
  EXPECT_FALSE(log->commit(log->enqueue("one.")));
  EXPECT_FALSE(log->ready());
  EXPECT_FALSE(log->sync());
  EXPECT_FALSE(log->commit(log->enqueue("two.")));
  EXPECT_FALSE(log->rotate());
}

TEST(LogWriter, RotatesOnlyAfterAllIsDurable) {
  sim::TornDisk disk;
  sim::Clock clock;
  disk.put("/wal/x", "");
  const auto log = LogWriter::open(disk, clock, "/wal", 7, SyncMode::kOff).value();
  ASSERT_TRUE(log->commit(log->enqueue("old.")));
  EXPECT_EQ(log->rotate().value(), 8U);
  ASSERT_TRUE(log->commit(log->enqueue("new.")));
  disk.restart(sim::Crash::kForget);
  EXPECT_EQ(disk.read("/wal/" + segment_name(7), 1000)->substr(8), "old.");
  EXPECT_EQ(disk.read("/wal/" + segment_name(8), 1000)->substr(8), "") << "never synced";
}

}  // namespace
}  // namespace daytwo::store
