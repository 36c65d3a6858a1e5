#include "cli/app.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "cli/command_line.h"
#include "cli/completion.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/help_page.h"
#include "cli/help_topics.h"
#include "cli/list_shape.h"
#include "cli/manual.h"
#include "cli/parse_errors.h"
#include "cli/secret_arguments.h"
#include "cli/several_contexts.h"
#include "cli/standard_streams.h"
#include "cli/thread_memory.h"
#include "cli/usage.h"
#include "core/error.h"
#include "k8s/masking.h"
#include "output/errors.h"

namespace podreg::cli {

namespace {

int print_text(std::string text, core::Streams& streams) {
  if (!text.ends_with('\n')) text += '\n';
  streams.out.write(text);
  streams.out.flush();
  return kExitDone;
}

// A file and a pipe have the columns that a terminal usually has.
std::size_t columns_of(const core::Streams& streams) {
  return help_columns(streams.out_is_terminal ? terminal_size(STDOUT_FILENO).columns : 0);
}

// What looks like the version of a service must not print that of podreg.
[[noreturn]] void refuse_version(const std::string& command) {
  throw core::Error(core::ErrorKind::usage, fmt::format("{} takes no --version", command),
                    "urls, probe and invoke take that of a service; podreg --version is podreg's");
}

// What is no command of the table: `help TOPIC` and __manual. Empty for everything else.
std::string text_beside_the_table(const std::vector<std::string>& arguments,
                                  const CLI::App& program) {
  if (arguments.empty()) return {};
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (arguments.front() == "help") return topic_of(rest, program);
  if (arguments.front() == kManualCommand) return manual(program, rest);
  return {};
}

// Reads the command line and runs what it names. Throws core::Error.
int dispatch(const std::vector<std::string>& arguments, core::Streams& streams,
             const k8s::Environment& environment) {
  CommandLine line;
  if (auto text = text_beside_the_table(arguments, line.program()); !text.empty()) {
    return print_text(std::move(text), streams);
  }
  try {
    line.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    return print_text(line.help(columns_of(streams)), streams);
  } catch (const CLI::CallForVersion& version) {
    if (line.selected() != nullptr) refuse_version(line.command_name());
    return print_text(version.what(), streams);
  } catch (const CLI::ParseError& error) {
    line.refuse_left_over();  // a wrong word explains more than what is missing because of it
    throw in_own_words(error, line.program(), line.parser());
  }
  const Run* run = line.selected();
  if (run == nullptr) return print_text(line.help(columns_of(streams)), streams);
  Context context(line.options(), streams, environment);
  const Command& command = *line.command();
  // Before the command asks or writes anything.
  output::check_format(context.printer().options().format, command.prints, command.name);
  const auto contexts = several_contexts(line.options(), environment);
  if (contexts && !command.asks_several) refuse_several_contexts(command.name);
  check_list_shape(command.name, context.printer().options(),
                   {line.options().all_namespaces, contexts.has_value()});
  const int status =
      contexts ? run_in_contexts(*run, *contexts, line.options(), context) : (*run)(context);
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

// Never an error: somebody is typing.
int run_completion(const std::vector<std::string>& arguments, core::Streams& streams,
                   const k8s::Environment& environment) {
  try {
    complete({arguments.begin() + 1, arguments.end()}, streams, environment);
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
  }
  return kExitDone;
}

bool asks_for_completion(const std::vector<std::string>& arguments) {
  return !arguments.empty() && arguments.front() == kCompleteCommand;
}

// An error may repeat what was typed, such as a registry URL with its token in the wrong place.
int report(const core::Error& error, const output::ErrorStyle& style, core::Streams& streams) {
  const int status = exit_status(error.kind());
  output::print_error(k8s::mask_url(error.what()), k8s::mask_url(error.hint()), status, style,
                      streams.err);
  streams.err.flush();
  return status;
}

}  // namespace

int run(const std::vector<std::string>& arguments, core::Streams& streams,
        const k8s::Environment& environment) {
  if (asks_for_completion(arguments)) return run_completion(arguments, streams, environment);
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
  keep_threads_small();
  secure_standard_streams();
  DescriptorSink out(STDOUT_FILENO, OnFailure::report);
  DescriptorSink err(STDERR_FILENO, OnFailure::ignore);
  core::Streams streams{out, err, ::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1};
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  hide_secret_arguments({argv + 1, static_cast<std::size_t>(argc - 1)});
  const auto environment = k8s::Environment::of_process();
  if (asks_for_completion(arguments)) limit_completion_time(completion_limit(environment));
  return run(arguments, streams, environment);
}

}  // namespace podreg::cli
