// podreg config: `view` shows what the connection comes down to and from where; `check` what its
// user may do of what the commands need, and the Role that would allow all of it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "core/access.h"
#include "core/error.h"
#include "k8s/connection_read.h"
#include "k8s/connection_settings.h"
#include "output/access_listing.h"
#include "output/setting_listing.h"
#include "output/terminal_text.h"

namespace podreg::cli {

namespace {

void say(const std::string& sentence, Context& context) {
  if (context.quiet() || output::is_document(context.printer().options().format)) return;
  context.streams().err.write(output::terminal_text(sentence) + "\n");
  context.streams().err.flush();
}

// Whatever can be shown is shown; then the connection is made up without connecting, so that a
// fault ends this command as it ends all others.
int run_view(Context& context) {
  if (context.uses_snapshot()) {
    context.printer().print(
        output::SettingListing({}, "No connection is used: --snapshot reads files."));
    return kExitDone;
  }
  const auto selection = context.selection();
  auto settings = k8s::settings_of(selection);
  if (const auto timeout = context.request_timeout()) settings.push_back(*timeout);
  const auto plugin = std::ranges::find(settings, std::string("exec"), &core::Setting::name);
  const auto note =
      plugin == settings.end()
          ? ""
          : fmt::format("The exec plugin {} would be run to sign in; it has not been.",
                        plugin->value);
  context.printer().print(output::SettingListing(std::move(settings), ""));
  if (!note.empty()) say(note, context);
  k8s::read_connection(selection, context.environment(), {});
  return kExitDone;
}

void refuse_if_denied(std::size_t denied, std::size_t all, const std::optional<std::string>& ns) {
  if (denied == 0) return;
  throw core::Error(core::ErrorKind::not_allowed,
                    fmt::format("{} of {} are not allowed in {}", denied, all, in_words(ns)),
                    fmt::format("podreg config check {} -o yaml prints the {} that allows them",
                                ns ? "-n " + *ns : "-A", ns ? "Role" : "ClusterRole"));
}

// The Role depends on what the commands need, not on what is allowed, so nobody is asked.
int run_check(Context& context) {
  core::AccessReviewer& reviewer = context.access();
  const auto ns = context.ns();
  const auto needs = core::access_needs(!ns);
  if (context.printer().options().format == output::Format::yaml) {
    context.printer().print_yaml([&](output::Emitter& emitter) {
      output::write_role(core::role_rules(needs), ns.value_or(""), emitter);
    });
    return kExitDone;
  }
  auto accesses = core::check_access(reviewer, needs, ns);
  const auto user = reviewer.user();
  const auto all = accesses.size();
  const auto denied = static_cast<std::size_t>(std::ranges::count_if(
      accesses, [](const core::Access& access) { return !access.answer.allowed; }));
  context.printer().print(output::AccessListing(std::move(accesses), ns.value_or(""), user));
  if (!user.empty()) say(fmt::format("As user {}.", user), context);
  refuse_if_denied(denied, all, ns);
  return kExitDone;
}

}  // namespace

Run declare_config(CLI::App& app) {
  app.require_subcommand(1);
  app.add_subcommand("check",
                     "Ask the API server what is allowed of what the commands need; -o yaml prints "
                     "the Role that allows all of it");
  const auto* view = app.add_subcommand(
      "view",
      "Show what the connection comes down to and where each setting is from, without connecting");
  return
      [view](Context& context) { return view->parsed() ? run_view(context) : run_check(context); };
}

}  // namespace podreg::cli
