# How every file of ours is compiled. Warnings are errors; headers of libraries are system headers.
find_program(DAYTWO_CCACHE ccache)
if(DAYTWO_CCACHE)
  # Hits are shared between checkouts: paths below the source folder are hashed as relative ones.
  foreach(language C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      ${DAYTWO_CCACHE})
  endforeach()
endif()

add_compile_options(
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wimplicit-fallthrough
  -Wunused-result -Werror
  # libstdc++ 12 silences its own std::stable_sort for g++ only.
  -Wno-deprecated-declarations
  $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast>
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
  # A designated initialiser leaves the rest to the defaults on purpose.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-designated-field-initializers>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers>
  # g++ 12 doubts what stands in an optional that was just asked whether it holds something.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  # g++ also counts an enumerator of a scoped enumeration that has the name of a constant outside.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-shadow> $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>
  # Paths in messages and debug information start at the source folder, wherever that is.
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/= -ffile-prefix-map=../../=
  -fno-omit-frame-pointer -fPIE)
add_link_options(-pie -Wl,--as-needed)
include_directories(${CMAKE_SOURCE_DIR}/src)

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(-fuse-ld=lld-19)
endif()
if(DAYTWO_SANITIZE)
  add_compile_options(-fsanitize=${DAYTWO_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${DAYTWO_SANITIZE})
  add_compile_definitions(DAYTWO_SANITIZED=1)
endif()
if(DAYTWO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  # Hardened, and optimised over file borders.
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(-Wl,-z,relro,-z,now)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options(-flto=thin)
    add_link_options(-flto=thin -Wl,--thinlto-cache-dir=${CMAKE_SOURCE_DIR}/build/lto)
  endif()
else()
  add_compile_definitions(DAYTWO_DCHECK=1 _GLIBCXX_ASSERTIONS)
endif()
