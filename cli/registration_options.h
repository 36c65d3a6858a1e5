// The options of register, update and unregister, and what they come down to.
#pragma once

#include <string>
#include <vector>

#include "core/registrar.h"
#include "core/registration.h"
#include "k8s/environment.h"

namespace CLI {
class App;
}

namespace podreg::cli {

struct RegistrationOptions {
  // Which pods.
  std::string pod;
  std::string selector;

  // What to register.
  std::string metadata;  // JSON, "@FILE", "-"
  std::vector<std::string> set;
  std::vector<std::string> unset;
  std::vector<std::string> endpoints;
  std::string services;  // "@FILE", "-" or JSON: a MetadataInfo
  bool timestamp = false;

  // How to write.
  bool overwrite = true;
  std::string resource_version;
  std::string dry_run = "none";
  std::string field_manager = "podreg";
  bool in_place = false;
  bool wait = false;
  std::string timeout = "60s";
};

void declare_pods(CLI::App& app, RegistrationOptions& options);
void declare_metadata(CLI::App& app, RegistrationOptions& options);
void declare_writing(CLI::App& app, RegistrationOptions& options);
void declare_overwriting(CLI::App& app, RegistrationOptions& options);

// Reads files, and checks all of it before anything is sent. Throws Error(usage) and
// Error(invalid_data).
core::RegistrationInput registration_input(const RegistrationOptions& options);
core::RegistrarOptions registrar_options(const RegistrationOptions& options);

}  // namespace podreg::cli
