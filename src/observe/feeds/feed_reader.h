// Feeds: advisory files from disk, as the matcher reads them, and a sighting for each.
// Reads OSV (one record, a list, one a line, or a directory of such), KEV and EPSS, plain or packed
// with gzip or zstd; the content tells which. A bad record is skipped, counted and named; a file
// that cannot be read is said and keeps nothing from the others. Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "env/files.h"
#include "facts/journal.h"
#include "model/software/advisory.h"
#include "observe/observation.h"
#include "observe/sighting_table.h"

namespace daytwo::observe {

// Largest file, unpacked. All of OSV for one ecosystem is far below it.
inline constexpr std::size_t kMaxFeedBytes = std::size_t{1} << 30U;
// Files taken from one directory.
inline constexpr std::size_t kMaxFeedFiles = 500'000;

// What a reading gave.
struct LoadedFeeds {
  model::AdvisoryFeeds feeds;
  std::vector<facts::Record> records;  // sightings of feeds that changed
  std::vector<std::string> problems;   // one sentence a file that could not be used, with its path
};

class FeedReader {
 public:
  // `paths` are files or directories of the configuration, in order.
  FeedReader(const env::Files& files, std::vector<std::string> paths);

  // Takes the counts that the journal holds: a feed that shrank to less than half of them is
  // refused until a person accepts it.
  void restore(std::span<const facts::RecordPtr> records);

  // True when a file came, went or changed since load().
  [[nodiscard]] bool changed() const;

  // Reads everything again. `accept_shrunk` takes feeds that lost more than half of their records.
  // Cost: about 1 s for 300 MB of unpacked records.
  [[nodiscard]] LoadedFeeds load(Timestamp now, bool accept_shrunk = false);

 private:
  struct Stamp {
    std::uint64_t size_bytes = 0;
    std::int64_t modified_ms = 0;
    bool operator==(const Stamp&) const = default;
  };
  [[nodiscard]] std::vector<std::string> expand(const std::string& path,
                                                std::vector<std::string>* problems) const;
  [[nodiscard]] std::map<std::string, Stamp> stamps() const;
  // One configured path: all its files count as one feed.
  void load_path(const std::string& path, bool accept_shrunk, LoadedFeeds& out);

  const env::Files& files_;
  const std::vector<std::string> paths_;
  std::map<std::string, Stamp> read_;           // by file, at the last load()
  std::map<std::string, std::int64_t> counts_;  // by path, of the last reading that was taken
  SightingTable sightings_;
};

}  // namespace daytwo::observe
