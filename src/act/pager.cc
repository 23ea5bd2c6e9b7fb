#include "act/pager.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "act/deeds.h"
#include "base/hash.h"
#include "base/text.h"

namespace daytwo::act {
namespace {

using facts::Deed;
using facts::DeedKind;
using facts::Finding;
using facts::FindingKind;
using facts::Record;
using facts::RecordPtr;
using facts::State;

// The newest finding of a thread that is a worry; null if none.
RecordPtr finding_of(std::span<const RecordPtr> thread) {
  RecordPtr found;
  for (const RecordPtr& record : thread) {
    const auto* finding = facts::body_as<Finding>(*record);
    if (finding != nullptr && finding->kind != FindingKind::kSource) found = record;
  }
  return found;
}

RecordPtr routed_of(std::span<const RecordPtr> thread) {
  for (const RecordPtr& record : thread) {
    const auto* deed = facts::body_as<Deed>(*record);
    if (deed != nullptr && deed->kind == DeedKind::kRouted) return record;
  }
  return nullptr;
}

bool any_acked(const std::vector<Page>& pages) {
  return std::any_of(pages.begin(), pages.end(), [](const Page& page) { return page.acked; });
}

bool step_queued(const std::vector<Page>& pages, std::int64_t step) {
  return std::any_of(pages.begin(), pages.end(), [step](const Page& page) {
    return page.step == step && page.purpose != PagePurpose::kResolve;
  });
}

// Pages of the occurrence that `routed` speaks of.
std::vector<Page> pages_of(const std::multimap<std::string, Page>& by_worry, const Record& routed) {
  std::vector<Page> out;
  const std::string_view epoch = routed.find_input("epoch");
  const auto [from, to] = by_worry.equal_range(routed.key.value);
  for (auto it = from; it != to; ++it) {
    if (it->second.epoch == epoch) out.push_back(it->second);
  }
  return out;
}

}  // namespace

std::vector<Record> Pager::step(const facts::Snapshot& snapshot, Timestamp now) const {
  std::multimap<std::string, Page> by_worry;
  for (Page& page : pages(snapshot)) {
    std::string worry = page.worry.value;
    by_worry.emplace(std::move(worry), std::move(page));
  }
  std::vector<Record> out;
  snapshot.for_each_thread([&](std::span<const RecordPtr> thread) {
    const RecordPtr record = finding_of(thread);
    if (record == nullptr) return;
    const RecordPtr routed = routed_of(thread);
    const bool is_routed = routed != nullptr && routed->state != State::kClosed;
    const bool is_open = record->state != State::kClosed;
    if (is_open && !is_routed) {
      open_worry(*record, *facts::body_as<Finding>(*record), now, out);
    } else if (is_open) {
      escalate(*record, *routed, pages_of(by_worry, *routed), now, out);
    } else if (is_routed) {
      close_worry(*record, *routed, pages_of(by_worry, *routed), now, out);
    }
  });
  return out;
}

void Pager::open_worry(const Record& record, const Finding& finding, Timestamp now,
                       std::vector<Record>& out) const {
  const Route way = route(finding, settings_.catalog, settings_.people);
  const bool notice = finding.kind == FindingKind::kTripwire;
  const bool tell = (finding.wake || notice) && way.person != nullptr;
  const std::string epoch = std::to_string(record.id.value);

  Record routed;
  routed.ts = now;
  routed.subject = record.subject;
  routed.key = record.key;
  routed.causes = {record.id};
  routed.engine = kEngine;
  routed.inputs = {{"epoch", epoch}, {"has_power", way.has_power ? "yes" : "no"}};
  Deed deed;
  deed.kind = DeedKind::kRouted;
  deed.to = way.owner.empty() && way.person != nullptr ? way.person->name : way.owner;
  deed.by = "daytwo";
  deed.trace = way.trace;
  if (tell) {
    routed.sentence =
        fmt::format("{} {} ({})", notice ? "telling" : "paging", way.person->name, way.sentence);
  } else if (finding.wake) {
    routed.sentence = fmt::format("should page, but {}", way.sentence);
  } else {
    routed.sentence = fmt::format("a ticket, nobody is woken; {}", way.sentence);
  }
  routed.body = std::move(deed);
  out.push_back(std::move(routed));
  if (!tell) return;
  const PagePurpose purpose = notice ? PagePurpose::kNotice : PagePurpose::kPage;
  for (std::size_t i = 0; i < way.person->contacts.size(); ++i) {
    out.push_back(queue(record, *way.person, i, purpose, epoch, 0, now));
  }
}

void Pager::escalate(const Record& record, const Record& routed, const std::vector<Page>& told,
                     Timestamp now, std::vector<Record>& out) const {
  const model::Person* fallback = settings_.people.find(settings_.people.fallback);
  const bool due = now - routed.ts >= settings_.people.escalate_after;
  if (fallback == nullptr || !due || any_acked(told) || !step_queued(told, 0)) return;
  const bool already = step_queued(told, 1) || told.front().to == fallback->name ||
                       told.front().purpose != PagePurpose::kPage;
  if (already) return;
  const std::string epoch(routed.find_input("epoch"));
  for (std::size_t i = 0; i < fallback->contacts.size(); ++i) {
    out.push_back(queue(record, *fallback, i, PagePurpose::kPage, epoch, 1, now));
  }
  out.push_back(
      routed_again(routed, now, State::kChanged,
                   fmt::format("no ack from {} for {}: paging {} too", told.front().to,
                               to_words(settings_.people.escalate_after), fallback->name)));
}

void Pager::close_worry(const Record& record, const Record& routed, const std::vector<Page>& told,
                        Timestamp now, std::vector<Record>& out) const {
  const std::string epoch(routed.find_input("epoch"));
  bool heard = false;
  for (const Page& page : told) {
    if (page.state == PageState::kPending || page.state == PageState::kSending) {
      out.push_back(
          page_deed(page, DeedKind::kCancelled, now, "it ended before the page went out"));
    }
    const model::Person* person = settings_.people.find(page.to);
    if (page.state != PageState::kSent || person == nullptr) continue;
    for (std::size_t i = 0; i < person->contacts.size(); ++i) {
      if (model::to_string(person->contacts[i].method) != page.method) continue;
      out.push_back(queue(record, *person, i, PagePurpose::kResolve, epoch, page.step, now));
      heard = true;
    }
  }
  out.push_back(routed_again(routed, now, State::kClosed,
                             heard ? "it ended; whoever was told hears so" : "it ended"));
}

Record Pager::queue(const Record& about, const model::Person& person, std::size_t contact,
                    PagePurpose purpose, const std::string& epoch, std::int64_t step,
                    Timestamp now) const {
  const std::string method(model::to_string(person.contacts.at(contact).method));
  // The columns that make a message unique [acting.md 14.2]: the same ones give the same key,
  // whatever happens in between.
  const std::string unique = fmt::format("{}\n{}\n{}\n{}\n{}\n{}", about.key.value, epoch, step,
                                         person.name, method, to_string(purpose));
  const auto* finding = facts::body_as<Finding>(about);
  Record record;
  record.ts = now;
  record.subject = person.name;
  record.causes = {about.id};
  record.engine = kEngine;
  record.inputs = {{"worry", about.key.value},
                   {"title", finding != nullptr ? finding->title : about.sentence},
                   {"purpose", std::string(to_string(purpose))},
                   {"epoch", epoch},
                   {"step", std::to_string(step)}};
  Deed deed;
  deed.kind = DeedKind::kQueued;
  deed.idempotency_key = to_hex(crypto_.sha256(unique));
  deed.page = deed.idempotency_key.substr(0, 12);
  deed.to = person.name;
  deed.method = method;
  deed.by = "daytwo";
  deed.until = now;
  record.key = page_key(deed.page);
  record.sentence = fmt::format("a {} for {} by {}", to_string(purpose), person.name, method);
  record.body = std::move(deed);
  return record;
}

Result<std::vector<Record>> Pager::test(const std::string& name, Timestamp now) const {
  const model::Person* person = settings_.people.find(name);
  if (person == nullptr) {
    std::vector<std::string> known;
    for (const auto& [known_name, entry] : settings_.people.by_name) known.push_back(known_name);
    if (known.empty()) {
      return fail(Code::kNotFound,
                  "nobody can be told yet: add people: {NAME: {webhook: URL}} to daytwo.yml");
    }
    return fail(Code::kNotFound,
                fmt::format("nobody is called '{}'; known: {}", name, join_words(known)));
  }
  Record about;
  about.key = WorryKey("test/" + name);
  about.sentence = "This is a test page: nothing is wrong";
  std::vector<Record> out;
  for (std::size_t i = 0; i < person->contacts.size(); ++i) {
    out.push_back(queue(about, *person, i, PagePurpose::kTest, std::to_string(now.ms), 0, now));
  }
  return out;
}

}  // namespace daytwo::act
