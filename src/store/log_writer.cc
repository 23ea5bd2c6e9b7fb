#include "store/log_writer.h"

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "env/clock.h"
#include "env/files.h"
#include "store/segment.h"

namespace daytwo::store {

Result<std::unique_ptr<LogWriter>> LogWriter::open(env::Files& files, const env::Clock& clock,
                                                   std::string directory, std::uint64_t number,
                                                   SyncMode sync, StoreMetrics* metrics) {
  std::unique_ptr<LogWriter> out(new LogWriter(files, clock, std::move(directory), sync, metrics));
  TRY(out->file_, out->start_segment(number));
  out->number_ = number;
  out->last_number_ = number;
  out->written_bytes_ = kSegmentHeader.size();
  out->last_sync_ = clock.mono();
  return out;
}

std::string LogWriter::path(std::uint64_t number) const {
  return directory_ + '/' + segment_name(number);
}

Result<std::unique_ptr<env::AppendFile>> LogWriter::start_segment(std::uint64_t number) {
  TRY(auto file, files_.open_append(path(number)));
  if (file->size() > 0) {
    return fail(Code::kExists, fmt::format("{}: a new segment must not exist yet", path(number)));
  }
  TRY_VOID(file->append(kSegmentHeader));
  TRY_VOID(file->sync());
  TRY_VOID(files_.sync_directory(directory_));
  return file;
}

std::uint64_t LogWriter::enqueue(std::string_view records) {
  const std::lock_guard lock(mutex_);
  queue_ += records;
  queued_ += records.size();
  return queued_;
}

std::uint64_t LogWriter::position() const {
  const std::lock_guard lock(mutex_);
  return queued_;
}

bool LogWriter::must_sync() const {
  if (sync_ == SyncMode::kAck) return true;
  return sync_ == SyncMode::kInterval && clock_.mono() - last_sync_ >= kSyncInterval;
}

Result<void> LogWriter::commit(std::uint64_t position) {
  std::unique_lock lock(mutex_);
  CHECK(position <= queued_, "only what was queued can be committed");
  bool waited = false;
  while (done_ < position) {
    if (state_ == State::kBroken || (waited && failed_ >= position)) return fail(why_);
    if (busy_) {
      waited = true;
      turn_.wait(lock);
      continue;
    }
    TRY_VOID(write_queued(lock, must_sync()));
  }
  return {};
}

Result<void> LogWriter::ready() {
  std::unique_lock lock(mutex_);
  if (state_ == State::kOpen) return {};
  if (state_ == State::kBroken) return fail(why_);
  return write_queued(lock, sync_ != SyncMode::kOff);
}

Result<void> LogWriter::sync() {
  std::unique_lock lock(mutex_);
  return write_queued(lock, true);
}

Result<void> LogWriter::tick() {
  std::unique_lock lock(mutex_);
  if (sync_ != SyncMode::kInterval || !unsynced_ || !must_sync()) return {};
  return write_queued(lock, true);
}

Result<void> LogWriter::sync_file() {
  const std::int64_t before = clock_.mono_ns();
  TRY_VOID(file_->sync());
  if (metrics_ != nullptr) {
    metrics_->log_sync_seconds.observe(static_cast<double>(clock_.mono_ns() - before) / 1e9);
  }
  return {};
}

Result<void> LogWriter::write_queued(std::unique_lock<std::mutex>& lock, bool sync) {
  turn_.wait(lock, [&] { return !busy_; });
  if (state_ == State::kBroken) return fail(why_);
  busy_ = true;
  std::string bytes = std::exchange(queue_, {});
  const std::uint64_t end = queued_;
  lock.unlock();

  Result<void> appended = bytes.empty() ? Result<void>() : file_->append(bytes);
  Result<void> synced;
  bool tail_is_known = true;
  if (!appended) {
    // Cut the half-written tail off, so that the same bytes can follow the last good one later.
    tail_is_known = files_.truncate(path(number_), written_bytes_).has_value();
    if (tail_is_known) {
      if (auto again = files_.open_append(path(number_))) {
        file_ = *std::move(again);
      } else {
        tail_is_known = false;
      }
    }
  } else if (sync) {
    synced = sync_file();
  }

  lock.lock();
  busy_ = false;
  if (!appended || !synced) {
    failed_ = end;
    const Error& error = appended ? synced.error() : appended.error();
    settle(error, std::move(bytes), !appended && tail_is_known);
    turn_.notify_all();
    return fail(why_);
  }
  state_ = State::kOpen;
  written_bytes_ += bytes.size();
  if (metrics_ != nullptr) metrics_->log_written_bytes.add(static_cast<double>(bytes.size()));
  done_ = end;
  unsynced_ = !sync && (unsynced_ || !bytes.empty());
  if (sync) {
    last_sync_ = clock_.mono();
    ++syncs_;
  }
  turn_.notify_all();
  return {};
}

void LogWriter::settle(const Error& error, std::string bytes, bool tail_is_known) {
  if (tail_is_known) {
    state_ = State::kFull;
    bytes += queue_;
    queue_ = std::move(bytes);
    why_ = make_error(Code::kUnavailable,
                      fmt::format("the log takes no samples: {}", error.to_string()));
    return;
  }
  state_ = State::kBroken;
  why_ = make_error(
      Code::kUnavailable,
      fmt::format("the log is closed after an unsure write until the store is opened again: {}",
                  error.to_string()));
}

Result<std::uint64_t> LogWriter::rotate() {
  std::unique_lock lock(mutex_);
  TRY_VOID(write_queued(lock, true));
  turn_.wait(lock, [&] { return !busy_; });
  CHECK(queue_.empty(), "nobody appends while the log rotates");
  busy_ = true;
  const std::uint64_t next = ++last_number_;
  lock.unlock();
  auto fresh = start_segment(next);
  // A half-made segment would only be noise; if it cannot be removed it stays, empty of samples.
  if (!fresh) static_cast<void>(files_.remove(path(next)));
  lock.lock();
  busy_ = false;
  turn_.notify_all();
  if (!fresh) return fail_in("starting a segment of the log", std::move(fresh).error());
  file_ = *std::move(fresh);
  number_ = next;
  written_bytes_ = kSegmentHeader.size();
  return next;
}

std::uint64_t LogWriter::segment_bytes() const {
  const std::lock_guard lock(mutex_);
  return written_bytes_ + queue_.size();
}

std::uint64_t LogWriter::segment() const {
  const std::lock_guard lock(mutex_);
  return number_;
}

std::uint64_t LogWriter::syncs() const {
  const std::lock_guard lock(mutex_);
  return syncs_;
}

}  // namespace daytwo::store
