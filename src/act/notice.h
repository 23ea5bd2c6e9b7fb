// Notice: what one message says, before any method shapes it.
#pragma once

#include <functional>
#include <string>

#include "act/page.h"
#include "facts/journal.h"

namespace daytwo::act {

// Makes the link that a person follows: action is "ack", "snooze", "useful", "noise", "not_mine" or
// "show".
using LinkMaker = std::function<std::string(const Page& page, std::string_view action)>;

struct Notice {
  Page page;
  std::string kind;  // of the worry: runout, probe ...
  std::string service;
  std::string subject;
  std::string title;
  std::string sentence;  // the finding's own
  std::string verdict;   // "do it: ..."
  std::string owner;     // who has it and why
  std::string worth;     // loss if left alone, with its interval; empty when unknown
  std::string next_step;
  std::string shadow;  // waiting against waking, computed only
  bool resolved = false;
  Timestamp starts;
  Timestamp ends;  // 0 = still open
  std::string show_url;
  // What the reader may answer by a link; empty unless the message is a page.
  std::string ack_url;
  std::string snooze_url;
  std::string useful_url;
  std::string noise_url;
  std::string not_mine_url;
};

// The notice of `page` as of `snapshot`. Total: what is not known stays empty.
[[nodiscard]] Notice make_notice(const Page& page, const facts::Snapshot& snapshot,
                                 const LinkMaker& link);

}  // namespace daytwo::act
