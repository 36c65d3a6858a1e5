# Run at every build: which commit is built, and of which day it is. Writes a file only when that has changed. Takes SOURCE, INPUT,
# OUTPUT and PODREG_COMPILER.
set(PODREG_COMMIT unknown)
string(TIMESTAMP PODREG_DATE %Y-%m-%d UTC)
if(EXISTS ${SOURCE}/.git)
  find_program(GIT git)
  execute_process(COMMAND ${GIT} -C ${SOURCE} describe --always --abbrev=12 --dirty --exclude=*
    OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(found)
    set(PODREG_COMMIT ${found})
    execute_process(COMMAND ${GIT} -C ${SOURCE} log -1 --format=%cs OUTPUT_VARIABLE PODREG_DATE OUTPUT_STRIP_TRAILING_WHITESPACE)
  endif()
else()
  # `git archive` writes the commit and its day into this file: .gitattributes.
  file(STRINGS ${SOURCE}/cmake/archived-commit found)
  if(NOT found MATCHES "Format")
    list(GET found 0 commit)
    string(SUBSTRING "${commit}" 0 12 PODREG_COMMIT)
    list(GET found 1 PODREG_DATE)
  endif()
endif()
configure_file(${INPUT} ${OUTPUT} @ONLY)
