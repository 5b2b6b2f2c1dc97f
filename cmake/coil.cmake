# What the library and its tests are made of.
include_guard()
find_package(Threads REQUIRED)

# ---- flags: targets only ----------------------------------------------------
add_library(coil_warnings INTERFACE)
target_compile_options(coil_warnings INTERFACE -Wall -Wextra -Wpedantic
  $<$<BOOL:${COIL_WERROR}>:-Werror>)

add_library(coil_flags INTERFACE)
target_compile_definitions(coil_flags INTERFACE _POSIX_C_SOURCE=200809L
  $<$<BOOL:${COIL_STRESS}>:COIL_STRESS>)
target_compile_options(coil_flags INTERFACE
  -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=
  -fmacro-prefix-map=${PROJECT_BINARY_DIR}/=)
if(COIL_SANITIZE)
  target_compile_options(coil_flags INTERFACE -fsanitize=${COIL_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(coil_flags INTERFACE -fsanitize=${COIL_SANITIZE})
endif()

function(coil_configure target)
  set_target_properties(${target} PROPERTIES C_STANDARD 11
    C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
  target_link_libraries(${target} PRIVATE
    $<BUILD_INTERFACE:coil_warnings> $<BUILD_INTERFACE:coil_flags>)
endfunction()

# ---- snapshots --------------------------------------------------------------
# coil_add_snapshot(ch03 CHAPTER 03 DIR tree FILES list.c demo/03-gc/x.c ...
#   [TANGLE target]): the library coil::ch03, and the programs of the tree.
function(coil_add_snapshot name)
  cmake_parse_arguments(A "" "CHAPTER;DIR;TANGLE" "FILES" ${ARGN})
  set(sources ${A_FILES})
  list(FILTER sources EXCLUDE REGEX "^(demo|exercises)/")
  list(TRANSFORM sources PREPEND ${A_DIR}/)
  add_library(coil_${name} STATIC ${sources})
  add_library(coil::${name} ALIAS coil_${name})
  coil_configure(coil_${name})
  target_include_directories(coil_${name} PUBLIC ${A_DIR}/include
    PRIVATE ${A_DIR})
  target_link_libraries(coil_${name} PUBLIC Threads::Threads m)
  set_target_properties(coil_${name} PROPERTIES LINKER_LANGUAGE C
    OUTPUT_NAME coil ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${name})
  if(A_TANGLE)
    add_dependencies(coil_${name} ${A_TANGLE})
  endif()
  add_custom_target(${name} DEPENDS coil_${name})
  if(NOT TARGET tests-ch${A_CHAPTER})
    add_custom_target(tests-ch${A_CHAPTER})
  endif()
  add_dependencies(tests-ch${A_CHAPTER} ${name})
  set_property(GLOBAL APPEND PROPERTY coil_snapshots ${name})
  foreach(v CHAPTER DIR FILES TANGLE)
    set_property(GLOBAL PROPERTY coil_${name}_${v} ${A_${v}})
  endforeach()
  set_property(GLOBAL PROPERTY coil_last ${name})
endfunction()

# The programs that chapter `chapter` shows, as they are in `snapshot`.
function(coil_add_demos snapshot chapter)
  get_property(dir GLOBAL PROPERTY coil_${snapshot}_DIR)
  get_property(files GLOBAL PROPERTY coil_${snapshot}_FILES)
  list(FILTER files INCLUDE REGEX "^demo/${chapter}-[^/]*/[^/]*\\.(c|py)$")
  set_property(GLOBAL PROPERTY coil_${snapshot}_${chapter}_demos ${files})
  list(FILTER files INCLUDE REGEX "\\.c$")
  foreach(f IN LISTS files)
    coil_program(${snapshot} ${f} target)
    get_filename_component(folder ${f} DIRECTORY)
    get_filename_component(base ${f} NAME_WE)
    add_executable(${target} ${dir}/${f})
    coil_configure(${target})
    target_link_libraries(${target} PRIVATE coil::${snapshot})
    if(base MATCHES "^fig-")            # a drawing may look inside
      target_include_directories(${target} PRIVATE ${dir})
    endif()
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${base}
      RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${snapshot}/${folder})
    add_dependencies(${snapshot} ${target})
  endforeach()
endfunction()

# The target of a program: ch03 and demo/03-gc/x.c make ch03.demo.03-gc.x.
function(coil_program snapshot file out)
  string(REGEX REPLACE "\\.c$" "" target ${file})
  string(REPLACE "/" "." target ${snapshot}.${target})
  set(${out} ${target} PARENT_SCOPE)
endfunction()

# ---- tests ------------------------------------------------------------------
# Files of tests/support a source needs: those whose header it includes, at
# any depth. The list grows in `out`.
function(coil_support source out)
  set(found ${${out}})
  file(STRINGS ${source} includes REGEX "^#include \"(support/)?[a-z_]+\\.h\"")
  foreach(line IN LISTS includes)
    string(REGEX REPLACE ".*[\"/]([a-z_]+)\\.h\".*" "\\1" base "${line}")
    set(stem ${PROJECT_SOURCE_DIR}/tests/support/${base})
    if(EXISTS ${stem}.c AND NOT ${stem}.c IN_LIST found)
      list(APPEND found ${stem}.c)
      coil_support(${stem}.c found)
    endif()
    if(EXISTS ${stem}.h AND NOT source STREQUAL ${stem}.h)
      coil_support(${stem}.h found)
    endif()
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# coil_link(target snapshot source...): a program of the tests.
function(coil_link target snapshot)
  get_property(dir GLOBAL PROPERTY coil_${snapshot}_DIR)
  set(support)
  foreach(f IN LISTS ARGN)
    coil_support(${f} support)
  endforeach()
  foreach(f IN LISTS support)
    get_filename_component(base ${f} NAME_WE)
    set(helper coil_${snapshot}_support_${base})
    if(NOT TARGET ${helper})
      add_library(${helper} OBJECT EXCLUDE_FROM_ALL ${f})
      coil_configure(${helper})
      target_include_directories(${helper} PRIVATE ${dir}
        ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/tests/support)
      target_link_libraries(${helper} PRIVATE coil::${snapshot})
    endif()
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${helper}>)
  endforeach()
  target_sources(${target} PRIVATE ${ARGN})
  coil_configure(${target})
  target_include_directories(${target} PRIVATE ${dir}
    ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/tests/support)
  target_link_libraries(${target} PRIVATE coil::${snapshot})
endfunction()

# coil_add_test(list CHAPTER 02 SOURCES test_list.c): the tests of a module,
# in every snapshot that has it and at the checkpoints that name it.
function(coil_add_test name)
  cmake_parse_arguments(A "" "CHAPTER" "SOURCES" ${ARGN})
  list(TRANSFORM A_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  get_property(snapshots GLOBAL PROPERTY coil_snapshots)
  foreach(s IN LISTS snapshots)
    get_property(chapter GLOBAL PROPERTY coil_${s}_CHAPTER)
    if(s MATCHES "^cp-")
      if(NOT name IN_LIST coil_${s}_tests)
        continue()
      endif()
    elseif(chapter LESS A_CHAPTER)
      continue()
    endif()
    set(label ${chapter})
    if(NOT COIL_SNAPSHOTS)
      set(label ${A_CHAPTER})
    endif()
    set(target ${s}.test.${name})
    add_executable(${target})
    coil_link(${target} ${s} ${A_SOURCES})
    target_link_libraries(${target} PRIVATE PkgConfig::CHECK)
    coil_test_case(${target} ${s} ${label} COMMAND ${target})
    get_property(last GLOBAL PROPERTY coil_last)
    if(chapter LESS 4 OR NOT s STREQUAL last)
      continue()
    endif()
    foreach(word on direct guard)   # see tests/support/pools_wanted.h
      coil_test_case(${target}.${word} ${s} ${label} COMMAND ${target})
      set_property(TEST ${target}.${word} APPEND PROPERTY
        ENVIRONMENT COIL_TEST_POOLS=${word})
    endforeach()
  endforeach()
endfunction()

# coil_test_case(name snapshot chapter COMMAND ...): one case of CTest.
function(coil_test_case name snapshot chapter)
  add_test(NAME ${name} ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS ch${chapter} TIMEOUT 300
    ENVIRONMENT "LC_ALL=C.UTF-8;CK_TIMEOUT_MULTIPLIER=20")
  if(TARGET ${name} AND TARGET tests-ch${chapter})
    add_dependencies(tests-ch${chapter} ${name})
  endif()
endfunction()

# coil_add_fuzz(gc CHAPTER 03 RUNS 1500 SOURCES gc_model.c): fuzz/fuzz_gc.c and
# its helpers, a bounded run; then the same with the library broken on purpose,
# as fuzz/gc_mutants.txt says. Only where clang builds with the address
# sanitizer.
function(coil_add_fuzz name)
  cmake_parse_arguments(A "" "CHAPTER;RUNS" "SOURCES" ${ARGN})
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang" OR NOT COIL_SANITIZE MATCHES "address")
    return()
  endif()
  get_property(last GLOBAL PROPERTY coil_last)
  get_property(dir GLOBAL PROPERTY coil_${last}_DIR)
  get_target_property(sources coil_${last} SOURCES)
  set(target fuzz.${name})
  set(fuzz ${CMAKE_CURRENT_SOURCE_DIR}/fuzz)
  list(TRANSFORM A_SOURCES PREPEND ${fuzz}/)
  add_executable(${target} ${sources})
  coil_link(${target} ${last} ${fuzz}/fuzz_${name}.c ${A_SOURCES})
  add_dependencies(${target} coil_${last})
  target_compile_options(${target} PRIVATE -fsanitize=fuzzer)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  coil_test_case(${target} ${last} ${A_CHAPTER}
    COMMAND ${target} -runs=${A_RUNS} -seed=1 -max_len=512 -timeout=20
      -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/)
  get_target_property(objects ${target} SOURCES)
  list(FILTER objects INCLUDE REGEX "TARGET_OBJECTS")
  set(objects $<TARGET_OBJECTS:${target}> ${objects})
  set(listed ${CMAKE_CURRENT_BINARY_DIR}/${target}.objects)
  file(GENERATE OUTPUT ${listed} CONTENT "$<JOIN:${objects},\n>\n")
  coil_test_case(${target}.fires ${last} ${A_CHAPTER}
    COMMAND ${fuzz}/fires.sh ${fuzz}/${name}_mutants.txt ${dir}
      ${CMAKE_CURRENT_BINARY_DIR}/${target}.d ${listed} ${CMAKE_C_COMPILER}
      -std=c11 -D_POSIX_C_SOURCE=200809L -O1 -g -fno-omit-frame-pointer
      -fno-sanitize-recover=all -fsanitize=${COIL_SANITIZE},fuzzer)
endfunction()
