// Page: one message owed to one contact, told by the Deeds under its own key "page/ID". What the
// journal says is its state:
//
//   queued --attempt--> sending --sent--> sent
//     |  ^                 |
//     |  +-- failed, waits-+
//     +--> cancelled (acked, resolved, snoozed)      undeliverable (permanent error)
//
// A page is owed from the moment its `queued` record is committed, so a crash before the first
// attempt sends it once, and a crash in mid-send sends it again under the same idempotency key.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "facts/journal.h"

namespace daytwo::act {

enum class PageState : std::uint8_t { kPending, kSending, kSent, kCancelled, kUndeliverable };

// "pending", "sending", "sent", "cancelled", "undeliverable".
[[nodiscard]] std::string_view to_string(PageState state);

// Why it is sent.
enum class PagePurpose : std::uint8_t { kPage, kResolve, kNotice, kTest };

// "page", "resolve", "notice", "test".
[[nodiscard]] std::string_view to_string(PagePurpose purpose);

struct Page {
  std::string id;
  WorryKey worry;
  std::string title;
  std::string to;      // a name under `people`
  std::string method;  // webhook, mail
  PagePurpose purpose = PagePurpose::kPage;
  std::int64_t step = 0;
  std::string epoch;  // which occurrence of the worry
  std::string idempotency_key;
  PageState state = PageState::kPending;
  std::int64_t attempt = 0;
  Timestamp created;
  Timestamp due;  // the next attempt, when pending; the end of the lease, when sending
  std::optional<Timestamp> sent;
  std::optional<Timestamp> acked;
  std::string acked_by;
  std::string vote;
  std::string error;
};

// The key of the records about page `id`.
[[nodiscard]] WorryKey page_key(const std::string& id);

// The page told by its thread. REQUIRES: the thread holds a `queued` Deed.
[[nodiscard]] Page fold_page(std::span<const facts::RecordPtr> thread);

// All pages of a snapshot, oldest first. Cost: one pass over the queued records.
[[nodiscard]] std::vector<Page> pages(const facts::Snapshot& snapshot);

// The page called `id`, or nothing.
[[nodiscard]] std::optional<Page> find_page(const facts::Snapshot& snapshot, const std::string& id);

}  // namespace daytwo::act
