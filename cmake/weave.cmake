# The book, by the steps of tangle/weave/README.md. They run from the root
# and name the chapters relative to it, so that labels stay the same.
set(W ${PROJECT_BINARY_DIR}/woven)
set(weave ${PROJECT_SOURCE_DIR}/tangle/weave)
set(options --book ${COIL_BOOK_DIR}
  --results ${PROJECT_SOURCE_DIR}/bench/results)
set(names)
foreach(f IN LISTS COIL_CHAPTERS)
  file(RELATIVE_PATH f ${PROJECT_SOURCE_DIR} ${f})
  list(APPEND names ${f})
endforeach()
file(GLOB_RECURSE style CONFIGURE_DEPENDS ${weave}/* ${COIL_BOOK_DIR}/style/*
  ${COIL_BOOK_DIR}/book.yaml ${COIL_BOOK_DIR}/references.bib)
file(GLOB_RECURSE pictures CONFIGURE_DEPENDS ${COIL_BOOK_DIR}/figures/*
  ${COIL_TEXTS}/*.dot ${PROJECT_SOURCE_DIR}/bench/results/*.json)
get_property(ran GLOBAL PROPERTY coil_ran)

# coil_weave(output COMMAND command DEPENDS files COMMENT text [USES_TERMINAL])
# A long step uses the terminal: only then ninja says that it has begun.
function(coil_weave output)
  cmake_parse_arguments(A "USES_TERMINAL" "COMMENT" "COMMAND;DEPENDS" ${ARGN})
  set(terminal)
  if(A_USES_TERMINAL)
    set(terminal USES_TERMINAL)
  endif()
  add_custom_command(OUTPUT ${output}
    COMMAND ${A_COMMAND}
    COMMAND ${CMAKE_COMMAND} -E touch ${output}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    DEPENDS ${A_DEPENDS} ${style} COMMENT ${A_COMMENT} VERBATIM
    ${terminal})
endfunction()

coil_weave(${W}/woven COMMAND ${weave}/weave.sh ${W} ${names}
  DEPENDS ${COIL_CHAPTERS} COMMENT "Weaving the chapters")
coil_weave(${W}/drawn COMMAND ${weave}/figures.sh ${W} ${options}
  DEPENDS ${pictures} ${ran} COMMENT "Drawing the figures")
foreach(kind latex html epub)
  set(need ${W}/woven ${ran} ${texts} ${pictures})
  set(first)
  if(NOT kind STREQUAL "latex")
    list(APPEND need ${W}/drawn)
    set(first nice -n 19)       # the PDF takes longest: let it go first
  endif()
  coil_weave(${W}/${kind}.done COMMAND ${first} ${weave}/render.sh ${kind} ${W} ${options}
    DEPENDS ${need} COMMENT "Rendering ${kind}")
endforeach()
coil_weave(${W}/pdf.done COMMAND ${weave}/pdf.sh ${W} ${options}
  DEPENDS ${W}/latex.done ${W}/drawn COMMENT "Typesetting the PDF"
  USES_TERMINAL)
coil_weave(${W}/links.done COMMAND ${COIL_PYTHON}
  ${weave}/check-html.py ${W}/html
  DEPENDS ${W}/html.done COMMENT "Checking the links of the HTML")
add_custom_target(check-epub DEPENDS ${W}/epub.done
  COMMAND ${weave}/check-epub.sh ${W}/book.epub VERBATIM)
set(stats ${COIL_PYTHON} ${COIL_TOOLS}/lint/stats.py ${COIL_CHAPTERS})
add_custom_target(book COMMAND ${stats}
  DEPENDS ${W}/pdf.done ${W}/links.done ${W}/epub.done
  COMMENT "The chapters in figures" VERBATIM)

foreach(f IN LISTS COIL_CHAPTERS)
  get_filename_component(name ${f} NAME_WE)
  string(SUBSTRING ${name} 0 2 number)
  get_property(mine GLOBAL PROPERTY coil_ran_${number})
  coil_weave(${W}/${name}.done
    COMMAND ${weave}/preview.sh ${W} ${name} ${names}
    DEPENDS ${COIL_CHAPTERS} ${mine} ${texts} ${pictures}
    COMMENT "Typesetting chapter ${name}" USES_TERMINAL)
  add_custom_target(book-${name} COMMAND ${stats}
    DEPENDS ${W}/${name}.done COMMENT "The chapters in figures" VERBATIM)
endforeach()
