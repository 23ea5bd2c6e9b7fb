// GET /cpu: over 90 %: is that a problem?
#include <fmt/format.h>

#include <algorithm>

#include "app/pages/answer_pages.h"
#include "app/pages/unknown_name.h"
#include "orient/cpu.h"
#include "series/labels.h"

namespace daytwo::app {
namespace {

using orient::CpuAnswer;

std::string query_of(const CpuAnswer& answer) {
  if (answer.service.empty()) {
    return "1 - avg(rate(" +
           series::Labels({{std::string(series::kMetricName), "node_cpu_seconds_total"},
                           {"instance", answer.host},
                           {"mode", "idle"}})
               .to_string() +
           "[1m]))";
  }
  return "topk(5, rate(daytwo_process_cpu_seconds_total[1m]))";
}

api::CpuRow to_row(const CpuAnswer& answer) {
  api::CpuRow row;
  row.host = answer.host;
  row.service = answer.service;
  row.state = static_cast<api::CpuStateView>(answer.state);
  row.sentence = answer.sentence;
  row.span = answer.span;
  row.busy = answer.busy;
  row.used = answer.used;
  row.processors = answer.processors;
  row.waiting = answer.waiting;
  row.reasons = answer.reasons;
  row.users = answer.users;
  row.query = query_of(answer);
  return row;
}

// Where nothing is measured: why, and what to do.
void take_empty(api::CpuPage& page, const std::string& of, bool is_service, bool hosts_measured) {
  if (is_service && hosts_measured) {
    page.sentence = of + " is not seen running: no process here is what its `runs` names";
    page.teach = "runs: [\"/usr/bin/" + of + "\"] in its file: a unit, executable or command";
    return;
  }
  page.sentence = "no processor has been measured yet: it takes half a minute of samples";
  page.teach = "wait, or scrape a node_exporter: scrape_configs in daytwo.yml";
}

}  // namespace

Result<api::CpuPage> AnswerPages::cpu(const std::string& of) {
  api::CpuPage page;
  stamp(context_, page);
  const std::shared_ptr<const Config> config = context_.config();
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const orient::View view{snapshot, context_.source, config->catalog, context_.clock.wall()};
  const std::vector<orient::ObjectiveStatus> objectives = sources_.objectives();
  TRY(auto answers, orient::cpu_answers(view, objectives, orient::kLastMinute));
  const bool hosts_measured = !answers.empty();
  const bool is_service = config->catalog.find(ServiceId(of)) != nullptr;
  if (!of.empty()) {
    std::vector<std::string> known;
    for (const CpuAnswer& answer : answers) known.push_back(answer.host);
    for (const model::Service& service : config->catalog.all()) known.push_back(service.id.value);
    if (std::find(known.begin(), known.end(), of) == known.end() && of != context_.host) {
      return fail(unknown_name("service or host", of, known));
    }
    // A service may be called as its host is: the service is meant.
    if (is_service) {
      TRY(answers, orient::service_cpu_answers(view, objectives, orient::kLastMinute));
    }
    std::erase_if(answers, [&](const CpuAnswer& answer) {
      return (is_service ? answer.service : answer.host) != of;
    });
  }
  std::stable_sort(answers.begin(), answers.end(), [](const CpuAnswer& a, const CpuAnswer& b) {
    return a.state != b.state ? a.state > b.state : a.busy > b.busy;
  });
  for (const CpuAnswer& answer : answers) page.rows.push_back(to_row(answer));
  if (page.rows.empty()) {
    take_empty(page, of, is_service, hosts_measured);
  } else {
    page.sentence = page.rows.front().sentence;
  }
  return page;
}

}  // namespace daytwo::app
