#include "orient/runout.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "base/units.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/service.h"
#include "orient/columns.h"
#include "orient/detector.h"
#include "orient/first_passage.h"
#include "orient/trend.h"
#include "orient/words.h"
#include "series/labels.h"

namespace daytwo::orient {
namespace {

// Samples newer than the episode by one scrape, so that its first increment has a start.
constexpr Duration kLookBack = kEpisode + minutes(1);
// Nothing is left below this share of the size: what remains is rounding and reserved blocks.
constexpr double kFullShare = 0.001;
constexpr double kDay = 86400;
// cgroup v1 prints "no limit" as 2^63 rounded down to a page.
constexpr double kNoLimit = 4.0e18;

std::string amount_words(double amount, const std::string& unit) {
  if (unit == "bytes") return to_words(Bytes{static_cast<std::int64_t>(amount)});
  return number_words(amount) + " " + unit;
}

bool is_full(const Resource& resource, double left) {
  return left <= 0 || (resource.size > 0 && left < kFullShare * resource.size);
}

Claim claim_of(const Resource& resource, std::string title, std::string sentence,
               std::string state) {
  Claim claim =
      make_claim(facts::FindingKind::kRunOut, "runout/" + resource.host + "/" + resource.what,
                 resource.noun, std::move(title), std::move(sentence), std::move(state));
  facts::Finding& finding = finding_of(claim);
  finding.service = resource.service;
  finding.option = resource.option;
  finding.next_step = resource.next_step;
  finding.horizon = days(1);
  finding.evidence.push_back({"what is left", resource.query, 0});
  finding.truth_query = fmt::format("min_over_time({}[1m]) <= bool {}", resource.query,
                                    format_double(kFullShare * resource.size));
  claim.record.inputs = {{"host", resource.host}, {"unit", resource.unit}};
  return claim;
}

Claim claim_full(const Resource& resource, double left) {
  Claim claim =
      claim_of(resource,
               resource.noun + (resource.noun.starts_with("inodes ") ? " are used up" : " is full"),
               fmt::format("{} on {} is full: {} left", resource.noun, resource.host,
                           amount_words(std::max(left, 0.0), resource.unit)),
               "full");
  finding_of(claim).wake = true;
  finding_of(claim).symptom = true;
  add_amount(claim, "days_to_runout", chance::exactly(0), model::kDaysToRunOut, model::kNow);
  add_amount(claim, "chance", chance::exactly(1), model::kProbability, model::kADay);
  return claim;
}

Claim claim_filling(const Resource& resource, const Trend& trend, Timestamp now) {
  const PassageForecast forecast(trend.last, trend.slope);
  chance::Estimate in_seconds = forecast.estimate(1);
  const double age = (now - trend.at).seconds();
  const double within_a_day = forecast.cdf(kDay);
  const double watched = (trend.at - trend.began).seconds();
  const bool wake = within_a_day > kPageChance && in_seconds.p50 <= kReach * watched;
  const Timestamp date =
      trend.at + seconds(static_cast<std::int64_t>(std::llround(in_seconds.p50)));
  Claim claim = claim_of(
      resource,
      resource.noun + (resource.noun.starts_with("inodes ") ? " are filling" : " is filling"),
      fmt::format(
          "{} on {} is full about {}, in {} ({} to {}, 90 %): {} left, going at {} a second "
          "for {}",
          resource.noun, resource.host, to_clock(date),
          span_words(std::max(in_seconds.p50 - age, 0.0)), span_words(in_seconds.p05),
          span_words(in_seconds.p95), amount_words(trend.last, resource.unit),
          amount_words(trend.slope.mean / trend.slope.step_seconds, resource.unit),
          span_words(watched)),
      wake ? "filling, page" : "filling");
  finding_of(claim).wake = wake;
  add_amount(claim, "days_to_runout", chance::scaled(in_seconds, 1 / kDay), model::kDaysToRunOut,
             model::kNow);
  add_amount(claim, "chance", chance::exactly(within_a_day), model::kProbability, model::kADay);
  claim.record.inputs.push_back({"date", to_rfc3339(date)});
  claim.record.inputs.push_back({"increments", std::to_string(trend.slope.count)});
  claim.record.inputs.push_back(
      {"drift a second", format_double(trend.slope.mean / trend.slope.step_seconds)});
  claim.record.inputs.push_back({"left", format_double(trend.last)});
  claim.record.inputs.push_back({"left at", to_rfc3339(trend.at)});
  claim.record.inputs.push_back({"mean of an increment", format_double(trend.slope.mean)});
  claim.record.inputs.push_back({"variance of an increment", format_double(trend.slope.variance)});
  claim.record.inputs.push_back(
      {"seconds of an increment", format_double(trend.slope.step_seconds)});
  claim.record.inputs.push_back({"false alarms an episode", format_double(kFalseAlarm)});
  return claim;
}

// Filesystems that cannot fill, or are full by nature.
bool cannot_fill(std::string_view type) {
  static constexpr std::string_view kTypes[] = {"squashfs", "iso9660",  "erofs",   "cramfs",
                                                "ramfs",    "devtmpfs", "efivarfs"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

// The labels that name a filesystem: (host, mountpoint).
using MountKey = std::pair<std::string, std::string>;

MountKey mount_of(const series::Labels& labels, const View& view) {
  return {host_of(labels, view), std::string(labels.get("mountpoint"))};
}

Result<std::map<MountKey, double>> newest_by_mount(const View& view, std::string_view metric) {
  TRY(const auto columns, recent(view, metric, minutes(5)));
  std::map<MountKey, double> out;
  for (const auto& [labels, column] : columns) {
    if (const auto value = newest(column)) out[mount_of(labels, view)] = *value;
  }
  return out;
}

// One filesystem is mounted at several places: the shortest path speaks for it.
void keep_one_mount_a_device(std::vector<std::pair<std::string, Resource>>& found) {
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    const auto length = [](const auto& item) { return item.second.noun.size(); };
    return std::tuple(length(a), a.second.noun) < std::tuple(length(b), b.second.noun);
  });
  std::set<std::pair<std::string, std::string>> devices;
  std::erase_if(found, [&](const auto& item) {
    const bool names_a_device = item.first.starts_with("/");
    return names_a_device && !devices.emplace(item.second.host, item.first).second;
  });
}

struct Kind {
  std::string_view left;
  std::string_view size;
  std::string_view prefix;
  std::string_view unit;
  std::string_view look;
};
constexpr Kind kBytesKind{"node_filesystem_avail_bytes", "node_filesystem_size_bytes",
                          "filesystem:", "bytes", "see what grows: du -x -d2 {0} | sort -n | tail"};
constexpr Kind kInodesKind{"node_filesystem_files_free", "node_filesystem_files",
                           "inodes:", "inodes",
                           "see where the files are: du -x -d2 --inodes {0} | sort -n | tail"};

Result<std::vector<Resource>> filesystems(const View& view, const Kind& kind) {
  TRY(auto columns, recent(view, kind.left, kLookBack));
  TRY(const auto sizes, newest_by_mount(view, kind.size));
  TRY(const auto read_only, newest_by_mount(view, "node_filesystem_readonly"));
  std::vector<std::pair<std::string, Resource>> found;
  for (auto& [labels, column] : columns) {
    const MountKey key = mount_of(labels, view);
    const auto locked = read_only.find(key);
    if (cannot_fill(labels.get("fstype")) || (locked != read_only.end() && locked->second > 0)) {
      continue;
    }
    const auto size = sizes.find(key);
    // Some filesystems have no fixed number of inodes and print 0 of 0.
    if (size == sizes.end() || size->second <= 0) continue;
    Resource resource;
    resource.host = key.first;
    resource.noun = kind.unit == "bytes" ? key.second : "inodes of " + key.second;
    resource.what = std::string(kind.prefix) + key.second;
    resource.unit = kind.unit;
    resource.query = labels.to_string();
    resource.option = "clean or grow the filesystem";
    resource.next_step = fmt::format(fmt::runtime(kind.look), key.second);
    resource.size = size->second;
    resource.left = std::move(column);
    found.emplace_back(std::string(labels.get("device")), std::move(resource));
  }
  keep_one_mount_a_device(found);
  std::vector<Resource> out;
  for (auto& [device, resource] : found) out.push_back(std::move(resource));
  return out;
}

// limit - working set, where both are known. A limit set in between moves the whole column.
Result<std::vector<Resource>> memory_limits(const View& view) {
  TRY(const auto used, recent(view, "daytwo_cgroup_memory_working_set_bytes", kLookBack));
  TRY(const auto limits, recent(view, "daytwo_cgroup_memory_limit_bytes", kLookBack));
  std::map<series::Labels, double> limit_of;
  for (const auto& [labels, column] : limits) {
    if (const auto limit = newest(column); limit && *limit > 0 && *limit < kNoLimit) {
      limit_of[labels.without(series::kMetricName)] = *limit;
    }
  }
  std::vector<Resource> out;
  for (const auto& [labels, column] : used) {
    const auto limit = limit_of.find(labels.without(series::kMetricName));
    if (limit == limit_of.end()) continue;
    Resource resource;
    const std::string workload(labels.get("workload"));
    resource.host = host_of(labels, view);
    resource.noun =
        "memory of " + (workload.empty() ? std::string(labels.get("cgroup")) : workload);
    resource.what = "memory:" + std::string(labels.get("cgroup"));
    resource.unit = "bytes";
    const model::Service* service = view.catalog.running(workload);
    if (service != nullptr) resource.service = service->id.value;
    const series::Labels bare = labels.without(series::kMetricName);
    resource.query = fmt::format(
        "(daytwo_cgroup_memory_limit_bytes{0} - "
        "daytwo_cgroup_memory_working_set_bytes{0})",
        bare.to_string());
    resource.option = "raise the limit or stop the growth";
    resource.next_step = "the memory cap finding says whether it leaks or has too little";
    resource.size = limit->second;
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (!std::isnan(column.numbers[i])) {
        resource.left.push({column.times[i], {limit->second - column.numbers[i], nullptr}});
      }
    }
    out.push_back(std::move(resource));
  }
  return out;
}

// One list of resources, judged; counts how far each is from being able to say something.
struct Tally {
  std::set<std::string> hosts;  // with at least one sample now
  std::size_t watched = 0;
  std::size_t too_short = 0;
  std::size_t most = 0;  // increments of the longest among the too short
};

void judge_all(const Result<std::vector<Resource>>& resources, std::string_view unknown_prefix,
               Timestamp now, Judgement& out, Tally& tally) {
  if (!resources) {
    out.unknown.emplace_back(unknown_prefix);
    return;
  }
  for (const Resource& resource : *resources) {
    const TrendReading reading = read_trend(resource.left, now);
    ++tally.watched;
    if (!reading.last) {
      // Measured before and not now: the finding stays until something is known again.
      out.unknown.push_back("runout/" + resource.host + "/" + resource.what);
      continue;
    }
    tally.hosts.insert(resource.host);
    if (reading.increments < kMinIncrements) {
      ++tally.too_short;
      tally.most = std::max(tally.most, reading.increments);
    }
    if (auto claim = judge_resource(resource, reading, now)) {
      out.claims.push_back(*std::move(claim));
    }
  }
}

// A host that measures nothing any more is not known to be well: what was open there stays. What is
// gone from a host that still measures is gone (unmounted, stopped).
void keep_silent_hosts(const View& view, const Tally& tally, Judgement& out) {
  for (const auto& record : view.snapshot.open("runout")) {
    if (!tally.hosts.contains(std::string(record->find_input("host")))) {
      out.unknown.push_back(record->key.value);
    }
  }
}

Claim source_of(const Tally& tally) {
  if (tally.watched == 0) {
    return make_source_claim("runout", "no filesystem or memory limit has samples yet",
                             "wait for the first scan, or scrape a node_exporter", "nothing seen");
  }
  if (tally.too_short == tally.watched) {
    return make_source_claim(
        "runout",
        fmt::format("a trend needs {} steps of at least 5 s; the longest has {}", kMinIncrements,
                    tally.most),
        "wait a minute", "too short");
  }
  return make_source_claim("runout",
                           fmt::format("{} watched for a trend; a fill over days is not seen yet",
                                       counted(tally.watched, "capacity", "capacities")),
                           "", "ok");
}

std::optional<double> number_in(std::string_view text) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Path> path_of(const facts::Record& record) {
  const auto number = [&](std::string_view name) { return number_in(record.find_input(name)); };
  const auto at = parse_rfc3339(record.find_input("left at"));
  const auto left = number("left");
  const auto mean = number("mean of an increment");
  const auto variance = number("variance of an increment");
  const auto step = number("seconds of an increment");
  const auto count = number("increments");
  if (!at || !left || !mean || !variance || !step || !count) return std::nullopt;
  if (*count < 3 || *step <= 0 || *variance < 0) return std::nullopt;
  const Slope slope{*mean, *variance, static_cast<std::size_t>(*count), *step};
  return Path{*at, PassageForecast(*left, slope)};
}

std::optional<Claim> judge_resource(const Resource& resource, const TrendReading& reading,
                                    Timestamp now) {
  if (!reading.last) return std::nullopt;
  if (is_full(resource, *reading.last)) return claim_full(resource, *reading.last);
  if (!reading.trend) return std::nullopt;
  return claim_filling(resource, *reading.trend, now);
}

Judgement RunOut::judge(const View& view) {
  Judgement out;
  Tally tally;
  judge_all(filesystems(view, kBytesKind), "runout/", view.now, out, tally);
  judge_all(filesystems(view, kInodesKind), "runout/", view.now, out, tally);
  judge_all(memory_limits(view), "runout/", view.now, out, tally);
  keep_silent_hosts(view, tally, out);
  out.claims.push_back(source_of(tally));
  return out;
}

bool RunOut::moved(const facts::Record& before, const facts::Record& after) const {
  const auto old_date = parse_rfc3339(before.find_input("date"));
  const auto new_date = parse_rfc3339(after.find_input("date"));
  if (!old_date || !new_date) return false;
  const std::int64_t shift = std::abs((*new_date - *old_date).ms);
  const std::int64_t left = std::max<std::int64_t>((*old_date - before.ts).ms, 0);
  return shift > days(1).ms || shift > std::max(left / 10, minutes(1).ms);
}

std::string RunOut::closing_sentence(const facts::Record& before) const {
  return before.subject + " no longer runs out: it has stopped filling or was cleaned";
}

}  // namespace daytwo::orient
