# Refuses a compiler that destroys temporaries of a co_await expression twice (g++ 12 does).
try_run(DAYTWO_PROBE_RC DAYTWO_PROBE_BUILT
  ${CMAKE_BINARY_DIR}/coroutine_probe ${CMAKE_SOURCE_DIR}/cmake/coroutine_probe.cc
  COMPILE_DEFINITIONS -std=c++20 -O1
  COMPILE_OUTPUT_VARIABLE probe_output)
set(compiler "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}")
if(NOT DAYTWO_PROBE_BUILT)
  message(FATAL_ERROR
    "${compiler} cannot build cmake/coroutine_probe.cc: use clang-19\n${probe_output}")
elseif(NOT DAYTWO_PROBE_RC EQUAL 0)
  set(complaint
    "${compiler} miscompiles co_await (probe rc ${DAYTWO_PROBE_RC}): use clang-19")
  if(DAYTWO_WARNINGS_ONLY)
    message(NOTICE "${complaint}; this tree holds no coroutine, so go on")
  else()
    message(FATAL_ERROR "${complaint}")
  endif()
endif()
