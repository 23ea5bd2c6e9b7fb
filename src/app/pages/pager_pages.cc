#include "app/pages/pager_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "act/reply.h"
#include "base/hash.h"
#include "base/text.h"
#include "learn/waiting.h"

namespace daytwo::app {
namespace {

// Newest pages that one answer holds.
constexpr std::size_t kMaxRows = 500;

api::PageState to_state(const act::Page& page) {
  switch (page.state) {
    case act::PageState::kPending:
      return api::PageState::kPending;
    case act::PageState::kSending:
      return api::PageState::kSending;
    case act::PageState::kSent:
      return api::PageState::kSent;
    case act::PageState::kCancelled:
      return api::PageState::kCancelled;
    case act::PageState::kUndeliverable:
      return api::PageState::kUndeliverable;
  }
  return api::PageState::kPending;
}

api::PagePurpose to_purpose(act::PagePurpose purpose) {
  switch (purpose) {
    case act::PagePurpose::kPage:
      return api::PagePurpose::kPage;
    case act::PagePurpose::kResolve:
      return api::PagePurpose::kResolve;
    case act::PagePurpose::kNotice:
      return api::PagePurpose::kNotice;
    case act::PagePurpose::kTest:
      return api::PagePurpose::kTest;
  }
  return api::PagePurpose::kPage;
}

api::PageRow to_row(const act::Page& page, const facts::Snapshot& snapshot) {
  api::PageRow row;
  row.id = page.id;
  row.worry = short_id(page.worry.value);
  row.title = page.purpose == act::PagePurpose::kPage
                  ? page.title
                  : fmt::format("{}: {}", act::to_string(page.purpose), page.title);
  row.to = page.to;
  row.method = page.method;
  row.purpose = to_purpose(page.purpose);
  row.state = to_state(page);
  row.attempt = page.attempt;
  row.created = page.created;
  row.sent = page.sent;
  row.acked = page.acked;
  row.acked_by = page.acked_by;
  row.vote = page.vote;
  const bool woke = page.purpose == act::PagePurpose::kPage;
  const auto shadow = woke ? snapshot.find("shadow", page.worry) : nullptr;
  if (shadow != nullptr && shadow->find_input("epoch") == page.epoch) {
    row.shadow = shadow->sentence;
    const auto score = snapshot.find("scored", learn::waiting_key(page.worry));
    if (score != nullptr && score->find_input("epoch") == page.epoch) {
      row.shadow += " In hindsight: " + score->sentence + ".";
    }
  }
  row.error = page.error;
  return row;
}

std::string sentence_of(const std::vector<act::Page>& pages) {
  const auto count = [&](act::PageState state) {
    return std::count_if(pages.begin(), pages.end(),
                         [state](const act::Page& page) { return page.state == state; });
  };
  if (pages.empty()) return "Nobody was paged.";
  const auto waiting = std::count_if(pages.begin(), pages.end(), [](const act::Page& page) {
    return page.purpose == act::PagePurpose::kPage && !page.acked &&
           page.state != act::PageState::kCancelled;
  });
  std::string out = waiting == 0
                        ? std::string("No page waits for an answer")
                        : counted(static_cast<std::size_t>(waiting), "page waits", "pages wait") +
                              " for an answer";
  out += fmt::format("; {} of {} sent", count(act::PageState::kSent),
                     counted(pages.size(), "message", "messages"));
  const auto owed = count(act::PageState::kPending) + count(act::PageState::kSending);
  if (owed > 0) out += fmt::format(", {} owed", owed);
  const auto lost = count(act::PageState::kUndeliverable);
  if (lost > 0) out += fmt::format(", {} could not be delivered", lost);
  return out + '.';
}

std::string_view vote_name(api::Vote vote) {
  return json_names(vote)[static_cast<std::size_t>(vote)];
}

}  // namespace

Result<api::PagesPage> PagerPages::pages() {
  api::PagesPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  std::vector<act::Page> all = act::pages(snapshot);
  page.sentence = sentence_of(all);
  std::reverse(all.begin(), all.end());
  if (all.size() > kMaxRows) all.resize(kMaxRows);
  for (const act::Page& one : all) page.pages.push_back(to_row(one, snapshot));
  if (context_.config()->people.by_name.empty()) {
    page.teach = "people: {me: {webhook: \"http://127.0.0.1:9000/hook\"}}\nnotify: {fallback: me}";
  } else if (all.empty()) {
    page.teach = "daytwo page test";
  }
  return page;
}

Result<api::PagesPage> PagerPages::store(Result<std::vector<facts::Record>> records) {
  if (!records) return fail(std::move(records).error());
  if (!records->empty()) {
    TRY_VOID(context_.journal.append(std::move(*records)));
    context_.wake();
  }
  return pages();
}

Result<api::PagesPage> PagerPages::acknowledge(const std::string& id, const std::string& by) {
  return store(act::acknowledge(context_.journal.snapshot(), id, by, context_.clock.wall()));
}

Result<api::PagesPage> PagerPages::snooze(const std::string& id, Duration span,
                                          const std::string& by) {
  return store(act::snooze(context_.journal.snapshot(), id, span, by, context_.clock.wall()));
}

Result<api::PagesPage> PagerPages::feedback(const std::string& id, api::Vote vote,
                                            const std::string& by) {
  return store(act::feedback(context_.journal.snapshot(), id, std::string(vote_name(vote)), by,
                             context_.clock.wall()));
}

Result<api::PagesPage> PagerPages::test(const std::string& to, const std::string&) {
  const std::shared_ptr<const act::Pager> pager = pager_();
  if (!to.empty()) return store(pager->test(to, context_.clock.wall()));
  const std::shared_ptr<const Config> config = context_.config();
  if (config->people.by_name.empty()) return store(pager->test("", context_.clock.wall()));
  std::vector<facts::Record> all;
  for (const auto& [name, person] : config->people.by_name) {
    TRY(std::vector<facts::Record> one, pager->test(name, context_.clock.wall()));
    for (facts::Record& record : one) all.push_back(std::move(record));
  }
  return store(std::move(all));
}

}  // namespace daytwo::app
