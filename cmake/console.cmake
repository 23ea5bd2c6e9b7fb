# The library daytwo_console: web/dist, or a stub page, inside the binary.
# tools/console builds web/dist once for all build trees and does nothing while web/ is unchanged.
set(embed_out ${CMAKE_BINARY_DIR}/generated/console)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

if(DAYTWO_CONSOLE AND EXISTS ${CMAKE_SOURCE_DIR}/web/package.json)
  file(GLOB_RECURSE console_sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/web/src/* ${CMAKE_SOURCE_DIR}/web/public/*
    ${CMAKE_SOURCE_DIR}/web/*.json ${CMAKE_SOURCE_DIR}/web/*.html ${CMAKE_SOURCE_DIR}/web/*.ts)
  list(FILTER console_sources EXCLUDE REGEX "/web/(node_modules|dist)/")
  set(console_folder ${CMAKE_SOURCE_DIR}/web/dist)
  set(console_build COMMAND ${CMAKE_SOURCE_DIR}/tools/console)
else()
  set(console_sources ${CMAKE_SOURCE_DIR}/cmake/embed/stub/index.html)
  set(console_folder ${CMAKE_SOURCE_DIR}/cmake/embed/stub)
  set(console_build "")
endif()

add_custom_command(
  OUTPUT ${embed_out}/assets.S ${embed_out}/assets.cc ${embed_out}/blob.gz
  ${console_build}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/embed.py ${console_folder} ${embed_out}
  DEPENDS ${console_sources} ${CMAKE_SOURCE_DIR}/cmake/embed.py
  COMMENT "Embedding the console" VERBATIM)
add_library(daytwo_console STATIC EXCLUDE_FROM_ALL ${embed_out}/assets.S ${embed_out}/assets.cc)
target_include_directories(daytwo_console PUBLIC ${CMAKE_SOURCE_DIR}/cmake/embed)
set_source_files_properties(${embed_out}/assets.S PROPERTIES
  OBJECT_DEPENDS ${embed_out}/blob.gz COMPILE_OPTIONS "-I${embed_out};-w")
