// The manual page podreg-findings(7), from the catalogue of findings.
#pragma once

#include <string>
#include <string_view>

namespace podreg::output {

// In the language mdoc(7), clean under `mandoc -Tlint`. `date` is that of the page, such as
// "November 29, 2026".
std::string findings_manual(std::string_view date);

}  // namespace podreg::output
