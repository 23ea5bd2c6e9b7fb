# Tests that are neither a room's nor a script of tests/e2e.

# Our query engine against Debian's prometheus; the near side is a program of its own.
add_executable(promql_calc ${CMAKE_SOURCE_DIR}/tests/oracle/calc.cc)
target_link_libraries(promql_calc PRIVATE daytwo_promql)
set_target_properties(promql_calc PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
daytwo_add_test(oracle_promql e2e ${CMAKE_SOURCE_DIR}/tools/script-test oracle_promql
  ${results_dir} ${CMAKE_SOURCE_DIR}/tests/oracle/promql_oracle.py)
