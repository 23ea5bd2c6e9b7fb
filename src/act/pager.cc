#include "act/pager.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "act/deeds.h"
#include "base/hash.h"
#include "base/text.h"
#include "facts/incidents.h"
#include "facts/written.h"

namespace daytwo::act {
namespace {

using facts::Deed;
using facts::DeedKind;
using facts::Finding;
using facts::FindingKind;
using facts::Record;
using facts::RecordPtr;
using facts::State;

bool any_acked(const std::vector<Page>& pages) {
  return std::any_of(pages.begin(), pages.end(), [](const Page& page) { return page.acked; });
}

bool step_queued(const std::vector<Page>& pages, std::int64_t step) {
  return std::any_of(pages.begin(), pages.end(), [step](const Page& page) {
    return page.step == step && page.purpose != PagePurpose::kResolve;
  });
}

// Somebody who was told cannot help: wrong owner, or no access.
bool passed_on(const std::vector<Page>& pages) {
  return std::any_of(pages.begin(), pages.end(), [](const Page& page) {
    return page.vote == "not_mine" || page.vote == "no_power";
  });
}

// What people said about pages, by the words of the page.
using VotesByTitle = std::map<std::string, Votes, std::less<>>;

VotesByTitle votes_on(const std::multimap<std::string, Page>& by_worry) {
  VotesByTitle out;
  for (const auto& [worry, page] : by_worry) {
    if (page.vote == "useful") ++out[page.title].useful;
    if (page.vote == "noise") ++out[page.title].noise;
  }
  return out;
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

Pager::Worry Pager::read(std::span<const RecordPtr> thread) {
  Worry out;
  for (const RecordPtr& record : thread) {
    const auto* finding = facts::body_as<Finding>(*record);
    const auto* choice = facts::body_as<facts::Choice>(*record);
    const auto* deed = facts::body_as<Deed>(*record);
    if (finding != nullptr && facts::is_worry(finding->kind)) out.finding = record;
    if (choice != nullptr && choice->kind == facts::ChoiceKind::kVerdict) out.verdict = record;
    if (deed != nullptr && deed->kind == DeedKind::kRouted) out.routed = record;
    if (deed != nullptr && deed->kind == DeedKind::kShadow) out.shadow = record;
  }
  return out;
}

bool Pager::grew_into_a_page(const Worry& worry) {
  return facts::body_as<Finding>(*worry.finding)->wake && worry.told.empty() &&
         worry.routed->find_input("wakes") == "no";
}

std::vector<Record> Pager::step(const facts::Snapshot& snapshot, Timestamp now) const {
  std::multimap<std::string, Page> by_worry;
  for (Page& page : pages(snapshot)) {
    std::string worry = page.worry.value;
    by_worry.emplace(std::move(worry), std::move(page));
  }
  const VotesByTitle votes = votes_on(by_worry);
  const model::IncidentHours incidents = facts::incident_hours(snapshot);
  std::vector<Record> out;
  snapshot.for_each_thread([&](std::span<const RecordPtr> thread) {
    Worry worry = read(thread);
    if (worry.finding == nullptr) return;
    const auto& finding = *facts::body_as<Finding>(*worry.finding);
    const auto said = votes.find(finding.title);
    if (said != votes.end()) worry.votes = said->second;
    const bool is_routed = worry.routed != nullptr && worry.routed->state != State::kClosed;
    const bool is_open = worry.finding->state != State::kClosed;
    if (is_open && finding.wake) worry.mending = model::mending_of(incidents, finding.service);
    if (is_routed) worry.told = pages_of(by_worry, *worry.routed);
    if (is_open && (!is_routed || grew_into_a_page(worry))) {
      open_worry(worry, now, out);
    } else if (is_open) {
      escalate(worry, now, out);
      weigh_again(worry, now, out);
    } else if (is_routed) {
      close_worry(worry, now, out);
    }
  });
  return out;
}

void Pager::open_worry(const Worry& worry, Timestamp now, std::vector<Record>& out) const {
  const Record& record = *worry.finding;
  const Finding& finding = *facts::body_as<Finding>(record);
  Route way = route(finding, settings_.catalog, settings_.people);
  const bool notice = finding.kind == FindingKind::kTripwire;
  if (notice) to_the_one_who_decided(record, way);
  const bool tell = (finding.wake || notice) && way.person != nullptr;
  const std::string epoch = std::to_string(record.id.value);

  Record routed;
  routed.ts = now;
  routed.subject = record.subject;
  routed.key = record.key;
  routed.causes = {record.id};
  routed.engine = kEngine;
  routed.inputs = {{"epoch", epoch},
                   {"has_power", way.has_power ? "yes" : "no"},
                   {"wakes", finding.wake ? "yes" : "no"}};
  if (worry.routed != nullptr && worry.routed->state != State::kClosed) {
    routed.state = State::kChanged;
  }
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
  if (!notice) out.push_back(shadow_of(worry, *way.person, epoch, 0, now));
  const PagePurpose purpose = notice ? PagePurpose::kNotice : PagePurpose::kPage;
  for (std::size_t i = 0; i < way.person->contacts.size(); ++i) {
    out.push_back(queue(record, *way.person, i, purpose, epoch, 0, now));
  }
}

void Pager::to_the_one_who_decided(const Record& finding, Route& way) const {
  std::string name(finding.find_input(facts::kDecidedBy));
  const model::Person* person = settings_.people.find(name);
  // A signature made of a shell's user and host names the user.
  if (person == nullptr) person = settings_.people.find(name.substr(0, name.find('@')));
  if (person == nullptr || person->contacts.empty()) return;
  way.owner.clear();
  way.person = person;
  way.has_power = true;
  way.sentence = person->name + " decided it";
  way.trace.push_back(way.sentence);
}

void Pager::escalate(const Worry& worry, Timestamp now, std::vector<Record>& out) const {
  const std::vector<Page>& told = worry.told;
  const model::Person* fallback = settings_.people.find(settings_.people.fallback);
  const bool passed = passed_on(told);
  const bool due = passed || now - worry.routed->ts >= settings_.people.escalate_after;
  if (fallback == nullptr || !due || any_acked(told) || !step_queued(told, 0)) return;
  const bool already = step_queued(told, 1) || told.front().to == fallback->name ||
                       told.front().purpose != PagePurpose::kPage;
  if (already) return;
  const std::string epoch(worry.routed->find_input("epoch"));
  out.push_back(shadow_of(worry, *fallback, epoch, 1, now));
  for (std::size_t i = 0; i < fallback->contacts.size(); ++i) {
    out.push_back(queue(*worry.finding, *fallback, i, PagePurpose::kPage, epoch, 1, now));
  }
  out.push_back(routed_again(
      *worry.routed, now, State::kChanged,
      passed ? fmt::format("{} cannot take it: paging {} too", told.front().to, fallback->name)
             : fmt::format("no ack from {} for {}: paging {} too", told.front().to,
                           to_words(settings_.people.escalate_after), fallback->name)));
}

void Pager::close_worry(const Worry& worry, Timestamp now, std::vector<Record>& out) const {
  const std::string epoch(worry.routed->find_input("epoch"));
  bool heard = false;
  for (const Page& page : worry.told) {
    // What flipped has flipped: a notice of it is not taken back.
    if (page.purpose == PagePurpose::kNotice) continue;
    if (page.state == PageState::kPending || page.state == PageState::kSending) {
      out.push_back(
          page_deed(page, DeedKind::kCancelled, now, "it ended before the page went out"));
    }
    const model::Person* person = settings_.people.find(page.to);
    if (page.state != PageState::kSent || person == nullptr) continue;
    for (std::size_t i = 0; i < person->contacts.size(); ++i) {
      if (model::to_string(person->contacts[i].method) != page.method) continue;
      out.push_back(
          queue(*worry.finding, *person, i, PagePurpose::kResolve, epoch, page.step, now));
      heard = true;
    }
  }
  out.push_back(routed_again(*worry.routed, now, State::kClosed,
                             heard ? "it ended; whoever was told hears so" : "it ended"));
}

Record Pager::shadow_of(const Worry& worry, const model::Person& person, const std::string& epoch,
                        std::int64_t step, Timestamp now) const {
  const bool valued = worry.verdict != nullptr && worry.verdict->state != State::kClosed;
  return weigh_waking({.finding = *worry.finding,
                       .verdict = valued ? worry.verdict.get() : nullptr,
                       .person = person,
                       .people = settings_.people,
                       .votes = worry.votes,
                       .mending = worry.mending,
                       .epoch = epoch,
                       .step = step},
                      now);
}

void Pager::weigh_again(const Worry& worry, Timestamp now, std::vector<Record>& out) const {
  if (worry.shadow == nullptr || worry.verdict == nullptr || any_acked(worry.told)) return;
  const std::string epoch(worry.routed->find_input("epoch"));
  if (!lacks_a_price(*worry.shadow) || worry.shadow->find_input("epoch") != epoch) return;
  if (worry.verdict->id < worry.shadow->id) return;
  const model::Person* person = settings_.people.find(facts::body_as<Deed>(*worry.shadow)->to);
  if (person == nullptr) return;
  const std::int64_t step = worry.shadow->find_input("step") == "1" ? 1 : 0;
  Record again = shadow_of(worry, *person, epoch, step, now);
  again.state = State::kChanged;
  out.push_back(std::move(again));
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
