#include "core/mapping_cache_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/error.h"
#include "core/json.h"

namespace podreg::core {
namespace {

constexpr std::size_t kMostEntries = 10'000;

[[noreturn]] void refuse(std::size_t line) {
  throw Error(ErrorKind::invalid_data,
              fmt::format("line {} is not INTERFACE=[\"APPLICATION\",…], as a consumer's cache of "
                          "mappings has it",
                          line),
              "it is ~/.dubbo/.mapping.APPLICATION.dubbo.cache of the consumer");
}

std::vector<std::string> read_list(std::string_view json, std::size_t line) {
  JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      json.data(), json.size());
  if (document.HasParseError() || !document.IsArray()) refuse(line);
  std::set<std::string, JavaLess> names;
  for (const auto& name : document.GetArray()) {
    if (!name.IsString()) refuse(line);
    if (name.GetStringLength() != 0) names.emplace(name.GetString(), name.GetStringLength());
  }
  return {names.begin(), names.end()};
}

}  // namespace

MappingCache parse_mapping_cache(std::string_view text) {
  MappingCache cache;
  std::size_t entries = 0;
  for (std::size_t number = 1; !text.empty() && entries < kMostEntries; ++number) {
    auto line = text.substr(0, text.find_first_of("\r\n"));
    const bool crlf = text.substr(line.size()).starts_with("\r\n");
    text.remove_prefix(std::min(line.size() + (crlf ? 2 : 1), text.size()));
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    const auto interface = line.substr(0, equals);
    line.remove_prefix(equals + 1);
    cache[std::string(interface)] = read_list(line.substr(0, line.find('=')), number);
    ++entries;
  }
  return cache;
}

}  // namespace podreg::core
