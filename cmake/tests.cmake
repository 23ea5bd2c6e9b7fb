# ctest entries. Each writes what it skipped below results/, and the last one, `skips`, fails on a
# skip that tests/skips.txt does not list.
set(results_dir ${CMAKE_BINARY_DIR}/results)
file(MAKE_DIRECTORY ${results_dir})
set(SANITIZER_ENVIRONMENT
  "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1"
  "UBSAN_OPTIONS=print_stacktrace=1" "TSAN_OPTIONS=halt_on_error=1")

# Registers NAME with a label; REST is the command.
function(daytwo_add_test name label)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    LABELS ${label} TIMEOUT 600 FIXTURES_REQUIRED results
    ENVIRONMENT
      "${SANITIZER_ENVIRONMENT};GTEST_OUTPUT=xml:${results_dir}/${name}.xml;GTEST_BRIEF=1")
endfunction()

foreach(room IN LISTS ROOMS)
  if(TESTS_${room})
    add_executable(${room}_test ${TESTS_${room}})
    target_link_libraries(${room}_test PRIVATE GTest::gmock GTest::gtest_main rapidcheck)
    foreach(target daytwo_${room} daytwo_sim daytwo_env_os)
      if(TARGET ${target})
        target_link_libraries(${room}_test PRIVATE ${target})
      endif()
    endforeach()
    set_target_properties(${room}_test PROPERTIES
      RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    daytwo_add_test(${room}_test unit ${CMAKE_BINARY_DIR}/tests/${room}_test)
  endif()
endforeach()
