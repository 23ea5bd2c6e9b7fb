# Reads the library rows of tools/rooms.txt.
# Sets LIBRARIES, all names, and for each NAME: LIBRARY_<NAME>_ROOMS and LIBRARY_<NAME>_LINKS.
set(rooms_file ${CMAKE_SOURCE_DIR}/tools/rooms.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${rooms_file})
set(DAYTWO_DEPS ${CMAKE_SOURCE_DIR}/build/deps)

find_package(Threads REQUIRED)
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)

file(STRINGS ${rooms_file} lines REGEX "^library ")
set(LIBRARIES "")
foreach(line IN LISTS lines)
  separate_arguments(words UNIX_COMMAND "${line}")
  list(GET words 1 name)
  list(GET words 2 allowed)
  list(GET words 4 links)
  string(REPLACE "," ";" allowed "${allowed}")
  string(REPLACE "," ";" links "${links}")
  list(REMOVE_ITEM links -)
  list(APPEND LIBRARIES ${name})
  set(LIBRARY_${name}_ROOMS ${allowed})
  set(LIBRARY_${name}_LINKS ${links})
endforeach()

# Boost 1.81 headers, unpacked by tools/setup (its package would evict Debian's default 1.74).
set(boost_include ${DAYTWO_DEPS}/boost/usr/include)
if(NOT EXISTS ${boost_include}/boost/version.hpp)
  message(FATAL_ERROR "No Boost headers in build/deps/boost: run tools/setup")
endif()
include_directories(SYSTEM ${boost_include} /usr/include/eigen3 /usr/include/postgresql)
if(EXISTS ${DAYTWO_DEPS}/mustache)
  include_directories(SYSTEM ${DAYTWO_DEPS}/mustache/usr/include)
endif()
add_compile_definitions(
  BOOST_ALL_NO_LIB BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  # Until proven needless: ad-freiburg/qlever#1238.
  BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)

# The compiled half of Boost.JSON, which three rooms share.
add_library(daytwo_boost_json STATIC EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/cmake/boost_json.cc)
target_compile_options(daytwo_boost_json PRIVATE -w)
