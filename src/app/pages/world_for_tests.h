// What pages read, in memory: a journal, samples, a clock and a configuration that tests fill.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "app/ask.h"
#include "app/pages/context.h"
#include "base/check.h"
#include "facts/memory_journal.h"
#include "model/service.h"
#include "series/memory_source.h"
#include "sim/clock.h"

namespace daytwo::app {

// The host is "vm" and time stands at 2026-11-22T00:00:00Z until a test moves it.
struct PageWorld {
  sim::Clock clock;
  facts::MemoryJournal journal;
  series::MemorySource samples;
  std::shared_ptr<Config> config = std::make_shared<Config>();
  int woken = 0;

  [[nodiscard]] PageContext context() {
    return {.clock = clock,
            .journal = journal,
            .source = samples,
            .host = "vm",
            .simulated = false,
            .config = [this]() -> std::shared_ptr<const Config> { return config; },
            .ask = [this](const std::string& query) { return ask(samples, query, clock.wall()); },
            .node = [] { return std::shared_ptr<const observe::NodeView>(); },
            .wake = [this] { ++woken; }};
  }

  // The catalog is what these documents say.
  void declare(const std::string& yaml) {
    const model::CatalogFile file{"shop.yml", yaml};
    auto catalog = model::load_catalog({&file, 1});
    CHECK(catalog.has_value(), "a catalog that reads");
    config->catalog = std::move(*catalog);
  }

  // Appends a record, now.
  facts::RecordPtr append(std::string key, facts::Record record) {
    record.ts = clock.wall();
    record.key = WorryKey(std::move(key));
    auto stored = journal.append({std::move(record)});
    CHECK(stored.has_value(), "a journal in memory takes all");
    return stored->front();
  }

  // Appends a sighting under `key`.
  template <typename T>
  facts::RecordPtr see(std::string key, T what) {
    facts::Record record;
    record.body = facts::Sighting{std::move(what)};
    return append(std::move(key), std::move(record));
  }

  // Appends a finding under `key`.
  facts::RecordPtr find(std::string key, facts::Finding finding, facts::Record record = {}) {
    record.subject = finding.title;
    if (record.sentence.empty()) record.sentence = finding.title;
    record.body = std::move(finding);
    return append(std::move(key), std::move(record));
  }

  // One sample of one series, now.
  void sample(series::Labels labels, double value) {
    CHECK(samples.add(std::move(labels), {{clock.wall(), {value, nullptr}}}).has_value(),
          "a time is sampled once");
  }
};

}  // namespace daytwo::app
