// Views: what can be cleaned up, and what it costs.
// Plain structs described for JSON; api/services.h fills them, the route table names them, and
// web/src/api/api.gen.ts and docs/reference/openapi.yaml are written from them.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"
#include "base/time.h"

namespace daytwo::api {

// What could be cleaned up: something that runs here and is idle; a resource on a bill that names
// nothing that runs here; what a commitment left unused.
enum class WasteKind : std::uint8_t { kService, kWorkload, kFilesystem, kResource, kCommitment };
// The names of WasteKind in JSON.
constexpr std::array<std::string_view, 5> json_names(WasteKind) {
  return {"service", "workload", "filesystem", "resource", "commitment"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(WasteKind) { return "WasteKind"; }

// One step of a clean-up, and the day on which it is due.
struct WasteStep {
  Timestamp at;
  std::string what;

  static constexpr std::string_view kName = "WasteStep";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("at", self.at);
    v("what", self.what);
  }
};

// Something that could be cleaned up.
struct WasteRow {
  WasteKind kind = WasteKind::kService;
  std::string name;
  std::string where;  // host, or account
  std::string owner;  // team; empty when nobody is declared
  std::string sentence;
  std::vector<std::string> evidence;
  std::vector<std::string> resources;  // on bills, that are this
  std::optional<Timestamp> idle_since;
  std::optional<Amount> saving;         // a month; left out without a bill
  std::optional<Amount> needed;         // chance that it is still needed
  std::optional<Amount> worth;          // of cleaning it up, over a year, less putting it back
  std::vector<WasteStep> steps;         // the first is the next safe one
  std::optional<Timestamp> quarantine;  // the day on which it stops and can still come back

  static constexpr std::string_view kName = "WasteRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("kind", self.kind);
    v("name", self.name);
    v("where", self.where);
    v("owner", self.owner);
    v("sentence", self.sentence);
    v("evidence", self.evidence);
    v("resources", self.resources);
    v.optional("idle_since", self.idle_since);
    v.optional("saving", self.saving);
    v.optional("needed", self.needed);
    v.optional("worth", self.worth);
    v("steps", self.steps);
    v.optional("quarantine", self.quarantine);
  }
};

// A part of an invoice, in major units.
struct InvoicePart {
  std::string what;
  double billed = 0;
  double effective = 0;

  static constexpr std::string_view kName = "InvoicePart";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("what", self.what);
    v("billed", self.billed);
    v("effective", self.effective);
  }
};

// One month's charges in one currency: its parts add up to it, to the cent.
struct Invoice {
  std::string currency;
  Timestamp month;
  double billed = 0;
  double effective = 0;
  std::vector<InvoicePart> parts;
  std::string sentence;

  static constexpr std::string_view kName = "Invoice";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("currency", self.currency);
    v("month", self.month);
    v("billed", self.billed);
    v("effective", self.effective);
    v("parts", self.parts);
    v("sentence", self.sentence);
  }
};

// GET /waste.
struct WastePage : Base {
  std::string sentence;
  std::string teach;              // what to do where something is missing
  std::vector<Amount> savings;    // a month, by currency, less what is put back
  std::vector<WasteRow> rows;     // largest saving first
  std::vector<Invoice> invoices;  // the newest month, by currency
  std::vector<std::string> notes;

  static constexpr std::string_view kName = "WastePage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("teach", self.teach);
    v("savings", self.savings);
    v("rows", self.rows);
    v("invoices", self.invoices);
    v("notes", self.notes);
  }
};

// What GET /waste is asked.
struct WasteQuestion {
  Duration idle = days(7);  // idle for at least this long
  std::string restore;  // what putting something back costs, as a range of money; empty: not said
};

}  // namespace daytwo::api
