# podreg_folder(NAME [LIBRARIES…]): the target podreg_NAME, made of all sources of this folder. The
# headers of ours are always included as "folder/file.h".
function(podreg_folder name)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(podreg_${name} STATIC ${sources})
  target_include_directories(podreg_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(podreg_${name} PUBLIC ${ARGN} PRIVATE podreg_warnings)
endfunction()
