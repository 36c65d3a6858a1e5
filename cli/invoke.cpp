// podreg invoke: calls a method of a provider, as a consumer without its classes does.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/invoke_options.h"
#include "cli/invoke_selection.h"
#include "cli/pod_failures.h"
#include "cli/progress.h"
#include "cli/provider_targets.h"
#include "cli/request_log.h"
#include "output/invocation_listing.h"
#include "output/load_listing.h"
#include "output/warnings.h"

namespace podreg::cli {

namespace {

using core::Error;
using core::ErrorKind;
using core::Invocation;

// In words that name the address, as the pod may have several.
std::string where(const core::DerivedUrl& url) {
  core::ServiceUrl address;
  address.protocol = url.url.protocol;
  address.host = url.url.host;
  address.port = url.url.port;
  const auto text = address.to_string();
  return url.pod.empty() ? text : fmt::format("{} (pod \"{}\")", text, url.pod);
}

Error with_place(const Error& error, const core::DerivedUrl& url) {
  const bool no_such = error.kind() == ErrorKind::not_found;
  auto hint = error.hint().empty() && no_such ? methods_hint(url) : error.hint();
  return {error.kind(), fmt::format("{}: {}", where(url), error.what()), std::move(hint)};
}

std::string class_hint(const core::JavaException& exception) {
  return exception.class_name.empty() ? "its class is known without --serialization json"
                                      : std::string();
}

// An exception is an answer like a result, but the answer is no.
int report_exceptions(const std::vector<Invocation>& invocations, Context& context) {
  int status = kExitDone;
  for (const auto& invocation : invocations) {
    if (!invocation.exception) continue;
    status = kExitNo;
    const auto headline = invocation.exception->to_string();
    report_error({headline, class_hint(*invocation.exception), kExitNo}, context);
    if (!context.verbose()) continue;
    std::string_view stack = invocation.exception->stack;
    if (stack.starts_with(headline + "\n")) stack.remove_prefix(headline.size() + 1);
    show_lines(stack, context.streams().err);
  }
  return status;
}

int report_outcome(const std::vector<Invocation>& invocations, Context& context) {
  std::vector<core::PodFailure> failures;
  for (const auto& invocation : invocations) {
    if (!invocation.error) continue;
    failures.push_back({invocation.url.pod, with_place(*invocation.error, invocation.url)});
  }
  const int status = report_exceptions(invocations, context);
  return failures.empty() ? status : report_failures(failures, context);
}

// What is to be called, and how.
struct Calls {
  std::vector<core::DerivedUrl> urls;
  std::vector<core::Warning> warnings;
  core::Dialer& dialer;
  rpc::CallPlan plan;
};

// The line of progress is gone when the results are printed.
template <typename Work>
auto with_progress(Calls& calls, const char* what, Context& context, Work work) {
  Progress progress(context, what);
  calls.plan.on_progress = [&](const rpc::Tally& tally) { progress.show(tally); };
  return work(rpc::Caller(calls.dialer, calls.plan));
}

int call(const InvokeOptions& options, Calls calls, Context& context) {
  const auto invocations =
      with_progress(calls, "calling instances", context,
                    [&](const rpc::Caller& caller) { return caller.call_each(calls.urls); });
  const auto& shape = context.printer().options();
  const bool bare = !options.all && shape.format == output::Format::table && !shape.shapes_list();
  if (!bare) {
    context.printer().print(output::InvocationListing(invocations, std::move(calls.warnings)));
  } else if (invocations.front().succeeded()) {
    context.printer().print_json(invocations.front().result);
  }
  return report_outcome(invocations, context);
}

// With the status that a single call would end with.
int report_failed_load(const core::InvocationLoad& load, Context& context) {
  const int status = load.error ? exit_status(load.error->kind()) : kExitNo;
  const auto hint = load.error ? with_place(*load.error, load.url).hint() : std::string();
  report_error({fmt::format("{}: {} of {} calls failed, the first: {}", where(load.url),
                            load.failed, load.calls, load.failure),
                hint, status},
               context);
  return status;
}

int call_often(const InvokeOptions& options, Calls calls, Context& context) {
  auto loads = with_progress(calls, "making calls", context, [&](const rpc::Caller& caller) {
    std::vector<core::InvocationLoad> done;
    for (const auto& url : calls.urls) done.push_back(caller.call_often(url, options.count));
    return done;
  });
  std::vector<core::InvocationLoad> failed;
  std::ranges::copy_if(loads, std::back_inserter(failed),
                       [](const auto& load) { return load.failed > 0; });
  context.printer().print(output::LoadListing(std::move(loads), std::move(calls.warnings)));
  return failed.empty() ? kExitDone : report_failed_load(failed.front(), context);
}

// What is known of the instances may explain why there is nobody to call.
std::vector<core::DerivedUrl> selected(const ResolvedTargets& resolved, const MethodName& name,
                                       const SelectionOptions& options, Context& context) {
  try {
    if (resolved.missing) throw Error(*resolved.missing);
    return select_urls(resolved.urls, name, options);
  } catch (const Error&) {
    if (!context.quiet()) {
      output::print_warnings(resolved.warnings, context.colors_errors(), context.streams().err);
    }
    throw;
  }
}

int run(const InvokeOptions& options, Context& context) {
  auto target = options.target;
  target.targets = {options.service};
  const auto name = MethodName::parse(options.method, !is_provider_url(options.service));
  auto plan = call_plan(options);
  plan.method = name.method;
  rpc::check_arguments(plan);
  auto resolved = resolve_provider_targets(target, context);
  for (auto& url : resolved.urls) {
    if (url.interface.empty()) url.interface = name.interface;
  }
  plan.timeout = resolved.reach->timeout();
  auto urls = selected(resolved, name, {options.service, options.all, options.pod}, context);
  Calls calls{std::move(urls), std::move(resolved.warnings), resolved.reach->dialer(),
              std::move(plan)};
  return options.count > 0 ? call_often(options, std::move(calls), context)
                           : call(options, std::move(calls), context);
}

}  // namespace

Run declare_invoke(CLI::App& app) {
  auto options = std::make_shared<InvokeOptions>();
  declare_invoke_options(app, *options);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
