#include "cli/app.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <map>

#include "cli/command_table.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/global_options.h"
#include "cli/standard_streams.h"
#include "cli/usage.h"
#include "core/error.h"
#include "output/errors.h"

namespace podreg::cli {

namespace {

// The command line: the program's own options and one parser for each command.
class CommandLine {
 public:
  CommandLine() {
    // Also for the commands: their left over words end up here, where refuse_left_over() names
    // them.
    app_.fallthrough()->allow_extras();
    app_.require_subcommand(0, 1);
    app_.set_version_flag("--version", "podreg " PODREG_VERSION);
    declare_global_options(app_, options_);
    for (const Command& command : commands()) {
      CLI::App* parser =
          app_.add_subcommand(std::string(command.name), std::string(command.summary));
      runs_[parser] = command.declare(*parser);
      if (!command.examples.empty()) parser->footer("Examples:\n" + std::string(command.examples));
    }
  }

  // CLI11 takes the words last first.
  void parse(std::vector<std::string> arguments) {
    if (!arguments.empty() && arguments.front() == "help") {  // `help X` is `X --help`
      arguments.erase(arguments.begin());
      arguments.emplace_back("--help");
    }
    spell_out_empty_values(arguments);
    keep_lists(arguments);
    std::ranges::reverse(arguments);
    app_.parse(std::move(arguments));
    refuse_left_over();
    refuse_empty_values(app_);
  }

  // "--context=" is `--context ""`, as scripts write it with a variable that is empty; CLI11 would
  // miss a value.
  void spell_out_empty_values(std::vector<std::string>& words) const {
    for (auto word = words.begin(); word != words.end() && *word != "--"; ++word) {
      if (!word->starts_with("--") || word->find('=') != word->size() - 1) continue;
      word->pop_back();
      const CLI::Option* option = option_named(*word);
      if (option != nullptr && option->get_expected_min() > 0) {
        word = words.insert(word + 1, "");
      } else {
        *word += '=';
      }
    }
  }

  // CLI11 would take "[1,2]" apart. As JSON it may begin with a space, and nothing else begins so.
  static void keep_lists(std::vector<std::string>& words) {
    for (auto& word : words) {
      if (word.starts_with('[') && word.ends_with(']')) word.insert(0, 1, ' ');
    }
  }

  // Of the program, or of whichever command has it; rather one that takes a value than a flag, as
  // --version is both.
  const CLI::Option* option_named(const std::string& word) const {
    const CLI::Option* option = app_.get_option_no_throw(word);
    for (const auto& [command, run] : runs_) {
      if (option != nullptr && option->get_expected_min() > 0) break;
      if (const auto* one = command->get_option_no_throw(word)) option = one;
    }
    return option;
  }

  void refuse_left_over() const { cli::refuse_left_over(app_); }

  // What was asked for; nothing when no command was named.
  const Run* selected() const {
    const auto parsers = app_.get_subcommands();
    return parsers.empty() ? nullptr : &runs_.at(parsers.front());
  }

  // Of the command that was named, with the flags that all commands take; else of the program.
  std::string help() const {
    const auto selected = app_.get_subcommands();
    if (selected.empty()) return app_.help();
    const CLI::Formatter formatter;
    std::string text = selected.front()->help("podreg");
    for (const std::string& group : app_.get_groups()) {
      if (group == "Options") continue;
      text += formatter.make_group(group, false, app_.get_options([&](const CLI::Option* option) {
        return option->get_group() == group;
      }));
    }
    return text;
  }
  std::string command_name() const {
    const auto parsers = app_.get_subcommands();
    return parsers.empty() ? "podreg" : "podreg " + parsers.front()->get_name();
  }
  const GlobalOptions& options() const { return options_; }

 private:
  GlobalOptions options_;
  CLI::App app_{
      "Shows the service registry that Apache Dubbo keeps inside Kubernetes, as a consumer sees "
      "it.",
      "podreg"};
  std::map<const CLI::App*, Run> runs_;
};

int print_text(std::string text, core::Streams& streams) {
  if (!text.ends_with('\n')) text += '\n';
  streams.out.write(text);
  streams.out.flush();
  return kExitDone;
}

// What looks like the version of a service must not print that of podreg.
[[noreturn]] void refuse_version(const std::string& command) {
  throw core::Error(core::ErrorKind::usage, fmt::format("{} takes no --version", command),
                    "urls, probe and invoke take that of a service; podreg --version is podreg's");
}

// Reads the command line and runs what it names. Throws core::Error.
int dispatch(const std::vector<std::string>& arguments, core::Streams& streams,
             const k8s::Environment& environment) {
  CommandLine line;
  try {
    line.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    return print_text(line.help(), streams);
  } catch (const CLI::CallForVersion& version) {
    if (line.selected() != nullptr) refuse_version(line.command_name());
    return print_text(version.what(), streams);
  } catch (const CLI::ParseError& error) {
    line.refuse_left_over();  // a wrong word explains more than what is missing because of it
    throw core::Error(core::ErrorKind::usage, error.what(),
                      fmt::format("{} --help shows what it takes", line.command_name()));
  }
  const Run* run = line.selected();
  if (run == nullptr) return print_text(line.help(), streams);
  Context context(line.options(), streams, environment);
  const int status = (*run)(context);
  streams.out.flush();
  return status;
}

// A wrong --color is an error of its own, which is then printed without colour.
output::ColorMode color_mode(const std::vector<std::string>& arguments) {
  try {
    return output::parse_color_mode(value_of_flag(arguments, "--color", "").value_or("auto"));
  } catch (const core::Error&) {
    return output::ColorMode::never;
  }
}

output::ErrorStyle error_style(const std::vector<std::string>& arguments,
                               const core::Streams& streams, const k8s::Environment& environment) {
  const output::ColorPolicy policy{.mode = color_mode(arguments),
                                   .no_color = environment.variable("NO_COLOR"),
                                   .term = environment.variable("TERM")};
  return {.as_json = value_of_flag(arguments, "--output", "-o") == "json",
          .color = output::use_color(policy, streams.err_is_terminal)};
}

int report(const core::Error& error, const output::ErrorStyle& style, core::Streams& streams) {
  const int status = exit_status(error.kind());
  if (error.kind() == core::ErrorKind::reader_gone) return status;
  output::print_error(error.what(), error.hint(), status, style, streams.err);
  streams.err.flush();
  return status;
}

}  // namespace

int run(const std::vector<std::string>& arguments, core::Streams& streams,
        const k8s::Environment& environment) {
  const auto style = error_style(arguments, streams, environment);
  try {
    return dispatch(arguments, streams, environment);
  } catch (const core::Error& error) {
    return report(error, style, streams);
  } catch (const std::bad_alloc&) {
    return report(core::Error(core::ErrorKind::invalid_data, "out of memory"), style, streams);
  } catch (const std::exception& error) {
    return report(
        core::Error(core::ErrorKind::invalid_data, fmt::format("internal error: {}", error.what()),
                    "please report it, with the command line"),
        style, streams);
  }
}

int run(int argc, char** argv) {
  forbid_core_files();
  secure_standard_streams();
  DescriptorSink out(STDOUT_FILENO, OnFailure::report);
  DescriptorSink err(STDERR_FILENO, OnFailure::ignore);
  core::Streams streams{out, err, ::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1};
  return run(std::vector<std::string>(argv + 1, argv + argc), streams,
             k8s::Environment::of_process());
}

}  // namespace podreg::cli
