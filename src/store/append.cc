// Store::append: resolve series, judge samples, log them, take them into the head, wait for the
// log. Everything before the log may fail without a trace but new, empty series.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "base/units.h"
#include "env/files.h"
#include "series/labels.h"
#include "series/sink.h"
#include "series/source.h"
#include "series/value.h"
#include "store/head.h"
#include "store/histogram_codec.h"
#include "store/record.h"
#include "store/recover.h"
#include "store/series_table.h"
#include "store/store.h"

namespace daytwo::store {
namespace {

constexpr Duration kMaxAhead = minutes(10);       // as Prometheus's own limit for remote write
constexpr Duration kSpaceInterval = seconds(5);   // statvfs is cheap, yet not free per append
constexpr std::size_t kMaxListedRejections = 10;  // series::Appended
constexpr std::size_t kMaxMetadata = 100'000;     // families; far above any real set
// All types, help texts and units together: they are read back as one record at every start.
constexpr std::size_t kMaxMetadataBytes = 32U << 20U;
constexpr std::size_t kRecordBytes = 1U << 20U;  // a larger batch becomes several records

void reject(series::Appended& appended, std::string why) {
  ++appended.rejected_count;
  if (appended.rejected.size() < kMaxListedRejections) appended.rejected.push_back(std::move(why));
}

std::string text_of(std::span<const series::LabelView> labels) {
  return series::Labels(labels).to_string();
}

std::string duplicate_text(std::span<const series::LabelView> labels, const series::Sample& sample,
                           double existing) {
  return fmt::format(
      "duplicate sample for timestamp {}; overrides not allowed: existing {}, new value {}: {}",
      to_rfc3339(sample.at), format_double(existing), format_double(sample.value.number),
      text_of(labels));
}

bool same_value(const series::Value& a, const series::Value& b) {
  if (a.is_histogram() != b.is_histogram()) return false;
  if (a.is_histogram()) return same_bits(*a.histogram, *b.histogram);
  return std::bit_cast<std::uint64_t>(a.number) == std::bit_cast<std::uint64_t>(b.number);
}

bool before(const series::Sample& a, const series::Sample& b) { return a.at < b.at; }

bool in_bounds(Timestamp at, Timestamp latest) { return kMinTimestamp < at && at <= latest; }

// The ordinary case: every sample is good, new, and after the one before it.
bool all_new(const Head& head, std::uint32_t id, std::span<const series::Sample> samples,
             Timestamp latest) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (i > 0 && !before(samples[i - 1], samples[i])) return false;
    if (!in_bounds(samples[i].at, latest)) return false;
    if (head.judge(id, samples[i]) != Verdict::kNew) return false;
  }
  return true;
}

}  // namespace

// One batch on its way: what of each series is new, in time order. Where all of a series is, its
// row points into the batch.
struct Store::Prepared {
  std::vector<std::uint64_t> hashes;
  std::vector<HeadRow> rows;                       // as many as series in the batch
  std::deque<std::vector<series::Sample>> chosen;  // for rows that take only some, or sorted
  series::Appended appended;
};

Result<void> Store::check_space() {
  const std::int64_t now = world_.clock.mono().ms;
  std::int64_t due = next_space_check_ms_;
  // While space is low every append looks, so that the store goes on as soon as it can.
  if (now >= due || space_low_) {
    next_space_check_ms_ = now + kSpaceInterval.ms;
    TRY(const env::SpaceFacts space, world_.files.space(options_.path));
    space_low_ = space.available_bytes < options_.min_free_bytes;
  }
  if (!space_low_) return {};
  return fail(Code::kUnavailable,
              fmt::format("the disk below {} is full: less than {} are free", options_.path,
                          to_words(Bytes{static_cast<std::int64_t>(options_.min_free_bytes)})));
}

Error Store::over_budget(const Head& head, std::span<const series::LabelView> labels) const {
  const auto largest = head.largest_metrics(3);
  std::string who;
  for (const auto& [metric, count] : largest) {
    who += fmt::format("{}{} ({})", who.empty() ? "" : ", ", metric, count);
  }
  return make_error(Code::kLimit,
                    fmt::format("series limit of {} reached; most series: {}; refused {}",
                                options_.max_series, who, text_of(labels)));
}

Result<void> Store::resolve(const series::BatchView& batch, Head& head, Prepared& prepared) {
  for (std::size_t i = 0; i < batch.series.size(); ++i) {
    const std::span<const series::LabelView> labels = batch.series[i].labels;
    HeadRow& row = prepared.rows[i];
    if (const auto id = head.find(labels, prepared.hashes[i])) {
      row.id = *id;
      continue;
    }
    Result<void> allowed = series::check_labels(labels);
    if (allowed && head.series_count() >= options_.max_series) {
      allowed = fail(over_budget(head, labels));
    }
    if (allowed) {
      row.id = head.add_series(labels, prepared.hashes[i]);
      ++prepared.appended.new_series;
    } else if (batch.partial) {
      reject(prepared.appended, allowed.error().text);
    } else {
      return allowed;
    }
  }
  return {};
}

Result<void> Store::judge(const series::BatchView& batch, Head& head, Prepared& prepared) {
  const Timestamp now = world_.clock.wall();
  for (std::size_t i = 0; i < batch.series.size(); ++i) {
    HeadRow& row = prepared.rows[i];
    if (row.id == UINT32_MAX) continue;
    const series::SeriesView& from = batch.series[i];
    if (!all_new(head, row.id, from.samples, now + kMaxAhead)) {
      TRY_VOID(choose(batch, i, head, now, prepared));
      continue;
    }
    row.samples = from.samples;
    for (const series::Sample& sample : from.samples) {
      ++(sample.value.is_histogram() ? prepared.appended.histograms : prepared.appended.samples);
    }
  }
  return {};
}

Result<void> Store::choose(const series::BatchView& batch, std::size_t index, const Head& head,
                           Timestamp now, Prepared& prepared) {
  const series::SeriesView& from = batch.series[index];
  HeadRow& row = prepared.rows[index];
  std::vector<series::Sample>& samples = prepared.chosen.emplace_back();
  const auto refuse = [&](std::string why) -> Result<void> {
    if (!batch.partial) return fail(Code::kInvalid, std::move(why));
    reject(prepared.appended, std::move(why));
    return {};
  };
  for (const series::Sample& sample : from.samples) {
    double existing = 0;
    if (!in_bounds(sample.at, now + kMaxAhead)) {
      TRY_VOID(refuse(fmt::format("out of bounds: {} at {}, now it is {}", text_of(from.labels),
                                  to_rfc3339(sample.at), to_rfc3339(now))));
      continue;
    }
    const Verdict verdict = head.judge(row.id, sample, &existing);
    if (verdict == Verdict::kConflict) {
      TRY_VOID(refuse(duplicate_text(from.labels, sample, existing)));
      continue;
    }
    ++(sample.value.is_histogram() ? prepared.appended.histograms : prepared.appended.samples);
    if (verdict == Verdict::kNew) samples.push_back(sample);
  }
  std::stable_sort(samples.begin(), samples.end(), before);
  for (std::size_t k = 1; k < samples.size(); ++k) {
    const series::Sample& a = samples[k - 1];
    const series::Sample& b = samples[k];
    if (a.at != b.at || same_value(a.value, b.value)) continue;
    --(b.value.is_histogram() ? prepared.appended.histograms : prepared.appended.samples);
    TRY_VOID(refuse(duplicate_text(from.labels, b, a.value.number)));
  }
  const auto repeated =
      std::unique(samples.begin(), samples.end(),
                  [](const series::Sample& a, const series::Sample& b) { return a.at == b.at; });
  samples.erase(repeated, samples.end());
  row.samples = samples;
  return {};
}

std::string Store::records_of(const series::BatchView& batch, Head& head,
                              const Prepared& prepared) {
  std::string out;
  RecordWriter writer;
  for (std::size_t i = 0; i < prepared.rows.size(); ++i) {
    const HeadRow& row = prepared.rows[i];
    if (row.samples.empty()) continue;
    if (!head.defined(row.id)) {
      writer.define(row.id, batch.series[i].labels);
      head.set_defined(row.id);
    }
    for (const series::Sample& sample : row.samples) {
      if (sample.value.is_histogram()) {
        writer.add(row.id, {sample.at, sample.value.histogram});
      } else {
        writer.add({row.id, sample.at, sample.value.number});
      }
    }
    if (writer.size_bytes() >= kRecordBytes) writer.finish(out);
  }
  const std::lock_guard lock(parts_mutex_);
  for (const series::Metadata& metadata : batch.metadata) {
    const auto found = metadata_.find(metadata.family);
    const bool known = found != metadata_.end() && found->second.type == metadata.type &&
                       found->second.help == metadata.help && found->second.unit == metadata.unit;
    if (known || (found == metadata_.end() && metadata_.size() >= kMaxMetadata)) continue;
    const std::size_t before = found == metadata_.end() ? 0 : text_bytes(found->second);
    const std::size_t bytes = metadata_bytes_ - before + text_bytes(metadata);
    if (bytes > kMaxMetadataBytes) continue;
    metadata_bytes_ = bytes;
    metadata_.insert_or_assign(metadata.family, metadata);
    writer.add(metadata);
  }
  writer.finish(out);
  return out;
}

Result<series::Appended> Store::append(const series::BatchView& batch) {
  TRY_VOID(check_space());
  TRY_VOID(log_->ready());
  Prepared prepared;
  prepared.rows.resize(batch.series.size());
  std::string scratch;
  prepared.hashes.reserve(batch.series.size());
  for (const series::SeriesView& from : batch.series) {
    prepared.hashes.push_back(hash_labels(from.labels, scratch));
  }
  std::uint64_t position = 0;
  {
    const std::lock_guard lock(append_mutex_);
    const std::shared_ptr<Head> head = view()->head;
    TRY_VOID(resolve(batch, *head, prepared));
    TRY_VOID(judge(batch, *head, prepared));
    const std::string records = records_of(batch, *head, prepared);
    // A repeated batch adds nothing, but what it repeats may still be on its way to the disk.
    position = records.empty() ? log_->position() : log_->enqueue(records);
    head->add(prepared.rows);
  }
  TRY_VOID(log_->commit(position));
  const series::Appended& done = prepared.appended;
  metrics_.appended_samples.add(static_cast<double>(done.samples + done.histograms));
  metrics_.rejected_samples.add(static_cast<double>(done.rejected_count));
  metrics_.created_series.add(static_cast<double>(done.new_series));
  return std::move(prepared.appended);
}

}  // namespace daytwo::store
