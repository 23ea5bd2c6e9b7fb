#include "act/outbox.h"

#include <fmt/format.h>

#include <utility>

#include "act/deeds.h"
#include "act/send_mail.h"
#include "act/send_webhook.h"

namespace daytwo::act {
namespace {

using facts::Deed;
using facts::DeedKind;
using facts::Record;

Record outcome_record(const Page& page, const Outcome& outcome, Timestamp now) {
  if (outcome.kind == Outcome::Kind::kAccepted) {
    return page_deed(page, DeedKind::kSent, now,
                     fmt::format("sent to {} by {} at {}", page.to, page.method, to_rfc3339(now)));
  }
  if (outcome.kind == Outcome::Kind::kFinal) {
    Record record =
        page_deed(page, DeedKind::kUndeliverable, now,
                  fmt::format("{} cannot be told by {}: {}", page.to, page.method, outcome.error));
    std::get<Deed>(record.body).error = outcome.error;
    return record;
  }
  const Duration wait = outcome.wait.ms > 0 ? outcome.wait : wait_before(page.attempt + 1);
  Record record = page_deed(page, DeedKind::kAttempt, now,
                            fmt::format("attempt {} failed ({}); again in {}", page.attempt,
                                        outcome.error, to_words(wait)));
  record.state = facts::State::kChanged;
  std::get<Deed>(record.body).error = outcome.error;
  std::get<Deed>(record.body).until = now + wait;
  return record;
}

}  // namespace

std::vector<Page> due_pages(const facts::Snapshot& snapshot, Timestamp now) {
  std::vector<Page> out;
  for (Page& page : pages(snapshot)) {
    const bool owed = page.state == PageState::kPending || page.state == PageState::kSending;
    if (owed && page.due <= now) out.push_back(std::move(page));
  }
  return out;
}

Outbox::Outbox(OutboxSettings settings, OutboxWorld world)
    : settings_(std::move(settings)),
      world_(world),
      attempts_(world.metrics.counter("daytwo_page_attempts_total", "Sends that were tried.")),
      accepted_(world.metrics.counter("daytwo_pages_sent_total", "Sends that were accepted.")),
      undeliverable_(world.metrics.counter("daytwo_pages_undeliverable_total",
                                           "Pages given up after a final answer.")),
      depth_(world.metrics.gauge("daytwo_outbox_depth", "Pages owed and due.")) {}

Result<std::size_t> Outbox::step() {
  const std::vector<Page> due = due_pages(world_.journal.snapshot(), world_.clock.wall());
  depth_.set(static_cast<double>(due.size()));
  for (const Page& page : due) TRY_VOID(send(page));
  return due.size();
}

Result<void> Outbox::send(Page page) {
  // Somebody may have acknowledged it since the list was made.
  const facts::Snapshot snapshot = world_.journal.snapshot();
  const std::optional<Page> fresh = find_page(snapshot, page.id);
  if (!fresh || (fresh->state != PageState::kPending && fresh->state != PageState::kSending)) {
    return {};
  }
  const Timestamp started = world_.clock.wall();
  page.attempt = fresh->attempt + 1;
  Record attempt = page_deed(page, DeedKind::kAttempt, started,
                             fmt::format("attempt {} by {}", page.attempt, page.method));
  std::get<Deed>(attempt.body).until = started + kLease;
  TRY_VOID(world_.journal.append({std::move(attempt)}));
  attempts_.add();
  const Outcome outcome = perform(page, snapshot);
  const Timestamp ended = world_.clock.wall();
  if (outcome.kind == Outcome::Kind::kAccepted) {
    accepted_.add();
    world_.log.info("act", "page sent",
                    {{"page", page.id},
                     {"to", page.to},
                     {"method", page.method},
                     {"ms", (ended - started).ms}});
  } else {
    if (outcome.kind == Outcome::Kind::kFinal) undeliverable_.add();
    world_.log.warn(
        "act", "page not accepted",
        {{"page", page.id}, {"to", page.to}, {"method", page.method}, {"error", outcome.error}});
  }
  TRY_VOID(world_.journal.append({outcome_record(page, outcome, ended)}));
  return {};
}

Outcome Outbox::perform(const Page& page, const facts::Snapshot& snapshot) {
  const model::Person* person = settings_.people.find(page.to);
  const model::Contact* contact = nullptr;
  if (person != nullptr) {
    for (const model::Contact& candidate : person->contacts) {
      if (model::to_string(candidate.method) == page.method) contact = &candidate;
    }
  }
  if (contact == nullptr) {
    return {Outcome::Kind::kFinal, "no such contact any more under people", {}};
  }
  const Notice notice = make_notice(page, snapshot, settings_.link);
  if (contact->method == model::ContactMethod::kWebhook) {
    return webhook_outcome(
        world_.http.fetch(webhook_request(notice, contact->target, settings_.external_url)));
  }
  const model::MailSettings& mail = settings_.people.mail;
  const env::MailServer server{.url = mail.server,
                               .user = mail.user,
                               .password = settings_.mail_password,
                               .ca_file = mail.ca_file,
                               .start_tls = mail.start_tls};
  return mail_outcome(world_.mail.send(server, mail_of(notice, mail.from, contact->target)));
}

}  // namespace daytwo::act
