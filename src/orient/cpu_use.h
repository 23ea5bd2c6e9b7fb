// Who used the processors of a host, from counters.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "orient/detector.h"

namespace daytwo::orient {

// One host over a span.
struct CpuUse {
  Duration span;
  double busy = 0;                           // share of all processors
  double processors = 0;                     // that it has
  std::optional<double> waiting;             // share of time (PSI)
  std::map<std::string, double> by_process;  // processors in use, by name of the processes
  std::map<std::string, double> by_service;  // by service of the catalog
};

// By host; only hosts measured for at least `least` of the last `back`. Errors: as Source::select.
[[nodiscard]] Result<std::map<std::string, CpuUse>> cpu_use(const View& view, Duration back,
                                                            Duration least);

}  // namespace daytwo::orient
