// Random values of every kind that hessian2::Writer writes, and the text that they have when they
// are read again.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "rpc/hessian2_writer.h"

namespace podreg::tests {

class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : random_(seed) {}

  // Writes some values, and returns their line (value_text.h).
  std::string write_row(rpc::hessian2::Writer& writer);

 private:
  // A map or list that has been written; of a scalar, only the text.
  struct Node {
    std::string text;
    std::string type;
    char begin = 0;                  // '[', '{', or 0: a scalar
    std::vector<Node> children;      // of a map: the values
    std::vector<std::string> names;  // of a map: the texts of the keys
  };

  // Writes a value and says what was written.
  Node write(rpc::hessian2::Writer& writer, int depth);
  Node write_scalar(rpc::hessian2::Writer& writer);
  Node write_list(rpc::hessian2::Writer& writer, int depth);
  Node write_array(rpc::hessian2::Writer& writer);
  Node write_map(rpc::hessian2::Writer& writer, int depth);
  std::string write_real(rpc::hessian2::Writer& writer);
  std::string write_date(rpc::hessian2::Writer& writer);
  std::string write_string(rpc::hessian2::Writer& writer);

  static void print(const Node& node, std::string& line, int& number);

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  std::int64_t of_any_size() { return static_cast<std::int64_t>(random_()) >> below(64); }
  std::size_t length();
  std::string string();

  std::mt19937_64 random_;
};

}  // namespace podreg::tests
