#include "act/page.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "facts/record.h"

namespace daytwo::act {
namespace {

constexpr std::array<std::string_view, 5> kStates = {"pending", "sending", "sent", "cancelled",
                                                     "undeliverable"};
constexpr std::array<std::string_view, 4> kPurposes = {"page", "resolve", "notice", "test"};

PagePurpose parse_purpose(std::string_view text) {
  for (std::size_t i = 0; i < kPurposes.size(); ++i) {
    if (kPurposes.at(i) == text) return static_cast<PagePurpose>(i);
  }
  return PagePurpose::kPage;
}

void take_queued(Page& page, const facts::Record& record, const facts::Deed& deed) {
  page.id = deed.page;
  page.worry = WorryKey(std::string(record.find_input("worry")));
  page.title = record.find_input("title");
  page.purpose = parse_purpose(record.find_input("purpose"));
  page.epoch = record.find_input("epoch");
  page.step = record.find_input("step") == "1" ? 1 : 0;
  page.to = deed.to;
  page.method = deed.method;
  page.idempotency_key = deed.idempotency_key;
  page.state = PageState::kPending;
  page.created = record.ts;
  page.due = deed.until;
}

void take(Page& page, const facts::Record& record, const facts::Deed& deed) {
  switch (deed.kind) {
    case facts::DeedKind::kQueued:
      take_queued(page, record, deed);
      break;
    case facts::DeedKind::kAttempt:
      // An open attempt is under way until its lease ends; a changed one failed and waits.
      page.state = record.state == facts::State::kOpen ? PageState::kSending : PageState::kPending;
      page.attempt = deed.attempt;
      page.due = deed.until;
      page.error = deed.error;
      break;
    case facts::DeedKind::kSent:
      page.state = PageState::kSent;
      page.sent = record.ts;
      page.error.clear();
      break;
    case facts::DeedKind::kUndeliverable:
      page.state = PageState::kUndeliverable;
      page.error = deed.error;
      break;
    case facts::DeedKind::kCancelled:
      if (page.state != PageState::kSent) page.state = PageState::kCancelled;
      break;
    case facts::DeedKind::kAcked:
      page.acked = record.ts;
      page.acked_by = deed.by;
      break;
    case facts::DeedKind::kFeedback:
      page.vote = deed.vote;
      break;
    case facts::DeedKind::kRouted:
    case facts::DeedKind::kSnoozed:
    case facts::DeedKind::kShadow:
      break;
  }
}

}  // namespace

std::string_view to_string(PageState state) { return kStates.at(static_cast<std::size_t>(state)); }

std::string_view to_string(PagePurpose purpose) {
  return kPurposes.at(static_cast<std::size_t>(purpose));
}

WorryKey page_key(const std::string& id) { return WorryKey("page/" + id); }

Page fold_page(std::span<const facts::RecordPtr> thread) {
  Page page;
  for (const facts::RecordPtr& record : thread) {
    if (const auto* deed = facts::body_as<facts::Deed>(*record)) take(page, *record, *deed);
  }
  CHECK(!page.id.empty(), "a page was queued");
  return page;
}

std::vector<Page> pages(const facts::Snapshot& snapshot) {
  std::vector<Page> out;
  for (const facts::RecordPtr& queued : snapshot.open("queued")) {
    out.push_back(fold_page(snapshot.thread(queued->key)));
  }
  std::sort(out.begin(), out.end(), [](const Page& a, const Page& b) {
    return a.created != b.created ? a.created < b.created : a.id < b.id;
  });
  return out;
}

std::optional<Page> find_page(const facts::Snapshot& snapshot, const std::string& id) {
  const WorryKey key = page_key(id);
  if (snapshot.find("queued", key) == nullptr) return std::nullopt;
  return fold_page(snapshot.thread(key));
}

}  // namespace daytwo::act
