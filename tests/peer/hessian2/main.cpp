// What podreg's reader and writer of hessian2 make of messages, for the test beside the reference
// implementation. A file of messages and its texts are as the Java program Hessian has them:
//
//     hessian2_peer write SEED COUNT MESSAGES TEXTS
//     hessian2_peer read MESSAGES TEXTS

#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rpc/hessian2_reader.h"
#include "rpc/hessian2_writer.h"
#include "tests/peer/hessian2/random_values.h"
#include "tests/peer/hessian2/value_text.h"

namespace {

using podreg::rpc::hessian2::Document;
using podreg::rpc::hessian2::Reader;
using podreg::rpc::hessian2::Value;
using podreg::rpc::hessian2::Writer;

constexpr std::size_t kLengthBytes = 4;

void write(std::uint64_t seed, std::uint64_t count, std::ostream& messages, std::ostream& texts) {
  for (std::uint64_t i = 0; i < count; ++i) {
    Writer writer;
    texts << podreg::tests::RandomValues(seed + i).write_row(writer) << '\n';
    const auto& bytes = writer.bytes();
    for (std::size_t byte = kLengthBytes; byte-- > 0;) {
      messages << static_cast<char>(bytes.size() >> 8 * byte & 0xff);
    }
    messages << bytes;
  }
}

std::string text_of(std::string_view message) {
  Document document;
  Reader reader(message, document);
  std::vector<std::uint32_t> ids;
  while (!reader.at_end()) ids.push_back(reader.read().id());
  std::vector<Value> row;
  for (const auto id : ids) row.push_back(document.value(id));
  return podreg::tests::text_of(row);
}

void read(std::istream& file, std::ostream& texts) {
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  std::string_view messages = all;
  while (!messages.empty()) {
    std::size_t size = 0;
    for (std::size_t byte = 0; byte < kLengthBytes; ++byte) {
      size = size << 8 | static_cast<unsigned char>(messages[byte]);
    }
    texts << text_of(messages.substr(kLengthBytes, size)) << '\n';
    messages.remove_prefix(kLengthBytes + size);
  }
}

void run(const std::vector<std::string>& args) {
  if (args.size() == 5 && args[0] == "write") {
    std::ofstream messages(args[3], std::ios::binary);
    std::ofstream texts(args[4]);
    write(std::stoull(args[1]), std::stoull(args[2]), messages, texts);
  } else if (args.size() == 3 && args[0] == "read") {
    std::ifstream messages(args[1], std::ios::binary);
    std::ofstream texts(args[2]);
    read(messages, texts);
  } else {
    throw std::runtime_error("usage: write SEED COUNT MESSAGES TEXTS | read MESSAGES TEXTS");
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run({argv + 1, argv + argc});
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hessian2_peer: %s\n", error.what());
    return 1;
  }
}
