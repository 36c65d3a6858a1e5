#include <fmt/format.h>
#include <sys/time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <iterator>
#include <set>

#include "cli/command_line.h"
#include "cli/command_parts.h"
#include "cli/completion.h"
#include "cli/completion_request.h"
#include "cli/completion_values.h"
#include "cli/duration.h"
#include "cli/flag_groups.h"
#include "cli/help_topics.h"
#include "core/error.h"
#include "output/terminal_text.h"

namespace podreg::cli {

namespace {

constexpr int kNoSpace = 2;
constexpr int kNoFiles = 4;

// What there is room for beside the word.
std::string first_part(const std::string& text) {
  auto end = text.size();
  for (const char* mark : {"; ", ": ", " ("}) end = std::min(end, text.find(mark));
  return text.substr(0, end);
}

void add_commands(const CLI::App& app, std::vector<Candidate>& found) {
  for (const CLI::App* one : commands_of(app)) {
    found.push_back({one->get_name(), first_part(one->get_description())});
  }
}

// "--output", or "-o" when only that was typed.
void add_flags(const CLI::App& program, const CompletionRequest& request,
               std::vector<Candidate>& found) {
  for (const auto& group : flag_groups(program, *request.command)) {
    for (const CLI::Option* option : group.flags) {
      if (request.given.contains(option) && !is_repeatable(*option)) continue;
      const auto description = first_part(option->get_description());
      for (const auto& name : option->get_lnames()) found.push_back({"--" + name, description});
      if (request.word != "-") continue;
      for (const auto& name : option->get_snames()) found.push_back({"-" + name, description});
    }
  }
}

// Those without which the command does not run, before anybody has typed a '-'.
void add_required_flags(const CompletionRequest& request, std::vector<Candidate>& found) {
  for (const CLI::Option* option : request.command->get_options()) {
    if (option->get_positional() || !option->get_required() || request.given.contains(option)) {
      continue;
    }
    found.push_back({"--" + option->get_lnames().front(), first_part(option->get_description())});
  }
}

struct Completion {
  std::vector<Candidate> candidates;
  bool files = false;
};

class Completer {
 public:
  Completer(const std::vector<std::string>& words, const k8s::Environment& environment)
      : environment_(environment), request_(read_completion_request(line_.program(), words)) {}

  Completion run() {
    if (request_.flags && request_.word.starts_with('-')) {
      add_flags(line_.program(), request_, completion_.candidates);
    } else if (asks_for_help()) {
      add_what_help_takes();
    } else if (request_.commands) {
      add_commands(*request_.command, completion_.candidates);
      if (request_.command == &line_.program()) {
        completion_.candidates.push_back({"help", "Show what a command takes"});
      }
    } else if (request_.option != nullptr) {
      add_values(*request_.option);
    }
    if (completion_.candidates.empty() && !completion_.files && request_.before.empty()) {
      add_required_flags(request_, completion_.candidates);
    }
    keep_what_fits();
    return std::move(completion_);
  }

 private:
  bool asks_for_help() const {
    return request_.command == &line_.program() &&
           request_.arguments == std::vector<std::string>{"help"};
  }

  void add_what_help_takes() {
    add_commands(line_.program(), completion_.candidates);
    for (const auto& topic : help_topics()) {
      completion_.candidates.push_back(
          {std::string(topic.name), first_part(std::string(topic.summary))});
    }
  }

  void add_values(const CLI::Option& option) {
    const auto placeholder = option.get_positional() ? option.get_name() : option.get_type_name();
    line_.parse_leniently(request_.words);
    completion_.files = CompletionValues::is_file(placeholder);
    CompletionValues values({line_.options(), line_.command(), request_.arguments}, environment_);
    completion_.candidates = values.of(placeholder, request_.word);
    if (option.get_positional()) leave_out_given();
  }

  void leave_out_given() {
    std::erase_if(completion_.candidates, [&](const Candidate& one) {
      return std::ranges::find(request_.arguments, one.value) != request_.arguments.end();
    });
  }

  // Each once: a flag of the command may have the name of one that all have.
  void keep_what_fits() {
    std::set<std::string> seen;
    std::erase_if(completion_.candidates, [&](Candidate& one) {
      const bool fits = one.value.starts_with(request_.word);
      one.value.insert(0, request_.before);
      return !fits || output::terminal_text(one.value) != one.value ||
             !seen.insert(one.value).second;
    });
  }

  const k8s::Environment& environment_;
  CommandLine line_;
  CompletionRequest request_;
  Completion completion_;
};

// Somebody goes on typing behind it.
bool is_beginning(const Candidate& one) {
  return !one.value.empty() &&
         std::string_view("=:/@,").find(one.value.back()) != std::string::npos;
}

int directive_of(const Completion& completion) {
  const auto& candidates = completion.candidates;
  const bool no_space = !candidates.empty() && std::ranges::all_of(candidates, is_beginning);
  return (no_space ? kNoSpace : 0) + (completion.files ? 0 : kNoFiles);
}

extern "C" void end_in_silence(int /*signal*/) { ::_exit(0); }

}  // namespace

void complete(const std::vector<std::string>& words, core::Streams& streams,
              const k8s::Environment& environment) {
  auto asked = words;
  std::erase_if(asked, [](const std::string& word) { return word == "-h" || word == "--help"; });
  const Completion completion = Completer(asked, environment).run();
  std::string text;
  for (const auto& one : completion.candidates) {
    text += one.value;
    if (!one.description.empty()) text += '\t' + output::terminal_text(one.description);
    text += '\n';
  }
  streams.out.write(text + fmt::format(":{}\n", directive_of(completion)));
  streams.out.flush();
}

std::chrono::milliseconds completion_limit(const k8s::Environment& environment) {
  constexpr std::chrono::milliseconds kUsual{300};
  const auto text = environment.text("PODREG_COMPLETION_TIMEOUT");
  try {
    return text.empty() ? kUsual : parse_duration(text, "PODREG_COMPLETION_TIMEOUT");
  } catch (const core::Error&) {  // nobody would see it
    return kUsual;
  }
}

void limit_completion_time(std::chrono::milliseconds limit) {
  struct sigaction action {};
  action.sa_handler = end_in_silence;
  ::sigaction(SIGALRM, &action, nullptr);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
  const std::chrono::microseconds rest = limit - seconds;
  const itimerval timer{.it_interval = {},
                        .it_value = {.tv_sec = seconds.count(), .tv_usec = rest.count()}};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace podreg::cli
