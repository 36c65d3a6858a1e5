# What makes a fault in the program hard to use (SECURITY.md). tests/cluster/binary_test.go looks whether
# the built program has it. Not of debug builds, which the sanitizers watch.
add_compile_options($<$<CONFIG:Release>:-fPIE>)
add_compile_options($<$<CONFIG:Release>:-fstack-protector-strong>)
add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
# The same bytes wherever the sources are.
add_compile_options($<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.>)
if(CMAKE_SYSTEM_NAME STREQUAL Linux)
  add_link_options($<$<CONFIG:Release>:-pie> $<$<CONFIG:Release>:LINKER:-z,relro,-z,now,-z,noexecstack>)
endif()
