# Debian packages, found where they are installed; nothing is fetched.
find_package(fmt 9 REQUIRED)
find_package(CURL 7.88 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/reader.h REQUIRED)
find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)

add_library(podreg_rapidjson INTERFACE)
target_include_directories(podreg_rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})
# Its iterators compare both ways; as C++20 that is ambiguous to clang.
target_compile_options(podreg_rapidjson INTERFACE
  $<$<CXX_COMPILER_ID:Clang>:-Wno-ambiguous-reversed-operator>)
add_library(podreg_cli11 INTERFACE)
target_include_directories(podreg_cli11 SYSTEM INTERFACE ${CLI11_INCLUDE_DIR})
