#include "model/people.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace daytwo::model {
namespace {

bool is_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

std::optional<WorkingHours> read_hours(YamlMap& map, const FindZone& find_zone,
                                       Diagnostics& problems) {
  const auto node = map.node("hours");
  if (!node) return std::nullopt;
  const auto text = yaml_text(*node, problems);
  if (!text) return std::nullopt;
  auto read = parse_working_hours(*text, find_zone);
  if (read) return *read;
  problems.push_back(node->problem(read.error().text, "Mon-Fri 09:00-17:00 Europe/Berlin"));
  return std::nullopt;
}

Person read_person(std::string name, const YamlNode& node, const FindZone& find_zone,
                   Diagnostics& problems) {
  Person person;
  person.name = std::move(name);
  const std::size_t before = problems.size();
  YamlMap map(node, problems);
  if (const auto url = map.node("webhook")) {
    const auto text = yaml_text(*url, problems);
    if (text && !is_url(*text)) {
      problems.push_back(url->problem("a webhook is a URL", "http://... or https://..."));
    } else if (text) {
      person.contacts.push_back({ContactMethod::kWebhook, *text});
    }
  }
  if (const auto mail = map.node("mail")) {
    const auto text = yaml_text(*mail, problems);
    if (text && text->find('@') == std::string::npos) {
      problems.push_back(mail->problem("this is no mail address", "name@example.org"));
    } else if (text) {
      person.contacts.push_back({ContactMethod::kMail, *text});
    }
  }
  person.access = map.texts("access");
  person.hours = read_hours(map, find_zone, problems);
  map.finish();
  if (person.contacts.empty() && problems.size() == before) {
    problems.push_back(node.problem("nobody can be told: no webhook and no mail",
                                    "webhook: URL or mail: ADDRESS"));
  }
  return person;
}

MailSettings read_mail(const YamlNode& node, Diagnostics& problems) {
  MailSettings mail;
  YamlMap map(node, problems);
  mail.server = map.required_text("server");
  mail.from = map.required_text("from");
  mail.user = map.text("user").value_or("");
  mail.password_file = map.text("password_file").value_or("");
  mail.ca_file = map.text("ca_file").value_or("");
  mail.start_tls = map.boolean("start_tls").value_or(true);
  map.finish();
  return mail;
}

bool uses_mail(const People& people) {
  for (const auto& [name, person] : people.by_name) {
    for (const Contact& contact : person.contacts) {
      if (contact.method == ContactMethod::kMail) return true;
    }
  }
  return false;
}

}  // namespace

std::string_view to_string(ContactMethod method) {
  return method == ContactMethod::kWebhook ? "webhook" : "mail";
}

const Person* People::find(std::string_view name) const {
  const auto it = by_name.find(name);
  return it == by_name.end() ? nullptr : &it->second;
}

People read_people(const YamlNode* people, const YamlNode* notify, const FindZone& find_zone,
                   Diagnostics& problems) {
  People out;
  if (people != nullptr) {
    for (const auto& [key, value] : yaml_entries(*people, problems)) {
      out.by_name.emplace(key.text(), read_person(key.text(), value, find_zone, problems));
    }
  }
  if (notify != nullptr) {
    YamlMap map(*notify, problems);
    if (const auto fallback = map.node("fallback")) {
      out.fallback = yaml_text(*fallback, problems).value_or("");
      if (!out.fallback.empty() && out.find(out.fallback) == nullptr) {
        std::vector<std::string> names;
        for (const auto& [name, person] : out.by_name) names.push_back(name);
        problems.push_back(fallback->problem(
            "nobody under people is called '" + out.fallback + "'",
            names.empty() ? "people: {NAME: {webhook: URL}}" : "one of " + join_words(names),
            nearest_word(out.fallback, names)));
      }
    }
    out.escalate_after = map.duration("escalate_after").value_or(out.escalate_after);
    out.hours = read_hours(map, find_zone, problems);
    if (const auto mail = map.node("mail")) out.mail = read_mail(*mail, problems);
    map.finish();
  }
  if (uses_mail(out) && out.mail.server.empty()) {
    problems.push_back((notify != nullptr ? notify : people)
                           ->problem("somebody is to be told by mail, but no mail server is set",
                                     "notify: {mail: {server: smtp://HOST:25, from: ADDRESS}}"));
  }
  return out;
}

}  // namespace daytwo::model
