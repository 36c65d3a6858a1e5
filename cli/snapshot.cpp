// podreg snapshot: what the registry holds, in a file that every command reads with --snapshot.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/reach.h"
#include "cli/service_instances.h"
#include "core/counted.h"
#include "core/error.h"
#include "core/gather.h"
#include "core/names.h"
#include "core/objects_cluster.h"
#include "core/redaction.h"
#include "k8s/file_output.h"
#include "k8s/gzip.h"
#include "k8s/kept_fields.h"
#include "k8s/object_writer.h"
#include "output/json_sink.h"
#include "output/kept_field_listing.h"
#include "output/terminal_text.h"
#include "output/warnings.h"

namespace podreg::cli {

namespace {

constexpr const char* kStandardOutput = "-";

struct SnapshotOptions {
  std::vector<std::string> services;
  std::string output_file = kStandardOutput;
  bool metadata = false;
  bool redact = false;
  bool explain = false;
  ReachOptions reach;
};

void refuse_format(Context& context) {
  const auto format = context.printer().options().format;
  if (format == output::Format::table || format == output::Format::json) return;
  throw core::Error(core::ErrorKind::usage, "a snapshot is JSON and nothing else",
                    "-o is for --explain, which prints a table; --output-file names a file");
}

void say(const std::string& sentence, Context& context) {
  if (context.quiet()) return;
  context.streams().err.write(output::terminal_text(sentence) + "\n");
  context.streams().err.flush();
}

// Roles that were written for Dubbo allow everything but EndpointSlices, which it does not read.
void refuse_unread(const core::RegistryObjects& objects, Context& context) {
  for (const auto& unread : objects.unread) {
    if (unread.resource != "endpointslices") throw core::Error(unread.error);
    if (!context.quiet())
      context.warn(fmt::format("the snapshot has no EndpointSlices: {}", unread.error.what()));
  }
}

void check_existence(const std::vector<std::string>& services, const core::RegistryObjects& objects,
                     Context& context) {
  ServiceInstances found;
  found.services = services;
  for (const auto& name : services) {
    const auto is_it = [&](const core::Service& service) { return service.name == name; };
    if (std::ranges::none_of(objects.services, is_it)) found.missing.push_back(name);
  }
  check_existence(found, context);
}

core::RegistryObjects read(const SnapshotOptions& options, Context& context) {
  const auto services = without_repetitions(options.services);
  for (const auto& service : services) core::check_service_name(service);
  auto& reader = context.objects();
  core::ObjectsQuery query;
  query.ns = context.ns();
  query.services = services;
  auto objects = reader.read(query);
  refuse_unread(objects, context);
  check_existence(services, objects, context);
  if (!services.empty()) objects.keep_pods_of_services();
  objects.keep_registered_metadata();
  return objects;
}

// Puts the MetadataInfo of every revision in place of what the objects carry; returns what to end
// with when nobody answered.
std::optional<core::Error> add_metadata(const SnapshotOptions& options, Context& context,
                                        core::RegistryObjects& objects) {
  core::ObjectsCluster cluster(objects);
  const auto found =
      core::gather_all_instances(cluster, {context.ns(), std::nullopt, context.endpoint_source()});
  auto gathered =
      Reach(options.reach, context).metadata_of(core::group_by_revision(found.instances));
  if (!context.quiet()) {
    output::print_warnings(gathered.warnings, context.colors_errors(), context.streams().err);
  }
  auto nobody = core::nobody_answered(gathered.revisions, !options.reach.metadata_file.empty());
  objects.metadata.clear();
  for (auto& revision : gathered.revisions) {
    if (!revision.info) continue;
    revision.info->revision = revision.group.revision;
    objects.metadata.push_back(*std::move(revision.info));
  }
  return nobody;
}

void write_text(const core::RegistryObjects& objects, core::TextSink& to) {
  output::JsonSink json(to);
  k8s::write_objects(objects, json);
}

void write_compressed(const core::RegistryObjects& objects, core::TextSink& to) {
  k8s::GzipSink gzip(to);
  write_text(objects, gzip);
  gzip.flush();
}

void write(const core::RegistryObjects& objects, const std::string& path, Context& context) {
  if (path == kStandardOutput) {
    write_text(objects, context.streams().out);
    context.streams().out.flush();
    return;
  }
  k8s::FileOutput file(path);
  path.ends_with(".gz") ? write_compressed(objects, file) : write_text(objects, file);
  file.commit();
  say(fmt::format("{}: {}, {}, {} with MetadataInfo", path,
                  core::counted(objects.services.size(), "Service"),
                  core::counted(objects.pods.size(), "pod"),
                  core::counted(objects.metadata.size(), "revision")),
      context);
}

int run(const SnapshotOptions& options, Context& context) {
  if (options.explain) {
    context.printer().print(output::KeptFieldListing(k8s::kept_fields()));
    return kExitDone;
  }
  refuse_format(context);
  auto objects = read(options, context);
  std::optional<core::Error> nobody;
  if (options.metadata) nobody = add_metadata(options, context, objects);
  if (options.redact) core::redact(objects);
  write(objects, options.output_file, context);
  if (nobody) throw core::Error(*nobody);
  return kExitDone;
}

}  // namespace

Run declare_snapshot(CLI::App& app) {
  auto options = std::make_shared<SnapshotOptions>();
  app.add_option("SERVICE", options->services,
                 "Only these Services (the applications' names) and their pods");
  app.add_option("--output-file", options->output_file,
                 "Write it there, compressed when the name ends in .gz; default: standard output")
      ->type_name("FILE");
  app.add_flag("--metadata", options->metadata,
               "Ask the providers for the MetadataInfo of every revision, and keep it, too");
  app.add_flag("--redact", options->redact,
               "Other names and addresses in place of the real ones, the same for the same");
  app.add_flag("--explain", options->explain, "Show what is kept, and what --redact makes of it");
  declare_reach(app, options->reach);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
