// Backups of data that is in use: on the real file system, with the real ledger.
#include "app/backup.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "env/os/clock.h"
#include "env/os/crypto.h"
#include "env/os/files.h"
#include "facts/ledger_journal.h"
#include "facts/written.h"

namespace daytwo::app {
namespace {

class Backup : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "daytwo-backup-" + std::to_string(entropy_.number());
    path_ = root_ + "/data";
    ASSERT_TRUE(files_.make_directories(path_));
    auto journal = facts::LedgerJournal::open(path_ + "/ledger.db");
    ASSERT_TRUE(journal) << journal.error().to_string();
    journal_ = std::move(*journal);
    store::Options options;
    options.path = path_ + "/store";
    options.retention_time = Duration{0};
    auto store = store::Store::open(options, {.files = files_, .clock = clock_});
    ASSERT_TRUE(store) << store.error().to_string();
    store_ = std::move(*store);
    ASSERT_TRUE(files_.write_atomic(path_ + "/watch.yml", "- {url: 'https://a/'}\n", 0640));
  }
  void TearDown() override {
    store_.reset();
    journal_.reset();
    ASSERT_TRUE(files_.remove_tree(root_));
  }

  void add(int number) {
    series::Batch batch;
    series::SeriesSamples one;
    one.labels = {{"__name__", "counted"}};
    one.samples = {{Timestamp{clock_.wall().ms + number}, {static_cast<double>(number), nullptr}}};
    batch.series.push_back(std::move(one));
    ASSERT_TRUE(store_->append(batch));
    auto record = facts::stated_stake("a person-day costs $" + std::to_string(number + 1), "ann",
                                      clock_.wall());
    ASSERT_TRUE(record);
    ASSERT_TRUE(journal_->append({std::move(*record)}));
  }

  env::os::SystemFiles files_;
  env::os::SystemClock clock_;
  env::os::SystemEntropy entropy_;
  std::string root_;
  std::string path_;
  std::unique_ptr<facts::LedgerJournal> journal_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(Backup, HoldsWhatWasThereWhileBothAreOpen) {
  for (int i = 0; i < 10; ++i) add(i);
  const std::string to = root_ + "/monday";
  const auto report = back_up(files_, *store_, path_, to + "/");
  ASSERT_TRUE(report) << report.error().to_string();
  EXPECT_EQ(report->block_samples, 10U);
  add(10);  // later than the copy
  EXPECT_EQ(store::verify(files_, to + "/store")->block_samples, 10U);
  EXPECT_TRUE(verify_ledger(to + "/ledger.db"));
  auto copy = facts::LedgerJournal::open(to + "/ledger.db");
  ASSERT_TRUE(copy) << copy.error().to_string();
  EXPECT_EQ((*copy)->snapshot().open("stake").at(0)->sentence, "a person-day costs $10");
  EXPECT_EQ(files_.read(to + "/watch.yml", 1000).value(), "- {url: 'https://a/'}\n");
  EXPECT_FALSE(files_.facts(to + "/token"));  // a copy lends nobody the right to change things
}

TEST_F(Backup, OverwritesNothing) {
  const std::string to = root_ + "/monday";
  ASSERT_TRUE(back_up(files_, *store_, path_, to));
  EXPECT_EQ(back_up(files_, *store_, path_, to).error().code, Code::kExists);
}

TEST_F(Backup, KeepsOutOfTheStoreAndMakesNoTreeOfFolders) {
  EXPECT_EQ(back_up(files_, *store_, path_, path_ + "/store/blocks/x").error().code,
            Code::kInvalid);
  EXPECT_EQ(back_up(files_, *store_, path_, root_ + "/a/b").error().code, Code::kNotFound);
  EXPECT_EQ(back_up(files_, *store_, path_, path_ + "/watch.yml/x").error().code, Code::kNotFound);
  EXPECT_FALSE(files_.facts(root_ + "/a"));
}

}  // namespace
}  // namespace daytwo::app
