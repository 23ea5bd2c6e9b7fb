# Tests that are neither a room's nor a script of tests/e2e.

# Our query engine against Debian's prometheus; the near side is a program of its own.
add_executable(promql_calc ${CMAKE_SOURCE_DIR}/tests/oracle/calc.cc)
target_link_libraries(promql_calc PRIVATE daytwo_promql)
set_target_properties(promql_calc PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
daytwo_add_test(oracle_promql e2e ${CMAKE_SOURCE_DIR}/tools/script-test oracle_promql
  ${results_dir} ${CMAKE_SOURCE_DIR}/tests/oracle/promql_oracle.py)

# Our distributions, fits and worths of knowing against R; the near side of the fits likewise.
add_executable(chance_fits ${CMAKE_SOURCE_DIR}/tests/oracle/fits.cc)
target_link_libraries(chance_fits PRIVATE daytwo_chance)
set_target_properties(chance_fits PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
daytwo_add_test(oracle_chance e2e ${CMAKE_SOURCE_DIR}/tools/script-test oracle_chance
  ${results_dir} ${CMAKE_SOURCE_DIR}/tests/oracle/chance_oracle.py)

# Every reference case, and every figure of it, stands in a test.
daytwo_add_test(reference_cases house ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/cases)

# Forecasts against a truth that is known: the table, and what must hold of it.
add_executable(run_out_sim ${CMAKE_SOURCE_DIR}/tests/sim/run_out.cc
  ${CMAKE_SOURCE_DIR}/tests/sim/run_out_families.cc)
target_link_libraries(run_out_sim PRIVATE daytwo_orient)
target_include_directories(run_out_sim PRIVATE ${CMAKE_SOURCE_DIR})
set_target_properties(run_out_sim PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
daytwo_add_test(run_out_dates sim $<TARGET_FILE:run_out_sim> --check 100)

# Flows whose ends are scraped apart: no false alarm, small leaks found.
add_executable(flow_sim ${CMAKE_SOURCE_DIR}/tests/sim/flow.cc)
target_link_libraries(flow_sim PRIVATE daytwo_orient)
target_include_directories(flow_sim PRIVATE ${CMAKE_SOURCE_DIR})
set_target_properties(flow_sim PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
daytwo_add_test(flows_scraped_apart sim $<TARGET_FILE:flow_sim> --check 40 1)

# The chance of a miss against months whose end is known, with a seed that nothing was chosen by.
add_executable(miss_sim ${CMAKE_SOURCE_DIR}/tests/sim/miss.cc)
target_link_libraries(miss_sim PRIVATE daytwo_orient)
target_include_directories(miss_sim PRIVATE ${CMAKE_SOURCE_DIR})
set_target_properties(miss_sim PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
daytwo_add_test(miss_chances sim $<TARGET_FILE:miss_sim> --check 1000 2)
