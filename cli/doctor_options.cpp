#include "cli/doctor_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/choice.h"
#include "core/comma_list.h"
#include "core/nearest.h"

namespace podreg::cli {

using core::Error;
using core::ErrorKind;
using core::FindingCode;
using core::Severity;

namespace {

std::string nearest_code(std::string_view word) {
  std::vector<std::string_view> names;
  for (const auto& kind : core::finding_kinds()) names.push_back(kind.name);
  return core::did_you_mean(word, names, "podreg doctor --list shows the codes there are");
}

std::vector<FindingCode> codes_of(const std::vector<std::string>& lists, const char* flag) {
  std::vector<FindingCode> codes;
  for (const std::string& list : lists) {
    for (const auto word : core::comma_list(list)) {
      const auto* kind = core::find_kind(word);
      if (kind == nullptr) {
        throw Error(ErrorKind::usage, fmt::format("{}: there is no finding \"{}\"", flag, word),
                    nearest_code(word));
      }
      codes.push_back(kind->code);
    }
  }
  return codes;
}

}  // namespace

void declare_doctor_options(CLI::App& app, DoctorOptions& options) {
  app.add_option("SERVICE|INTERFACE", options.target.targets,
                 "Service (the application's name), interface with its package, or URL of a "
                 "consumer; none: everything in the namespace that is Dubbo's");
  app.add_option("--consumer", options.consumer,
                 "The pod that does not see its providers: its permissions and releases are "
                 "looked at, too")
      ->type_name("pod/NAME");
  app.add_option("--fail-on", options.fail_on,
                 "Exit with 1 for an error (default), also for a warning, or never")
      ->type_name("error|warning|never");
  app.add_option("--only", options.only, "Look for these findings alone; commas between them")
      ->allow_extra_args(false)
      ->type_name("CODE,…");
  app.add_option("--skip", options.skip, "Do not look for these")
      ->allow_extra_args(false)
      ->type_name("CODE,…");
  app.add_flag("--no-probe", options.no_probe, "Connect to no provider: steps 1 to 3 alone");
  app.add_flag("--list", options.list, "Show the findings that there can be");
  app.add_option("--explain", options.explain, "Show cause and remedy of one")->type_name("CODE");
  declare_target_options(app, options.target);
}

std::vector<FindingCode> unwanted_codes(const DoctorOptions& options) {
  auto unwanted = codes_of(options.skip, "--skip");
  const auto only = codes_of(options.only, "--only");
  if (only.empty()) return unwanted;
  for (const auto& kind : core::finding_kinds()) {
    if (std::ranges::find(only, kind.code) == only.end()) unwanted.push_back(kind.code);
  }
  return unwanted;
}

const core::FindingKind& kind_named(const std::string& code) {
  const auto* kind = core::find_kind(code);
  if (kind == nullptr) {
    throw Error(ErrorKind::not_found, fmt::format("there is no finding \"{}\"", code),
                nearest_code(code));
  }
  return *kind;
}

std::optional<Severity> failing_severity(const DoctorOptions& options) {
  if (options.fail_on == "error") return Severity::error;
  if (options.fail_on == "warning") return Severity::warning;
  if (options.fail_on == "never") return std::nullopt;
  core::refuse_choice("--fail-on", options.fail_on, {"error", "warning", "never"});
}

}  // namespace podreg::cli
