// A word that could stand where somebody is typing.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace podreg::cli {

struct Candidate {
  std::string value;
  std::string description;  // may be empty
};

// Words with their descriptions, each once, and in order: with -A several namespaces may have one
// of that name.
inline std::vector<Candidate> candidates_of(const std::map<std::string, std::string>& words) {
  std::vector<Candidate> found;
  for (const auto& [value, description] : words) found.push_back({value, description});
  return found;
}

}  // namespace podreg::cli
