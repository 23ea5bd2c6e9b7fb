#include "api/view_base.h"

namespace daytwo::api {

Amount to_view(const model::Amount& amount) {
  const chance::Estimate& estimate = amount.estimate;
  Amount out;
  out.p05 = estimate.p05;
  out.p25 = estimate.p25;
  out.p50 = estimate.p50;
  out.p75 = estimate.p75;
  out.p95 = estimate.p95;
  out.mean = estimate.mean;
  out.samples = estimate.samples;
  out.seed = estimate.seed.value;
  out.unit = amount.unit;
  out.window = amount.window;
  out.as_of = amount.as_of;
  out.version = amount.version;
  return out;
}

ErrorBody to_view(const Error& error) {
  ErrorBody body;
  body.error.code = facts_of(error.code).name;
  body.error.text = error.text;
  body.error.context = error.context;
  for (const Diagnostic& problem : error.diagnostics) {
    body.error.diagnostics.push_back({problem.file, problem.line, problem.column, problem.text,
                                      problem.source_line, problem.expected, problem.suggestion});
  }
  return body;
}

}  // namespace daytwo::api
