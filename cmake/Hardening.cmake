# What makes a fault in the program hard to use (SECURITY.md). tests/cluster/binary_test.go looks whether
# the built program has it. Not of debug builds, which the sanitizers watch.
include(CheckPIESupported)
check_pie_supported()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
add_compile_options($<$<CONFIG:Release>:-fstack-protector-strong>)
add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
# The same bytes wherever the sources are.
add_compile_options($<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.>)
if(CMAKE_SYSTEM_NAME STREQUAL Linux)
  add_link_options($<$<CONFIG:Release>:LINKER:-z,relro,-z,now,-z,noexecstack>)
endif()
