// What a server runs on, read in one place: by its start, by its reload, and by `daytwo check
// config`, so that what passes the check is what starts.
// Thread rule: any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/settings.h"
#include "base/result.h"
#include "env/files.h"
#include "facts/journal.h"
#include "orient/orient.h"

namespace daytwo::app {

// The configuration of a server with these settings: its file, the URLs of `daytwo watch`, the
// flags. Without a storage path there are no such URLs and no baseline by default.
// Errors: those of load_config, and of the watch list.
[[nodiscard]] Result<Config> gather_config(const env::Files& files, const Settings& settings);

// What judgement compares with. A broken advisory file costs only itself: it is a problem in
// `declared`, beside what could be read.
struct ReadDeclarations {
  orient::Declarations declared;
  std::vector<facts::Record> sightings;  // of the advisory feeds that are new or changed
};

// Reads the advisories and the baseline that `config` names. `known` is what the journal holds of
// feeds. Errors: a baseline that does not read.
[[nodiscard]] Result<ReadDeclarations> read_declarations(const env::Files& files,
                                                         const Config& config,
                                                         std::span<const facts::RecordPtr> known,
                                                         Timestamp now);

// The password for the mail server of `config`, empty without one. Errors: those of the file.
[[nodiscard]] Result<std::string> read_mail_password(const env::Files& files, const Config& config);

}  // namespace daytwo::app
