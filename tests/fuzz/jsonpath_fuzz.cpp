// Feeds JSONPath with any template, on any document: the two stand with an empty byte between them.
// A template is refused or read; what it prints is then the same each time and nothing that a
// terminal obeys, but for the text of the template itself.

#include "core/error.h"
#include "core/json.h"
#include "output/jsonpath.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

using podreg::output::JsonPath;

// An error is a result, too.
std::string printed(const JsonPath& path, const podreg::core::JsonValue& document) {
  try {
    constexpr std::size_t kMost = 50'000;  // what the sanitizers manage in no time
    return path.text(document, kMost);
  } catch (const podreg::core::Error& error) {
    return error.what();
  }
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto end = std::min(input.find('\0'), input.size());
  const auto json = input.substr(std::min(end + 1, input.size()));
  podreg::core::JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError()) document.SetObject();
  try {
    const JsonPath path(input.substr(0, end));
    const auto text = printed(path, document);
    podreg::fuzz::must(text == printed(path, document));
    const bool template_is_plain = input.substr(0, end).find('\\') == std::string_view::npos &&
                                   !has_control(input.substr(0, end));
    podreg::fuzz::must(!template_is_plain || !has_control(text));
  } catch (const podreg::core::Error&) {  // as it should be
  }
  return 0;
}
