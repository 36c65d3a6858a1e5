#include "cli/completion_request.h"

#include <CLI/CLI.hpp>

#include "cli/command_parts.h"

namespace podreg::cli {

namespace {

bool is_flag(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

const CLI::App* command_named(const CLI::App& app, const std::string& word) {
  for (const CLI::App* one : commands_of(app)) {
    if (one->get_name() == word) return one;
  }
  return nullptr;
}

bool has_commands(const CLI::App& app) { return !commands_of(app).empty(); }

class Reader {
 public:
  explicit Reader(const CLI::App& program) : program_(program) { request_.command = &program; }

  void take(const std::string& word) {
    request_.words.push_back(word);
    if (waiting_ != nullptr) {
      waiting_ = nullptr;
    } else if (!only_arguments_ && word == "--") {
      only_arguments_ = true;
    } else if (!only_arguments_ && is_flag(word)) {
      take_flag(word);
    } else if (const CLI::App* command = command_named(*request_.command, word);
               command != nullptr && request_.arguments.empty()) {
      request_.command = command;
    } else {
      request_.arguments.push_back(word);
    }
  }

  CompletionRequest finish(const std::string& word) {
    request_.word = word;
    if (waiting_ != nullptr) {
      request_.option = waiting_;
      request_.flags = waiting_->get_items_expected_min() == 0;
      request_.words.pop_back();
    } else if (!only_arguments_ && !word.empty() && word.front() == '-') {
      finish_flag(word);
    } else {
      request_.flags = !only_arguments_;
      request_.commands = has_commands(*request_.command) && request_.arguments.empty();
      request_.option = next_argument();
    }
    return std::move(request_);
  }

 private:
  // "--flag", "--flag=value", "-f", "-fvalue", "-ab".
  void take_flag(const std::string& word) {
    const auto [option, length] = option_in(word);
    if (option != nullptr && takes_value(*option) && length == word.size()) waiting_ = option;
  }

  // The last flag of a word, and how much of the word names it; those before it are given as well.
  std::pair<const CLI::Option*, std::size_t> option_in(const std::string& word) {
    if (word.starts_with("--")) {
      const auto end = std::min(word.find('='), word.size());
      return {given(word.substr(0, end)), end};
    }
    for (std::size_t i = 1; i < word.size(); ++i) {
      const CLI::Option* option = given(std::string("-") + word[i]);
      if (option == nullptr || takes_value(*option) || i + 1 == word.size()) return {option, i + 1};
    }
    return {nullptr, word.size()};
  }

  const CLI::Option* given(const std::string& name) {
    const CLI::Option* option = find_flag(program_, *request_.command, name);
    if (option != nullptr) request_.given.insert(option);
    return option;
  }

  void finish_flag(const std::string& word) {
    const auto already = request_.given;
    auto [option, length] = option_in(word);
    request_.given = already;
    const bool is_long = word.starts_with("--");
    if (option != nullptr && is_long && length < word.size()) ++length;  // the '='
    if (option != nullptr && takes_value(*option) && (length < word.size() || word.back() == '=')) {
      request_.option = option;
      request_.before = word.substr(0, length);
      request_.word = word.substr(length);
    } else {
      request_.flags = true;
    }
  }

  // The argument that the next word is: the last one, when it takes several.
  const CLI::Option* next_argument() const {
    std::size_t place = request_.arguments.size();
    for (const CLI::Option* option : request_.command->get_options(
             [](const CLI::Option* one) { return one->get_positional(); })) {
      const auto most = static_cast<std::size_t>(option->get_items_expected_max());
      if (place < most) return option;
      place -= most;
    }
    return nullptr;
  }

  const CLI::App& program_;
  CompletionRequest request_;
  const CLI::Option* waiting_ = nullptr;
  bool only_arguments_ = false;  // after "--"
};

}  // namespace

CompletionRequest read_completion_request(const CLI::App& program,
                                          const std::vector<std::string>& words) {
  Reader reader(program);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) reader.take(words[i]);
  return reader.finish(words.empty() ? "" : words.back());
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

const CLI::Option* find_flag(const CLI::App& program, const CLI::App& command,
                             const std::string& name) {
  const CLI::App* app = &command;
  while (app != nullptr) {
    if (const auto* option = app->get_option_no_throw(name)) return option;
    app = app == &program ? nullptr : app->get_parent();
  }
  return nullptr;
}

}  // namespace podreg::cli
