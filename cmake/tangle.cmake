# From the chapters to one tree a snapshot, its library and its programs.
set(COIL_TOOLS ${PROJECT_SOURCE_DIR}/tangle)
set(COIL_PYTHON /usr/bin/python3 -B)
set(COIL_TREES ${PROJECT_BINARY_DIR}/tree)
set(COIL_TEXTS ${COIL_BOOK_DIR}/transcripts)
if(NOT EXISTS /usr/bin/python3)
  message(FATAL_ERROR "/usr/bin/python3 is missing: ./coil doctor says how to "
    "get it")
endif()

file(GLOB COIL_CHAPTERS CONFIGURE_DEPENDS ${COIL_BOOK_DIR}/*.nw)
set(tangle ${COIL_PYTHON} ${COIL_TOOLS}/tangle/tangle.py)
set(tangle_deps ${COIL_CHAPTERS} ${COIL_TOOLS}/tangle/tangle.py
  ${COIL_TOOLS}/tangle/nw.py)
set(how)
if(NOT COIL_SNAPSHOTS)
  list(APPEND how --last)
endif()
if(NOT COIL_TESTS)             # the book itself needs no checkpoints
  list(APPEND how --chapters)
endif()
if(COIL_WEAVE)                 # a moved line alone compiles nothing again
  list(APPEND how --lazy)
endif()

# The plan names what is made. It is written again only when a file, a
# checkpoint or a chapter comes or goes; only then CMake runs again. Ninja
# brings it up to date before all else, so the trees are a step of their own.
set(plan ${PROJECT_BINARY_DIR}/plan.cmake)
execute_process(COMMAND ${tangle} plan ${how} ${plan} ${COIL_CHAPTERS}
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "The book does not tangle; the reason stands above.")
endif()
include(${plan})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${plan})

set(made)
foreach(t IN LISTS coil_ch_trees coil_cp_trees)
  set(files ${coil_${t}_files})
  list(TRANSFORM files PREPEND ${COIL_TREES}/${t}/)
  list(APPEND made ${files})
endforeach()
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/planned
  BYPRODUCTS ${plan}
  COMMAND ${tangle} plan ${how} ${plan} ${COIL_CHAPTERS}
  COMMAND ${CMAKE_COMMAND} -E touch ${PROJECT_BINARY_DIR}/planned
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  DEPENDS ${tangle_deps} COMMENT "Reading the book" VERBATIM)
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/tangled
  BYPRODUCTS ${made}
  COMMAND ${tangle} trees ${how} ${COIL_TREES} ${COIL_CHAPTERS}
  COMMAND ${CMAKE_COMMAND} -E touch ${PROJECT_BINARY_DIR}/tangled
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  DEPENDS ${PROJECT_BINARY_DIR}/planned COMMENT "Tangling the book" VERBATIM)
add_custom_target(tangle ALL DEPENDS ${PROJECT_BINARY_DIR}/tangled)

# Checkpoints first, so that the last snapshot is a chapter's.
foreach(t IN LISTS coil_cp_trees coil_ch_trees)
  coil_add_snapshot(${t} CHAPTER ${coil_${t}_chapter} TANGLE tangle
    DIR ${COIL_TREES}/${t} FILES ${coil_${t}_files})
endforeach()

add_custom_target(update-src
  COMMAND ${tangle} src ${PROJECT_SOURCE_DIR}/src ${COIL_CHAPTERS}
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)

# ---- the programs of the chapters, and their texts --------------------------
file(GLOB_RECURSE texts CONFIGURE_DEPENDS ${COIL_TEXTS}/*.txt
  ${COIL_TEXTS}/*.dot)
set(transcript ${COIL_TOOLS}/tangle/transcript.sh)

# coil_add_transcripts(snapshot chapter label): run the chapter's programs. In the
# chapter's own snapshot they also feed the book.
function(coil_add_transcripts s chapter label)
  coil_add_demos(${s} ${chapter})
  get_property(demos GLOBAL PROPERTY coil_${s}_${chapter}_demos)
  foreach(f IN LISTS demos)
    string(REGEX REPLACE "^demo/(.*)\\.(c|py)$" "\\1" name ${f})
    set(text ${COIL_TEXTS}/${name}.txt)
    if(name MATCHES "/fig-")
      set(text ${COIL_TEXTS}/${name}.dot)
    endif()
    set(got ${PROJECT_BINARY_DIR}/${s}/${f}.txt)
    set(primary update)
    if(f MATCHES "\\.c$")
      coil_program(${s} ${f} program)
      set(run $<TARGET_FILE:${program}>)
    else()
      set(program ${COIL_TREES}/${s}/${f})
      set(run /usr/bin/python3 -EB ${program})
      string(REGEX REPLACE "\\.py$" ".c" twin ${f})
      if(twin IN_LIST demos)
        set(primary check)
      endif()
    endif()
    set(need)
    if(text IN_LIST texts)
      set(need ${text})
    endif()
    if(COIL_WEAVE AND s STREQUAL "ch${chapter}")
      add_custom_command(OUTPUT ${got}.ok
        COMMAND ${transcript} check ${text} ${got} ${run}
        COMMAND ${CMAKE_COMMAND} -E touch ${got}.ok
        DEPENDS ${program} ${need} ${transcript}
        COMMENT "Running ${f}" VERBATIM)
      set_property(GLOBAL APPEND PROPERTY coil_ran ${got}.ok)
      set_property(GLOBAL APPEND PROPERTY coil_ran_${chapter} ${got}.ok)
      set_property(GLOBAL APPEND PROPERTY coil_update
        COMMAND ${transcript} ${primary} ${text} ${got} ${run})
      if(TARGET ${program})
        set_property(GLOBAL APPEND PROPERTY coil_update_needs ${program})
      endif()
    endif()
    if(COIL_TESTS)
      set(case ${s}.${f})
      string(REPLACE "/" "." case ${case})
      if(COIL_STRESS)           # its counts differ: it must run, no more
        coil_test_case(${case} ${s} ${label} COMMAND ${run})
      else()
        coil_test_case(${case} ${s} ${label}
          COMMAND ${transcript} check ${text} ${got} ${run})
      endif()
    endif()
  endforeach()
endfunction()

get_property(last GLOBAL PROPERTY coil_last)
set(shown ${coil_${last}_files})
list(FILTER shown INCLUDE REGEX "^demo/[0-9][0-9]-")
list(TRANSFORM shown REPLACE "^demo/([0-9][0-9]).*" "\\1")
list(REMOVE_DUPLICATES shown)
foreach(chapter IN LISTS shown)
  if(COIL_SNAPSHOTS)
    coil_add_transcripts(ch${chapter} ${chapter} ${chapter})
    if(COIL_TESTS AND NOT last STREQUAL "ch${chapter}")
      coil_add_transcripts(${last} ${chapter} ${coil_${last}_chapter})
    endif()
  else()
    coil_add_transcripts(${last} ${chapter} ${chapter})
  endif()
endforeach()

get_property(update GLOBAL PROPERTY coil_update)
get_property(needs GLOBAL PROPERTY coil_update_needs)
add_custom_target(update-transcripts ${update} VERBATIM)
add_dependencies(update-transcripts tangle ${needs})
