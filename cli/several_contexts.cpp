#include "cli/several_contexts.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/prefixed_lines.h"
#include "cli/print_options.h"
#include "cli/progress.h"
#include "cli/service_instances.h"
#include "core/comma_list.h"
#include "core/error.h"
#include "k8s/connection_resolve.h"
#include "k8s/kubeconfig.h"
#include "output/context_listing.h"
#include "output/keeping_printer.h"
#include "output/terminal_text.h"
#include "output/text_keeper.h"
#include "rpc/parallel.h"

namespace podreg::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t kAtOnce = 32;

// What became of the command in one of them.
struct Outcome {
  std::string context;
  std::optional<output::KeptListing> listing;
  std::optional<core::RegistryGraph> graph;
  std::string text;  // where the command prints no list
  int status = kExitDone;
  std::optional<Error> error;
};

std::vector<std::string> names_in(const k8s::Kubeconfig& kubeconfig, const GlobalOptions& options) {
  std::vector<std::string> names;
  if (options.all_contexts) {
    for (const auto& entry : kubeconfig.contexts) names.push_back(entry.name);
  } else {
    for (const auto name : core::comma_list(*options.overrides.context)) names.emplace_back(name);
  }
  return without_repetitions(names);
}

// There is one of each, and several contexts.
void refuse_other_clusters(const GlobalOptions& options) {
  const auto refuse = [](bool given, std::string_view flag) {
    if (!given) return;
    throw Error(ErrorKind::usage,
                fmt::format("{} names one cluster, and several contexts are asked for", flag),
                "each context of the kubeconfig names its own");
  };
  const auto& overrides = options.overrides;
  refuse(!options.snapshots.empty(), "--snapshot");
  refuse(!options.registry.empty(), "--registry");
  refuse(overrides.server.has_value(), "--server");
  refuse(overrides.cluster.has_value(), "--cluster");
}

GlobalOptions with_context(GlobalOptions options, const std::string& context) {
  options.all_contexts = false;
  options.overrides.context = context;
  return options;
}

Outcome outcome_of(const Run& run, const std::string& name, const GlobalOptions& options,
                   Context& all, std::mutex& mutex) {
  Outcome outcome{name, {}, {}, {}, kExitDone, {}};
  const GlobalOptions own = with_context(options, name);
  output::TextKeeper text;
  PrefixedLines messages(fmt::format("[{}] ", output::terminal_text(name)), all.streams().err,
                         mutex);
  core::Streams streams{text, messages, all.streams().out_is_terminal, false};
  output::KeepingPrinter printer(streams, print_options(own, all.environment()));
  try {
    Context context(own, streams, all.environment(), printer, all.progress_line());
    outcome.status = run(context);
  } catch (const Error& error) {
    outcome.error = error;
  } catch (const std::exception& error) {
    outcome.error = Error(ErrorKind::invalid_data, fmt::format("internal error: {}", error.what()));
  }
  messages.end();
  outcome.listing = printer.take();
  outcome.graph = printer.take_graph();
  outcome.text = text.take();
  return outcome;
}

std::vector<Outcome> run_in_each(const Run& run, const std::vector<std::string>& contexts,
                                 const GlobalOptions& options, Context& all) {
  std::vector<Outcome> outcomes(contexts.size());
  std::mutex mutex;
  Progress progress(all, "asking contexts");
  rpc::for_each_parallel(
      contexts.size(), kAtOnce,
      [&](std::size_t i) {
        outcomes[i] = outcome_of(run, contexts[i], options, all, mutex);
        return !outcomes[i].error;
      },
      [&](const rpc::Tally& tally) { progress.show(tally); });
  return outcomes;
}

std::string reason(const Error& error) {
  return error.hint().empty() ? error.what() : fmt::format("{}; {}", error.what(), error.hint());
}

// Nobody answered: then it is the command that fails.
[[noreturn]] void fail(const std::vector<Outcome>& outcomes) {
  std::string messages;
  for (const auto& one : outcomes) {
    messages += fmt::format("{}{}: {}", messages.empty() ? "" : "; ",
                            output::context_in_words(one.context), one.error->what());
  }
  throw Error(outcomes.front().error->kind(), messages, outcomes.front().error->hint());
}

void print_texts(const std::vector<Outcome>& outcomes, Context& context) {
  context.printer().print_text([&](core::TextSink& out, bool color) {
    bool first = true;
    for (const auto& one : outcomes) {
      if (one.text.empty()) continue;
      const auto heading = output::terminal_text(output::context_in_words(one.context));
      out.write(fmt::format("{}{}\n{}", std::exchange(first, false) ? "" : "\n",
                            output::painted(heading, output::Paint::bold, color), one.text));
    }
  });
}

void print_graphs(std::vector<Outcome>& outcomes, Context& context) {
  std::vector<output::ContextGraph> graphs;
  for (auto& one : outcomes) {
    if (one.graph) graphs.push_back({one.context, std::move(*one.graph)});
  }
  context.printer().print_graphs(graphs);
}

// With --quiet too: the status says so as well.
void warn_of_failures(const std::vector<Outcome>& outcomes, Context& context) {
  for (const auto& one : outcomes) {
    if (!one.error) continue;
    context.warn(fmt::format("{}: {}", output::context_in_words(one.context), reason(*one.error)));
  }
}

void print_list(std::vector<Outcome>& outcomes, bool all_failed, Context& context) {
  std::vector<output::ContextResult> results;
  results.reserve(outcomes.size());
  for (auto& one : outcomes) {
    results.push_back({one.context, std::move(one.listing),
                       one.error && !all_failed ? reason(*one.error) : std::string()});
  }
  context.printer().print(output::ContextListing(std::move(results)));
  const bool told = !context.quiet() || output::is_document(context.printer().options().format);
  if (!told && !all_failed) warn_of_failures(outcomes, context);
}

int status_of(const std::vector<Outcome>& outcomes) {
  int status = kExitDone;
  for (const auto& one : outcomes) {
    if (one.error && one.error->kind() != ErrorKind::not_found) {
      return exit_status(one.error->kind());
    }
    status = std::max(status, one.status);
  }
  return status;
}

}  // namespace

std::optional<std::vector<std::string>> several_contexts(const GlobalOptions& options,
                                                         const k8s::Environment& environment) {
  const std::string context = options.overrides.context.value_or("");
  if (!options.all_contexts && context.find(',') == std::string::npos) return std::nullopt;
  if (options.all_contexts && !context.empty()) {
    throw Error(ErrorKind::usage, "--context and --all-contexts exclude each other");
  }
  const auto kubeconfig =
      k8s::load_kubeconfig(k8s::find_kubeconfig(options.kubeconfig, environment));
  if (!options.all_contexts && k8s::find_entry(kubeconfig.contexts, context) != nullptr) {
    return std::nullopt;
  }
  refuse_other_clusters(options);
  auto names = names_in(kubeconfig, options);
  if (names.empty()) {
    throw Error(ErrorKind::not_found, "no context is named, and the kubeconfig has none",
                "podreg config view shows which kubeconfig is read");
  }
  for (const auto& name : names) {
    if (k8s::find_entry(kubeconfig.contexts, name) != nullptr) continue;
    k8s::resolve_selection(options.kubeconfig, with_context(options, name).overrides, environment);
  }
  return names;
}

void refuse_several_contexts(std::string_view command) {
  throw Error(ErrorKind::usage, fmt::format("{} takes one context", command),
              "podreg help connection says which commands take several");
}

int run_in_contexts(const Run& run, const std::vector<std::string>& contexts,
                    const GlobalOptions& options, Context& context) {
  auto outcomes = run_in_each(run, contexts, options, context);
  const bool all_failed =
      std::ranges::all_of(outcomes, [](const Outcome& one) { return one.error.has_value(); });
  const auto has_listing = [](const Outcome& one) { return one.listing.has_value(); };
  const auto has_graph = [](const Outcome& one) { return one.graph.has_value(); };
  const auto has_text = [](const Outcome& one) { return !one.text.empty(); };
  const int status = status_of(outcomes);
  if (std::ranges::any_of(outcomes, has_listing)) {
    print_list(outcomes, all_failed, context);
  } else if (std::ranges::any_of(outcomes, has_graph)) {
    print_graphs(outcomes, context);
    if (!all_failed) warn_of_failures(outcomes, context);
  } else if (std::ranges::any_of(outcomes, has_text)) {
    print_texts(outcomes, context);
    if (!all_failed) warn_of_failures(outcomes, context);
  }
  if (all_failed) fail(outcomes);
  return status;
}

}  // namespace podreg::cli
