# The manual pages, written by PROGRAM into FOLDER/manN; those of an earlier build go away.
execute_process(COMMAND ${PROGRAM} __manual OUTPUT_VARIABLE pages COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" pages "${pages}")
file(REMOVE_RECURSE ${FOLDER})
foreach(page ${pages})
  string(REGEX REPLACE ".*\\." "" section ${page})
  file(MAKE_DIRECTORY ${FOLDER}/man${section})
  execute_process(COMMAND ${PROGRAM} __manual ${page} OUTPUT_FILE ${FOLDER}/man${section}/${page}
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
