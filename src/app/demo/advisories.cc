#include "app/demo/advisories.h"

#include <fmt/format.h>

#include <array>

namespace daytwo::app {
namespace {

// KEV gives three weeks; the demo is opened two days after it was added.
constexpr Duration kKnownFor = days(2);
constexpr Duration kTimeToMend = days(21);

// The releases whose packages daytwo reads; on others the demo finds nothing.
constexpr std::array<std::string_view, 6> kEcosystems = {"Debian:11",        "Debian:12",
                                                         "Debian:13",        "Ubuntu:22.04:LTS",
                                                         "Ubuntu:24.04:LTS", "Ubuntu:26.04:LTS"};

std::string day_of(Timestamp at) { return to_rfc3339(at).substr(0, 10); }

std::string osv_record(Timestamp published) {
  std::string affected;
  for (const std::string_view ecosystem : kEcosystems) {
    if (!affected.empty()) affected += ',';
    affected += fmt::format(
        R"({{"package":{{"ecosystem":"{}","name":"{}"}},"ranges":[{{"type":"ECOSYSTEM",)"
        R"("events":[{{"introduced":"0"}},{{"fixed":"99:1"}}]}}]}})",
        ecosystem, kDemoPackage);
  }
  return fmt::format(R"({{"id":"DEMO-{0}","modified":"{1}","published":"{1}","upstream":["{0}"],)"
                     R"("summary":"made up for the demo: no such hole exists","affected":[{2}]}})",
                     kDemoVulnerability, to_rfc3339(published), affected);
}

std::string kev_catalogue(Timestamp published) {
  return fmt::format(
      R"({{"title":"made up for the demo","catalogVersion":"1","dateReleased":"{}","count":1,)"
      R"("vulnerabilities":[{{"cveID":"{}","vulnerabilityName":"made up for the demo",)"
      R"("dateAdded":"{}","dueDate":"{}","knownRansomwareCampaignUse":"Unknown"}}]}})",
      to_rfc3339(published), kDemoVulnerability, day_of(published),
      day_of(published + kTimeToMend));
}

std::string epss_table(Timestamp now) {
  return fmt::format("#model_version:demo,score_date:{}\ncve,epss,percentile\n{},0.4,0.97\n",
                     to_rfc3339(now), kDemoVulnerability);
}

}  // namespace

Result<void> write_demo_advisories(env::Files& files, const std::string& folder, Timestamp now) {
  if (files.facts(folder + "/epss.csv")) return {};  // written last
  TRY_VOID(files.make_directories(folder));
  const Timestamp published = now - kKnownFor;
  TRY_VOID(files.write_atomic(folder + "/osv.json", osv_record(published), 0640));
  TRY_VOID(files.write_atomic(folder + "/kev.json", kev_catalogue(published), 0640));
  return files.write_atomic(folder + "/epss.csv", epss_table(now), 0640);
}

}  // namespace daytwo::app
