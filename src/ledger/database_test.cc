#include "ledger/database.h"

#include <gtest/gtest.h>

#include <array>

#include "env/os/clock.h"
#include "env/os/files.h"

namespace daytwo::ledger {
namespace {

class OnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "daytwo_ledger_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    ASSERT_TRUE(files_.remove_tree(folder_));
    ASSERT_TRUE(files_.make_directories(folder_));
    path_ = folder_ + "/ledger.db";
  }
  void TearDown() override { EXPECT_TRUE(files_.remove_tree(folder_)); }

  env::os::SystemFiles files_;
  std::string folder_;
  std::string path_;
};

constexpr std::array<Migration, 2> kMigrations = {{
    {1, "CREATE TABLE thing(id INTEGER PRIMARY KEY, name TEXT UNIQUE) STRICT"},
    {2, "ALTER TABLE thing ADD COLUMN size REAL"},
}};

TEST_F(OnDisk, WhatIsCommittedIsReadByANewConnection) {
  {
    auto database = Database::open(path_, Database::Mode::kReadWrite).value();
    ASSERT_TRUE(migrate(*database, "test", kMigrations));
    ASSERT_TRUE(database->transaction([&]() -> Result<void> {
      TRY(Statement insert, database->prepare("INSERT INTO thing(name, size) VALUES(?1, ?2)"));
      insert.bind(1, std::string_view("a\0b", 3)).bind(2, 1.5);
      return insert.run();
    }));
  }
  auto database = Database::open(path_, Database::Mode::kReadOnly).value();
  Statement read = database->prepare("SELECT name, size FROM thing").value();
  ASSERT_TRUE(read.step().value());
  EXPECT_EQ(read.text(0), std::string("a\0b", 3));
  EXPECT_EQ(read.real(1), 1.5);
  EXPECT_FALSE(read.step().value());
}

TEST_F(OnDisk, AFailedTransactionLeavesNothing) {
  auto database = Database::open(path_, Database::Mode::kReadWrite).value();
  ASSERT_TRUE(migrate(*database, "test", kMigrations));
  const Result<void> done = database->transaction([&]() -> Result<void> {
    TRY_VOID(database->execute("INSERT INTO thing(name) VALUES('one')"));
    return database->execute("INSERT INTO thing(name) VALUES('one')");
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::kConflict);
  Statement count = database->prepare("SELECT count(*) FROM thing").value();
  ASSERT_TRUE(count.step().value());
  EXPECT_EQ(count.integer(0), 0);
}

TEST_F(OnDisk, AFileThatIsNoDatabaseIsCorruptAndNamed) {
  ASSERT_TRUE(files_.write_atomic(path_, std::string(8192, 'x'), 0644));
  const auto opened = Database::open(path_, Database::Mode::kReadWrite);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::kCorrupt);
  EXPECT_NE(opened.error().to_string().find(path_), std::string::npos);
}

TEST_F(OnDisk, ANewerSchemaIsRefusedWithTheVersionNeeded) {
  auto database = Database::open(path_, Database::Mode::kReadWrite).value();
  ASSERT_TRUE(migrate(*database, "test", kMigrations));
  const Result<void> older = migrate(*database, "test", std::span(kMigrations).first(1));
  ASSERT_FALSE(older);
  EXPECT_EQ(older.error().code, Code::kConflict);
  EXPECT_NE(older.error().text.find("version 2"), std::string::npos);
}

TEST_F(OnDisk, ABackupHoldsTheSameRowsAndVerifies) {
  auto database = Database::open(path_, Database::Mode::kReadWrite).value();
  ASSERT_TRUE(migrate(*database, "test", kMigrations));
  ASSERT_TRUE(database->execute("INSERT INTO thing(name) VALUES('kept')"));
  const std::string copy = folder_ + "/copy.db";
  ASSERT_TRUE(database->backup(copy));
  auto restored = Database::open(copy, Database::Mode::kReadOnly).value();
  ASSERT_TRUE(restored->verify());
  Statement read = restored->prepare("SELECT name FROM thing").value();
  ASSERT_TRUE(read.step().value());
  EXPECT_EQ(read.text(0), "kept");
  const auto again = database->backup(copy);
  ASSERT_FALSE(again) << "a backup never overwrites";
  EXPECT_EQ(again.error().code, Code::kExists);
}

}  // namespace
}  // namespace daytwo::ledger
