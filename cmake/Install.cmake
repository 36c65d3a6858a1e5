# What `cmake --install` puts where (Filesystem Hierarchy Standard; the shells look for completions there).
set(PODREG_ZSH_FOLDER ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING "Where zsh looks for completions")

install(TARGETS podreg)
install(PROGRAMS completions/kubectl_complete-podreg TYPE BIN)
# As a kubectl plugin; the link is relative, so that the tree can be moved.
file(CREATE_LINK podreg ${CMAKE_BINARY_DIR}/kubectl-podreg SYMBOLIC)
install(FILES ${CMAKE_BINARY_DIR}/kubectl-podreg TYPE BIN)

install(FILES completions/podreg.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME podreg)
install(FILES completions/podreg.zsh DESTINATION ${PODREG_ZSH_FOLDER} RENAME _podreg)
install(FILES completions/podreg.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(DIRECTORY ${CMAKE_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES README.md CHANGELOG.md TYPE DOC)
install(FILES LICENSE TYPE DOC RENAME copyright)
