# Pages of the program are a fifth of the memory that a run takes. So what nobody calls is left out, and the
# command line, which no large list goes through, is compiled for size (cli/CMakeLists.txt).
add_compile_options($<$<CONFIG:Release>:-ffunction-sections> $<$<CONFIG:Release>:-fdata-sections>)
add_link_options($<$<CONFIG:Release>:LINKER:--gc-sections>)
