# Run at every build: which commit is built. Writes a file only when that has changed. Takes SOURCE, INPUT,
# OUTPUT and PODREG_COMPILER.
set(PODREG_COMMIT unknown)
if(EXISTS ${SOURCE}/.git)
  find_program(GIT git)
  execute_process(COMMAND ${GIT} -C ${SOURCE} describe --always --abbrev=12 --dirty --exclude=*
    OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(found)
    set(PODREG_COMMIT ${found})
  endif()
else()
  # `git archive` writes the commit into this file: .gitattributes.
  file(STRINGS ${SOURCE}/cmake/archived-commit found)
  if(NOT found MATCHES "Format")
    string(SUBSTRING "${found}" 0 12 PODREG_COMMIT)
  endif()
endif()
configure_file(${INPUT} ${OUTPUT} @ONLY)
