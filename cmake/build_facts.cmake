# The library daytwo_build_facts: version and revision of this build, for `daytwo version`, the
# build metric and bug reports. Only the release tree asks git: a commit rebuilds no debug
# tree.
set(DAYTWO_REVISION "unknown")
set(build_facts_dir ${CMAKE_BINARY_DIR}/generated/build_facts)
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  find_package(Git QUIET)
  if(GIT_FOUND)
    execute_process(
      COMMAND ${GIT_EXECUTABLE} -C ${CMAKE_SOURCE_DIR} rev-parse --short=12 HEAD
      OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE rc)
    if(rc EQUAL 0)
      set(DAYTWO_REVISION ${revision})
    endif()
  endif()
endif()
configure_file(${CMAKE_SOURCE_DIR}/cmake/build_facts.cc.in ${build_facts_dir}/build_facts.cc @ONLY)
add_library(daytwo_build_facts STATIC ${build_facts_dir}/build_facts.cc)
target_include_directories(daytwo_build_facts PUBLIC ${CMAKE_SOURCE_DIR}/cmake/build_facts)
