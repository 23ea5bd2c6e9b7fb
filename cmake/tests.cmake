# Tests, benchmarks and fuzzers. Each test writes what it skipped into results/, and the last one,
# `skips`, fails on a skip that tests/skips.txt does not list.
#   src/<room>/*_test.cc      one executable a room, label `unit`           (rooms.cmake)
#   tests/fuzz/NAME.cc        libFuzzer target, or a replay of its corpus, label `fuzz`
#   tests/e2e/**/*_test.*     scripts that drive the real binary, label `e2e`; exit 77 = skipped
#   tests/panel/*_test.*      the same for the panel's questions, label `panel`
#   tests/tests.cmake         what else a room needs registered
#   tools/**/*_test.py        unit tests of our own tools, label `house`
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(results_dir ${CMAKE_BINARY_DIR}/results)
file(MAKE_DIRECTORY ${results_dir})
set(test_environment
  "DAYTWO=${CMAKE_BINARY_DIR}/daytwo"
  "DAYTWO_DEPS=${DAYTWO_DEPS}"
  "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1"
  "UBSAN_OPTIONS=print_stacktrace=1"
  "TSAN_OPTIONS=halt_on_error=1"
  "GTEST_BRIEF=1"
  # The same cases on every run of the suite; tools/check-all draws fresh ones.
  "RC_PARAMS=seed=20261122")

# Registers NAME under LABEL; what follows is the command, run in the source folder.
function(daytwo_add_test name label)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    LABELS ${label} TIMEOUT 600 FIXTURES_REQUIRED results
    ENVIRONMENT "${test_environment};GTEST_OUTPUT=xml:${results_dir}/${name}.xml")
endfunction()

# Unit tests of the rooms. Any of them may use the test world and the real one.
set(world "")
foreach(target daytwo_sim daytwo_env_os)
  if(TARGET ${target})
    list(APPEND world ${target})
  endif()
endforeach()
foreach(room IN LISTS ROOMS)
  if(NOT TESTS_${room})
    continue()
  endif()
  add_executable(${room}_test ${TESTS_${room}})
  if(TARGET daytwo_${room})
    target_link_libraries(${room}_test PRIVATE daytwo_${room})
  endif()
  target_link_libraries(${room}_test PRIVATE ${world} GTest::gmock GTest::gtest_main rapidcheck)
  if(DAYTWO_SANITIZE)
    # Tests are not optimised either: a sanitized one compiles in half the time.
    target_compile_options(${room}_test PRIVATE -O0)
  endif()
  set_target_properties(${room}_test PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  daytwo_add_test(${room}_test unit ${CMAKE_BINARY_DIR}/tests/${room}_test)
endforeach()

# Fuzzers: with libFuzzer in the preset `fuzz`, elsewhere a program that replays the corpus.
file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*.cc)
set(fuzz_rooms ${room_targets})
list(REMOVE_ITEM fuzz_rooms daytwo_app)
add_custom_target(fuzzers)
foreach(file IN LISTS fuzzers)
  get_filename_component(name ${file} NAME_WE)
  add_executable(fuzz_${name} ${file})
  target_link_libraries(fuzz_${name} PRIVATE ${fuzz_rooms})
  set_target_properties(fuzz_${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_dependencies(fuzzers fuzz_${name})
  if(DAYTWO_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/fuzz_replay.cc)
    daytwo_add_test(fuzz_${name} fuzz ${CMAKE_BINARY_DIR}/tests/fuzz_${name}
      ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
  endif()
endforeach()

# Benchmarks: one executable over every file of bench/.
file(GLOB benchmarks CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cc)
if(DAYTWO_BENCH AND benchmarks)
  find_package(benchmark REQUIRED)
  add_executable(daytwo_bench EXCLUDE_FROM_ALL ${benchmarks})
  target_link_libraries(daytwo_bench PRIVATE
    ${fuzz_rooms} benchmark::benchmark_main benchmark::benchmark)
endif()

# Scripts that drive the real binary.
foreach(label e2e panel)
  file(GLOB_RECURSE scripts CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/tests/${label}/*_test.sh ${CMAKE_SOURCE_DIR}/tests/${label}/*_test.py
    ${CMAKE_SOURCE_DIR}/tests/${label}/*_test.mjs)
  list(FILTER scripts EXCLUDE REGEX "/node_modules/")
  foreach(script IN LISTS scripts)
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/tests ${script})
    string(REGEX REPLACE "_test\\.[a-z]+$" "" name ${path})
    string(REPLACE "/" "_" name ${name})
    daytwo_add_test(${name} ${label} ${CMAKE_SOURCE_DIR}/tools/script-test ${name}
      ${results_dir} ${script})
  endforeach()
endforeach()

include(${CMAKE_SOURCE_DIR}/tests/tests.cmake OPTIONAL)

# The console's own unit tests and size budget.
if(DAYTWO_CONSOLE AND EXISTS ${CMAKE_SOURCE_DIR}/web/package.json)
  daytwo_add_test(web_unit web ${CMAKE_SOURCE_DIR}/tools/console test)
endif()

# The house itself: its rules, and the tests of the tools that check them.
daytwo_add_test(house house ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/tidy)
daytwo_add_test(house_tools house ${Python3_EXECUTABLE} -m unittest discover
  -s ${CMAKE_SOURCE_DIR}/tools -p "*_test.py")

# Runs after all others.
add_test(NAME skips COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/skips
  ${results_dir} ${CMAKE_SOURCE_DIR}/tests/skips.txt)
set_tests_properties(skips PROPERTIES LABELS house FIXTURES_CLEANUP results)
