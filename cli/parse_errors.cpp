#include "cli/parse_errors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_parts.h"
#include "cli/completion_request.h"
#include "cli/flag_groups.h"

namespace podreg::cli {

namespace {

// CLI11's errors have a text and nothing else, which begins with what it is about, but for
// "Could not convert: NAME = VALUE".
// https://github.com/CLIUtils/CLI11/blob/main/include/CLI/Error.hpp
class Rewriting {
 public:
  Rewriting(const CLI::ParseError& error, const CLI::App& program, const CLI::App& command)
      : error_(error), text_(error.what()), program_(program), command_(command) {
    constexpr std::string_view kNotConverted = "Could not convert: ";
    std::string_view text = text_;
    if (text.starts_with(kNotConverted)) text.remove_prefix(kNotConverted.size());
    name_ = std::string(text.substr(0, text.find_first_of(": ")));
    option_ = find_flag(program, command, name_);
  }

  core::Error run() const {
    if (dynamic_cast<const CLI::RequiredError*>(&error_) != nullptr) return about_missing();
    if (option_ == nullptr) return error(text_, hint_about_command());
    if (dynamic_cast<const CLI::ExcludesError*>(&error_) != nullptr) return about_exclusion();
    if (dynamic_cast<const CLI::ConversionError*>(&error_) != nullptr) return about_value();
    if (dynamic_cast<const CLI::ValidationError*>(&error_) != nullptr) return about_value();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error_) != nullptr) return about_number();
    return error(text_, hint_about_option());
  }

 private:
  static core::Error error(const std::string& sentence, const std::string& hint) {
    return {core::ErrorKind::usage, sentence, hint};
  }

  std::string path() const {
    return &command_ == &program_ ? "podreg" : "podreg " + command_.get_name();
  }

  std::string hint_about_command() const {
    return fmt::format("{} --help shows what it takes", path());
  }

  std::string hint_about_option() const {
    const auto topic = topic_of_group(option_->get_group());
    return topic.empty() ? hint_about_command()
                         : fmt::format("podreg help {} tells what it takes", topic);
  }

  core::Error about_missing() const {
    if (option_ != nullptr) {
      const auto value = option_->get_positional() ? "" : " " + option_->get_type_name();
      return error(fmt::format("{} lacks {}{}", path(), name_, value), hint_about_command());
    }
    std::vector<std::string> names;
    for (const CLI::App* one : commands_of(command_)) {
      names.push_back(fmt::format("{} {}", path(), one->get_name()));
    }
    return error(
        fmt::format("{} is not a command alone; there are {}", path(), fmt::join(names, " and ")),
        fmt::format("{} --help tells what each does", path()));
  }

  core::Error about_exclusion() const {
    const auto other = text_.substr(text_.rfind(' ') + 1);
    return error(fmt::format("{} and {} exclude each other", name_, other), hint_about_command());
  }

  // The value that does not fit is the last one.
  core::Error about_value() const {
    const auto& values = option_->results();
    const auto value = values.empty() ? std::string() : values.back();
    if (!takes_value(*option_)) {
      return error(fmt::format("{} is there or not, and takes no \"{}\"", name_, value),
                   fmt::format("{0} alone is as good as {0}=true", name_));
    }
    constexpr std::string_view kRange = " not in range ";
    const auto range = text_.find(kRange);
    if (range == std::string::npos) {
      return error(fmt::format("{}: \"{}\" is no {}", name_, value, option_->get_type_name()),
                   hint_about_option());
    }
    return error(fmt::format("{}: \"{}\" is no number from {}", name_, value,
                             text_.substr(range + kRange.size())),
                 "a number is written with digits alone");
  }

  core::Error about_number() const {
    if (option_->results().empty() && takes_value(*option_)) {
      return error(fmt::format("{} lacks its value, {}", name_, option_->get_type_name()),
                   hint_about_option());
    }
    if (!takes_value(*option_)) return about_value();
    return error(fmt::format("{} is given {} times, and once is all it takes", name_,
                             option_->results().size()),
                 hint_about_option());
  }

  const CLI::ParseError& error_;
  std::string text_;
  const CLI::App& program_;
  const CLI::App& command_;
  std::string name_;
  const CLI::Option* option_ = nullptr;
};

}  // namespace

core::Error in_own_words(const CLI::ParseError& error, const CLI::App& program,
                         const CLI::App& command) {
  return Rewriting(error, program, command).run();
}

}  // namespace podreg::cli
