#include "app/asking.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace daytwo::app {
namespace {

// A probe or scrape waits for at most its timeout, so a handful of threads serve some hundred
// targets.
constexpr std::size_t kWorkers = 4;
constexpr std::size_t kMaxWaiting = 1024;

Result<observe::ProbeTarget> probe_of(const Watch& watch) {
  TRY_IN("watch", observe::ProbeTarget target, observe::make_probe(watch.url));
  target.interval = watch.interval;
  target.timeout = watch.timeout;
  for (const std::int64_t status : watch.status)
    target.statuses.push_back(static_cast<int>(status));
  target.body_match = watch.body;
  target.max_redirects = watch.max_redirects;
  target.verify_tls = watch.verify_tls;
  return target;
}

}  // namespace

Result<std::vector<observe::ProbeTarget>> probes_of(const Config& config) {
  std::vector<observe::ProbeTarget> out;
  std::set<std::string> urls;
  const auto add = [&](const Watch& watch, const std::string& service) -> Result<void> {
    if (!urls.insert(watch.url).second) return {};
    TRY(observe::ProbeTarget target, probe_of(watch));
    target.service = service;
    out.push_back(std::move(target));
    return {};
  };
  for (const Watch& watch : config.watches) {
    const model::Service* service = config.catalog.probed(watch.url);
    TRY_VOID(add(watch, service == nullptr ? "" : service->id.value));
  }
  for (const model::Service& service : config.catalog.all()) {
    for (const std::string& url : service.probes) {
      Watch watch;
      watch.url = url;
      TRY_VOID(add(watch, service.id.value));
    }
  }
  return out;
}

std::vector<observe::ScrapeTarget> scrapes_of(const Config& config) {
  std::vector<observe::ScrapeTarget> out;
  for (const ScrapeJob& job : config.scrapes) {
    for (const ScrapeJob::Group& group : job.groups) {
      for (const std::string& address : group.targets) {
        observe::ScrapeTarget target;
        target.job = job.job;
        target.url = fmt::format("{}://{}{}{}{}", job.scheme, address, job.path,
                                 job.query.empty() ? "" : "?", job.query);
        target.instance = address;
        for (const auto& [name, value] : group.labels) target.labels.push_back({name, value});
        target.interval = job.interval;
        target.timeout = job.timeout;
        target.honor_labels = job.honor_labels;
        target.honor_timestamps = job.honor_timestamps;
        target.sample_limit = job.sample_limit;
        target.label_limit = job.label_limit;
        target.label_name_length_limit = job.label_name_length_limit;
        target.label_value_length_limit = job.label_value_length_limit;
        target.access = job.access;
        if (!job.follow_redirects) target.max_redirects = 0;
        out.push_back(std::move(target));
      }
    }
  }
  return out;
}

Asking::Asking(AskingWorld world, std::function<void(observe::Observation)> store)
    : world_(world), store_(std::move(store)), workers_(world.threads, kWorkers, kMaxWaiting) {}

Result<void> Asking::configure(const Config& config) {
  TRY(std::vector<observe::ProbeTarget> probes, probes_of(config));
  auto prober = std::make_shared<observe::Prober>(std::move(probes), world_.http, world_.sockets,
                                                  world_.clock);
  prober->restore(world_.journal.snapshot().of_room("observe"));
  auto scraper = std::make_shared<observe::Scraper>(scrapes_of(config), world_.http, world_.files,
                                                    world_.clock);
  std::shared_ptr<observe::Scraper> before;
  {
    const std::lock_guard lock(mutex_);
    before = std::exchange(scraper_, std::move(scraper));
    prober_ = std::move(prober);
  }
  if (before != nullptr) store_(before->stop(world_.clock.wall()));
  return {};
}

template <typename Asker>
void Asking::start_due(const std::shared_ptr<Asker>& asker, Timestamp now) {
  if (asker == nullptr) return;
  for (const std::size_t index : asker->take_due(now)) {
    const auto run = [this, asker, index] { store_(asker->run(index, world_.clock.wall())); };
    // More waits than would ever be answered in time: then asking slows the caller down instead of
    // being lost.
    if (!workers_.submit(run, false)) run();
  }
}

void Asking::step(Timestamp now) {
  std::shared_ptr<observe::Prober> prober;
  std::shared_ptr<observe::Scraper> scraper;
  {
    const std::lock_guard lock(mutex_);
    prober = prober_;
    scraper = scraper_;
  }
  start_due(prober, now);
  start_due(scraper, now);
}

std::vector<std::pair<observe::ScrapeTarget, observe::TargetState>> Asking::targets() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<observe::ScrapeTarget, observe::TargetState>> out;
  if (scraper_ == nullptr) return out;
  for (std::size_t i = 0; i < scraper_->targets().size(); ++i) {
    out.emplace_back(scraper_->targets()[i], scraper_->state(i));
  }
  return out;
}

std::vector<std::string> Asking::watched() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  if (prober_ == nullptr) return out;
  for (const observe::ProbeTarget& target : prober_->targets()) out.push_back(target.url);
  return out;
}

}  // namespace daytwo::app
