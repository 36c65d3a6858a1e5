#include "cli/registration_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/duration.h"
#include "cli/input_text.h"
#include "core/choice.h"
#include "core/error.h"
#include "core/metadata_info.h"
#include "k8s/utf8_check.h"

namespace podreg::cli {

namespace {

// Of a file without the @ that says so.
std::string hint_about_file(const std::string& value) {
  std::error_code ignored;
  const bool is_file =
      value != "-" && !value.starts_with('@') &&
      (value.ends_with(".json") || std::filesystem::is_regular_file(value, ignored));
  return is_file ? fmt::format("did you mean @{}?", value) : "";
}

template <typename Read>
void with_name(const std::string& flag, const std::string& value, Read read) {
  try {
    read(text_of(value));
  } catch (const core::Error& error) {
    const bool named = value.starts_with('@') && value.size() > 1;
    const std::string where = named ? " of " + value.substr(1) : "";
    throw core::Error(error.kind(), fmt::format("{}{}: {}", flag, where, error.what()),
                      error.hint().empty() ? hint_about_file(value) : error.hint());
  }
}

void check_utf8(std::string_view flag, std::string_view text) {
  k8s::Utf8Check check;
  if (!check.feed(text) && !check.finish()) return;
  throw core::Error(core::ErrorKind::usage, fmt::format("{} \"{}\" is not UTF-8", flag, text));
}

// What the API server takes: k8s.io/apimachinery/pkg/apis/meta/v1/validation, ValidateFieldManager.
void check_field_manager(std::string_view name) {
  constexpr std::size_t longest = 128;
  check_utf8("--field-manager", name);
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
  if (name.size() <= longest && std::ranges::none_of(name, is_control)) return;
  throw core::Error(core::ErrorKind::usage,
                    fmt::format("--field-manager \"{}\" is no name of a field manager", name),
                    "a name is at most 128 bytes of text without control characters");
}

core::DryRun parse_dry_run(const std::string& text) {
  if (text == "none") return core::DryRun::none;
  if (text == "client" || text.empty()) return core::DryRun::client;
  if (text == "server") return core::DryRun::server;
  core::refuse_choice("--dry-run", text, {"client", "server", "none"});
}

// A file may hold the list that `podreg metadata -o json` prints; a pod has one revision.
const core::MetadataInfo& the_only_one(const std::vector<core::MetadataInfo>& infos) {
  if (infos.size() == 1) return infos.front();
  throw core::Error(
      core::ErrorKind::invalid_data,
      fmt::format("is a list of {} revisions with services, and a pod registers one", infos.size()),
      "podreg metadata SERVICE --revision R -o json prints one; so does jq '.items[0]'");
}

}  // namespace

void declare_pods(CLI::App& app, RegistrationOptions& options) {
  auto* pod = app.add_option("POD", options.pod, "The pod; default $HOSTNAME");
  app.add_option("-l,--selector", options.selector,
                 "All pods with these labels, e.g. app=shop-order")
      ->type_name("LABELS")
      ->excludes(pod);
}

void declare_metadata(CLI::App& app, RegistrationOptions& options) {
  app.add_option("--metadata", options.metadata,
                 "Metadata as a JSON object, @FILE or - for standard input")
      ->type_name("JSON|@FILE");
  app.add_option("--set", options.set, "One entry of the metadata; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app.add_option("--endpoint", options.endpoints,
                 "A protocol and its port, e.g. dubbo:20880; repeatable")
      ->type_name("PROTOCOL:PORT")
      ->allow_extra_args(false);
  app.add_option("--services", options.services,
                 "The MetadataInfo of what is exported; gives the revision")
      ->type_name("@FILE");
}

void declare_writing(CLI::App& app, RegistrationOptions& options) {
  app.add_option("--dry-run", options.dry_run,
                 "client: send nothing; server: let the API server check it only")
      ->type_name("client|server")
      ->expected(0, 1);
  app.add_option("--field-manager", options.field_manager,
                 "Who is named as the manager of the annotation")
      ->type_name("NAME");
  app.add_option("--resource-version", options.resource_version,
                 "Only when the pod has this version")
      ->type_name("VERSION");
  app.add_flag("--in-place", options.in_place, "Change the file of --snapshot");
}

void declare_overwriting(CLI::App& app, RegistrationOptions& options) {
  app.add_flag("--overwrite,!--no-overwrite", options.overwrite,
               "Replace a registration; on unless =false");
  app.add_flag("--wait", options.wait, "Return when consumers see the instance");
  app.add_option("--timeout", options.timeout, "How long to wait; default 60s")
      ->type_name("DURATION");
}

core::RegistrationInput registration_input(const RegistrationOptions& options) {
  if (options.metadata == "-" && options.services == "-") {
    throw core::Error(core::ErrorKind::usage,
                      "--metadata and --services cannot both be standard input");
  }
  core::RegistrationInput input;
  if (!options.metadata.empty()) {
    with_name("--metadata", options.metadata,
              [&](const std::string& text) { core::add_metadata(input, text); });
  }
  if (!options.services.empty()) {
    with_name("--services", options.services, [&](const std::string& text) {
      input.revision = the_only_one(core::parse_metadata_file(text)).compute_revision();
    });
  }
  for (const auto& text : options.endpoints) input.endpoints.push_back(core::parse_endpoint(text));
  for (const auto& text : options.set) {
    check_utf8("--set", text);
    input.entries.push_back(core::parse_assignment(text));
  }
  input.unset = options.unset;
  core::check_input(input);
  return input;
}

core::RegistrarOptions registrar_options(const RegistrationOptions& options) {
  check_field_manager(options.field_manager);
  parse_duration(options.timeout, "--timeout");
  if (options.wait && options.in_place) {
    throw core::Error(core::ErrorKind::usage,
                      "--wait is for a cluster: nothing happens to a file after it was changed");
  }
  return {
      .write = {.dry_run = parse_dry_run(options.dry_run), .field_manager = options.field_manager},
      .overwrite = options.overwrite,
      .resource_version = options.resource_version,
      .refresh_timestamp = options.timestamp};
}

}  // namespace podreg::cli
