#include "cli/help_topics.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/command_table.h"
#include "cli/exit_status_table.h"
#include "cli/help.h"
#include "core/error.h"
#include "core/nearest.h"
#include "output/format_names.h"
#include "output/wrapped_text.h"

namespace podreg::cli {

namespace {

constexpr std::size_t kColumns = 79;

HelpTopic exit_codes() {
  HelpTopic topic{"exit-codes", "What podreg returns to the shell", {}};
  for (const auto& one : exit_status_meanings()) {
    topic.entries.push_back({std::string(one.status), std::string(one.meaning)});
  }
  return topic;
}

HelpTopic output_topic() {
  HelpTopic topic{"output", "How results look: the values of -o/--output", {}};
  for (const auto& format : output::formats()) {
    topic.entries.push_back({std::string(format.name), std::string(format.description)});
  }
  topic.entries.push_back(
      {"",
       "Results go to standard output, everything else to standard error. Tables are for people "
       "and may change; the rest is stable. What came from the cluster is printed with its "
       "control characters escaped."});
  topic.entries.push_back(
      {"",
       "Work that takes longer than half a second says on the terminal, until it is done, how far "
       "it is; not with -q or -v."});
  return topic;
}

std::string contexts_text() {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) {
    if (command.asks_several) names.push_back(command.name);
  }
  return fmt::format(
      "Several contexts, or --all-contexts: asked at the same time by {}. Items have their "
      "context; one that fails is a warning, and the status is that of the first that does.",
      fmt::join(names, ", "));
}

HelpTopic connection() {
  return {
      "connection",
      "Where the cluster comes from; the first that applies",
      {{"--snapshot", "Kubernetes objects from files; no network. Repeatable."},
       {"--registry", "A Dubbo registry URL, as in the application's own configuration."},
       {"--kubeconfig",
        "Else $KUBECONFIG, else ~/.kube/config; with --context, --cluster, --user, -s/--server, "
        "--token, --as and the others of kubectl."},
       {"in a pod", "The token, CA and namespace of its ServiceAccount."},
       {"--context a,b", contexts_text()},
       {"",
        "Flags win over what the others say. podreg config view shows where each setting is "
        "from, without connecting; podreg config check what its user may do."},
       {"", "Providers are reached directly, or through the API server: podreg help providers."}}};
}

HelpTopic providers() {
  return {
      "providers",
      "How commands find providers, and reach them",
      {{"SERVICE", "The application itself: consumers find it by the name of its Service."},
       {"INTERFACE",
        "Has its package, as in com.example.shop.OrderService. Which applications provide it say, "
        "the first that knows: --provided-by, --cache-file, --subscribed-services, and at last "
        "what the providers in the cluster export."},
       {"",
        "A pod is connected to directly, or through the API server when there is no route to it: "
        "--via. What instances say that they export is asked once for each revision, and kept in "
        "$XDG_CACHE_HOME/podreg where interfaces are looked up."}}};
}

HelpTopic registry() {
  return {
      "registry",
      "The registry that Dubbo keeps inside Kubernetes, in five steps",
      {{"1 register",
        "A provider writes JSON into the annotation io.dubbo/metadata of its own pod: register, "
        "update, unregister."},
       {"2 mapping",
        "A consumer turns an interface into names of applications, which are names of "
        "Services: mapping."},
       {"3 instances",
        "It joins the Endpoints of each Service with the pods of its selector: services, "
        "instances, watch, wait."},
       {"4 metadata, URLs",
        "It asks one instance of each revision what it exports, and makes URLs of that: "
        "metadata, urls."},
       {"5 invokers", "It connects to each URL by its protocol: probe, invoke."},
       {"",
        "podreg doctor goes through all five and says which drops what. man 7 podreg-registry "
        "tells each step."}}};
}

std::vector<std::string> words_of_help(const std::vector<HelpTopic>& topics) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  for (const auto& topic : topics) names.emplace_back(topic.name);
  return names;
}

}  // namespace

std::vector<HelpTopic> help_topics() {
  return {exit_codes(), output_topic(), connection(), providers(), registry()};
}

std::string in_text(const HelpTopic& topic) {
  std::size_t width = 0;
  for (const auto& entry : topic.entries) width = std::max(width, entry.term.size());
  auto text = fmt::format("{}\n\n", topic.summary);
  bool listed = false;
  for (const auto& entry : topic.entries) {
    if (entry.term.empty()) {
      if (listed) text += '\n';
      text += output::wrapped(entry.text, {kColumns, 0, 0}) + "\n";
    } else {
      text += fmt::format("  {:<{}}  {}\n", entry.term, width,
                          output::wrapped(entry.text, {kColumns, width + 4, width + 4}));
    }
    listed = true;
  }
  return text;
}

std::string topic_of(std::span<const std::string> words, const CLI::App& program) {
  if (words.empty() || words.front().starts_with('-')) return {};
  const auto topics = help_topics();
  const auto found = std::ranges::find(topics, words.front(), &HelpTopic::name);
  if (found != topics.end()) {
    const auto flags = flags_of_topic(program, found->name, kColumns);
    return in_text(*found) + (flags.empty() ? "" : "\n" + flags);
  }
  const auto known = words_of_help(topics);
  if (std::ranges::find(known, words.front()) != known.end()) return {};
  const std::vector<std::string_view> names(known.begin(), known.end());
  throw core::Error(
      core::ErrorKind::usage, fmt::format("there is no help about \"{}\"", words.front()),
      core::did_you_mean(words.front(), names, "podreg --help lists the commands and topics"));
}

}  // namespace podreg::cli
