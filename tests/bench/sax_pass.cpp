// The floor of reading JSON: RapidJSON's SAX reader over a file, with a handler that does nothing.
#include <rapidjson/filereadstream.h>
#include <rapidjson/reader.h>

#include <array>
#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::FILE* file = std::fopen(argv[1], "rb");
  if (file == nullptr) return 1;
  static std::array<char, 65536> buffer;
  rapidjson::FileReadStream stream(file, buffer.data(), buffer.size());
  rapidjson::BaseReaderHandler<> handler;
  rapidjson::Reader reader;
  const bool failed = reader.Parse(stream, handler).IsError();
  std::fclose(file);
  return failed ? 1 : 0;
}
