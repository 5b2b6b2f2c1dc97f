# The library of the last snapshot, for others to use.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
get_property(last GLOBAL PROPERTY coil_last)
get_property(dir GLOBAL PROPERTY coil_${last}_DIR)
get_property(tangle GLOBAL PROPERTY coil_${last}_TANGLE)
get_target_property(sources coil_${last} SOURCES)
set(map ${PROJECT_SOURCE_DIR}/cmake/libcoil.map)

foreach(kind static shared)
  string(TOUPPER ${kind} type)
  add_library(coil_${kind} ${type} EXCLUDE_FROM_ALL ${sources})
  coil_configure(coil_${kind})
  target_include_directories(coil_${kind} PRIVATE ${dir} PUBLIC
    $<BUILD_INTERFACE:${dir}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(coil_${kind} PUBLIC Threads::Threads m)
  set_target_properties(coil_${kind} PROPERTIES OUTPUT_NAME coil
    EXPORT_NAME ${kind} LINKER_LANGUAGE C)
  if(tangle)
    add_dependencies(coil_${kind} ${tangle})
  endif()
endforeach()
set_target_properties(coil_shared PROPERTIES LINK_DEPENDS ${map}
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
target_link_options(coil_shared PRIVATE LINKER:--version-script=${map}
  LINKER:-z,defs)
add_library(coil::coil ALIAS coil_${last})
add_library(coil::static ALIAS coil_static)
add_custom_target(library DEPENDS coil_static coil_shared)
if(NOT COIL_BOOK)               # there it is all there is to build
  set_target_properties(coil_static coil_shared PROPERTIES
    EXCLUDE_FROM_ALL OFF)
  set_target_properties(coil_${last} PROPERTIES EXCLUDE_FROM_ALL ON)
endif()

install(TARGETS coil_static coil_shared EXPORT coil OPTIONAL)
install(DIRECTORY ${dir}/include/coil DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT coil NAMESPACE coil::
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/coil FILE coil-targets.cmake)
configure_package_config_file(cmake/coil-config.cmake.in coil-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/coil)
write_basic_package_version_file(coil-config-version.cmake
  COMPATIBILITY SameMinorVersion)
configure_file(cmake/coil.pc.in coil.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/coil-config.cmake
  ${PROJECT_BINARY_DIR}/coil-config-version.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/coil)
install(FILES ${PROJECT_BINARY_DIR}/coil.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
