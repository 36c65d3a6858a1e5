# The Debian package, made by `./dev dist`. Which libraries it depends on is read from the program.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME podreg)
set(CPACK_PACKAGE_VENDOR podreg)
set(CPACK_PACKAGE_CONTACT "podreg <podreg@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Shows the service registry that Apache Dubbo keeps inside Kubernetes")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "A Dubbo provider registers by writing JSON into an annotation of its own pod; a consumer
joins Endpoints with those pods. podreg does the same steps, shows their result, and says
which address was left out and why.")
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, kubernetes-client")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)
