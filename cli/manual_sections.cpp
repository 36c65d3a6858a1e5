#include "cli/manual_sections.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <vector>

#include "cli/command_examples.h"
#include "cli/command_parts.h"
#include "cli/completion_request.h"
#include "cli/flag_groups.h"
#include "output/roff_text.h"

namespace podreg::cli {

namespace {

using output::roff_argument;
using output::roff_paragraph;
using output::roff_text;

constexpr const char* kListBegin = ".Bl -tag -width Ds\n";
constexpr const char* kListEnd = ".El\n";

std::string item(const std::string& term, const std::string& text) {
  return fmt::format(".It {}\n{}", term, text.empty() ? text : roff_paragraph(text));
}

std::string value_of(const CLI::Option& option) {
  if (!takes_value(option)) return {};
  const bool optional = option.get_items_expected_min() == 0;
  return fmt::format("{}Ar {}", optional ? " Op " : " ", roff_argument(option.get_type_name()));
}

// "Fl o Ar FORMAT , Fl -output Ar FORMAT"
std::string flag(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const auto& name : option.get_snames()) names.push_back(name);
  for (const auto& name : option.get_lnames()) names.push_back("-" + name);
  std::string text;
  for (const auto& name : names) {
    text +=
        fmt::format("{}Fl {}{}", text.empty() ? "" : " , ", roff_argument(name), value_of(option));
  }
  return text;
}

std::string argument(const CLI::Option& option) {
  const bool several = option.get_items_expected_max() > 1;
  const auto text = fmt::format("Ar {}{}", roff_argument(option.get_name()), several ? " ..." : "");
  return option.get_required() ? text : "Op " + text;
}

std::string group_of_flags(const FlagGroup& group) {
  std::string text;
  for (const CLI::Option* option : group.flags) {
    text += item(flag(*option), option->get_description());
  }
  return fmt::format(".Ss {}\n{}{}{}", group.name == kOwnGroup ? "This command" : group.name,
                     kListBegin, text, kListEnd);
}

std::string required_flags(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : required_flags_of(command)) {
    text += fmt::format(".Fl {}{}\n", roff_argument("-" + option->get_lnames().front()),
                        value_of(*option));
  }
  return text;
}

}  // namespace

std::string synopsis_section(const CLI::App& program, const CLI::App& command) {
  std::string text = ".Sh SYNOPSIS\n.Nm podreg\n";
  if (&command != &program) text += fmt::format(".Cm {}\n", roff_argument(command.get_name()));
  text += required_flags(command) + ".Op Ar option ...\n";
  for (const CLI::Option* option : arguments_of(command)) text += "." + argument(*option) + "\n";
  if (!commands_of(command).empty()) {
    text += command.get_require_subcommand_min() > 0 ? ".Ar command\n"
                                                     : ".Op Ar command Op Ar argument ...\n";
  }
  return text;
}

std::string arguments_section(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : arguments_of(command)) {
    text += item("Ar " + roff_argument(option->get_name()), option->get_description());
  }
  for (const CLI::App* one : commands_of(command)) {
    text += item("Cm " + roff_argument(one->get_name()), one->get_description());
  }
  return text.empty() ? text : kListBegin + text + kListEnd;
}

std::string options_section(const CLI::App& program, const CLI::App& command) {
  std::string text = ".Sh OPTIONS\n";
  for (const auto& group : flag_groups(program, command)) text += group_of_flags(group);
  return text;
}

std::string topic_section(std::string_view title, const HelpTopic& topic) {
  auto text = fmt::format(".Sh {}\n", title);
  bool in_list = false;
  for (const auto& entry : topic.entries) {
    const bool is_item = !entry.term.empty();
    if (is_item != in_list) text += is_item ? kListBegin : kListEnd;
    in_list = is_item;
    if (is_item) {
      text += item(entry.term.starts_with('-') ? "Fl " + roff_argument(entry.term.substr(1))
                                               : "Sy " + roff_argument(entry.term),
                   entry.text);
    } else {
      text += (text.ends_with(kListEnd) || text.ends_with(".\n") ? ".Pp\n" : "") +
              roff_paragraph(entry.text);
    }
  }
  return text + (in_list ? kListEnd : "");
}

std::string examples_section(std::string_view examples) {
  const auto [lines, prose] = command_examples(examples);
  if (lines.empty()) return {};
  std::string text = ".Sh EXAMPLES\n.Bd -literal -offset indent\n";
  for (const auto& line : lines) text += roff_text(line) + "\n";
  text += ".Ed\n";
  return prose.empty() ? text : text + ".Pp\n" + roff_paragraph(prose);
}

}  // namespace podreg::cli
