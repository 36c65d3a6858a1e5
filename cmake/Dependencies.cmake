# Debian packages, found where they are installed; nothing is fetched.
find_package(fmt 9 REQUIRED)
find_package(CURL 7.88 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(ZLIB 1.2 REQUIRED)
find_library(NGHTTP2_LIBRARY nghttp2 REQUIRED)
find_library(WSLAY_LIBRARY wslay REQUIRED)
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/reader.h REQUIRED)
find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)

# Four shared C++ libraries fewer to load and relocate: 1 ms and 1 MiB of every start. Of fmt Debian has
# no archive, so its headers are compiled in; where yaml-cpp has none, the shared one is taken.
add_library(podreg_fmt INTERFACE)
add_library(podreg_yaml INTERFACE)
if(PODREG_STATIC_CXX)
  find_library(YAML_CPP_ARCHIVE libyaml-cpp.a)
  target_link_libraries(podreg_fmt INTERFACE fmt::fmt-header-only)
  target_link_libraries(podreg_yaml INTERFACE $<IF:$<BOOL:${YAML_CPP_ARCHIVE}>,${YAML_CPP_ARCHIVE},yaml-cpp>)
  add_link_options(-static-libstdc++ -static-libgcc)
else()
  target_link_libraries(podreg_fmt INTERFACE fmt::fmt)
  target_link_libraries(podreg_yaml INTERFACE yaml-cpp)
endif()

add_library(podreg_rapidjson INTERFACE)
target_include_directories(podreg_rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})
# Its iterators compare both ways; as C++20 that is ambiguous to clang.
target_compile_options(podreg_rapidjson INTERFACE
  $<$<CXX_COMPILER_ID:Clang>:-Wno-ambiguous-reversed-operator>)
add_library(podreg_cli11 INTERFACE)
target_include_directories(podreg_cli11 SYSTEM INTERFACE ${CLI11_INCLUDE_DIR})
