// The manual pages. podreg(1) and the page of each command are made of the command table, of the
// declaration of the command line and of the text in man/, those of section 7 of the catalogue of
// findings and of man/podreg-registry.7.
//
// Format: mdoc(7), https://mandoc.bsd.lv/man/mdoc.7.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace podreg::cli {

// The command that writes a page, or lists them; it stands in no help.
inline constexpr std::string_view kManualCommand = "__manual";

// The names of the pages' files: "podreg.1", "podreg-instances.1", …, "podreg-registry.7".
std::vector<std::string> manual_pages();

// Clean under `mandoc -Tlint -Wwarning`. `day` is that of the page, "2026-11-29". Throws
// Error(not_found) when there is no page of that name.
std::string manual_page(const CLI::App& program, std::string_view name, std::string_view day);

// What `podreg __manual WORDS…` prints, a page or the list of them. Throws Error.
std::string manual(const CLI::App& program, const std::vector<std::string>& words);

// The text of man/NAME; empty when there is none.
std::string_view manual_text(std::string_view name);

}  // namespace podreg::cli
