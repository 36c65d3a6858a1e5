// One subcommand, as the command table has it. A command is one file: a struct of options, a
// function that declares them, a function that runs.
#pragma once

#include <functional>
#include <string_view>

#include "output/format.h"

namespace CLI {
class App;
}

namespace podreg::cli {

class Context;

// Runs a command whose command line has been read; returns the exit status, throws core::Error.
using Run = std::function<int(Context&)>;

struct Command {
  std::string_view name;
  std::string_view summary;        // one line of `podreg --help`
  std::string_view examples;       // a line each; its own help shows the first four
  std::string_view exit_statuses;  // those that it can have, in a few words each
  Run (*declare)(CLI::App& app);   // declares the options, returns what runs with them
  output::Prints prints = output::Prints::lists;
  bool asks_several = false;  // --all-contexts, and --context with several
  bool connects = true;       // whether there is a cluster to say anything about
};

Run declare_completion(CLI::App& app);
Run declare_config(CLI::App& app);
Run declare_doctor(CLI::App& app);
Run declare_graph(CLI::App& app);
Run declare_instances(CLI::App& app);
Run declare_invoke(CLI::App& app);
Run declare_mapping(CLI::App& app);
Run declare_metadata(CLI::App& app);
Run declare_probe(CLI::App& app);
Run declare_register(CLI::App& app);
Run declare_services(CLI::App& app);
Run declare_snapshot(CLI::App& app);
Run declare_unregister(CLI::App& app);
Run declare_update(CLI::App& app);
Run declare_urls(CLI::App& app);
Run declare_version(CLI::App& app);
Run declare_wait(CLI::App& app);
Run declare_watch(CLI::App& app);

}  // namespace podreg::cli
