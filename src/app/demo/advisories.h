// One made-up vulnerability, so that the demo's page of security has something to say: known to be
// exploited for two days when the demo is first opened, in a library that every process of the shop
// has in its memory. Its number is of a year without numbers: nobody takes it for a real one.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"
#include "env/files.h"

namespace daytwo::app {

// What it is called on pages, and the source package it is said to be in.
inline constexpr std::string_view kDemoVulnerability = "CVE-1900-0001";
inline constexpr std::string_view kDemoPackage = "curl";

// Writes it as three feeds (OSV, KEV, EPSS) into `folder`, dated from `now`; what is there stays,
// so that it grows older with the data folder. Errors: those of the files.
[[nodiscard]] Result<void> write_demo_advisories(env::Files& files, const std::string& folder,
                                                 Timestamp now);

}  // namespace daytwo::app
