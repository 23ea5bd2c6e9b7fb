// Whom to tell and how: the keys `people` and `notify` of daytwo.yml.
//   people:
//     shop-oncall: {webhook: "http://127.0.0.1:9000/hook", mail: oncall@shop.example, access:
//     [k8s:shop], hours: "Mon-Fri 09:00-17:00 Europe/Berlin"}
//   notify: {fallback: ops, escalate_after: 5m, hours: "Mon-Fri 09:00-17:00 UTC",
//     mail: {server: "smtp://localhost:25", from: daytwo@shop.example}}
// Thread rule: immutable after loading.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/working_hours.h"
#include "model/yaml.h"

namespace daytwo::model {

enum class ContactMethod : std::uint8_t { kWebhook, kMail };

// "webhook", "mail".
[[nodiscard]] std::string_view to_string(ContactMethod method);

// One way to reach somebody. The target may hold a secret: it is never logged or stored in the
// journal.
struct Contact {
  ContactMethod method = ContactMethod::kWebhook;
  std::string target;
};

// A person, team or rota that can be told. `access` is what it may change, as Owner::access.
struct Person {
  std::string name;
  std::vector<Contact> contacts;  // in the order they are tried
  std::vector<std::string> access;
  std::optional<WorkingHours> hours;  // as stated for this one
};

// How mail leaves.
struct MailSettings {
  std::string server;  // smtp://host:port; empty = no mail
  std::string from;
  std::string user;
  std::string password_file;
  std::string ca_file;  // who signed the server's certificate; empty = the system's
  bool start_tls = true;
};

struct People {
  std::map<std::string, Person, std::less<>> by_name;
  std::string fallback;                  // who is told when nobody else can be; empty = nobody
  Duration escalate_after = minutes(5);  // without an ack, the fallback is told too
  std::optional<WorkingHours> hours;     // of whoever states none
  MailSettings mail;

  // The person called `name`, or null.
  [[nodiscard]] const Person* find(std::string_view name) const;
};

// Reads the two keys; either node may be absent. Zones are found by `find_zone`. Problems are
// added, all of them.
[[nodiscard]] People read_people(const YamlNode* people, const YamlNode* notify,
                                 const FindZone& find_zone, Diagnostics& problems);

}  // namespace daytwo::model
