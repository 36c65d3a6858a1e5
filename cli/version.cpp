// podreg version: what a report of a fault has to say.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/build_info.h"
#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "k8s/library_versions.h"
#include "output/text_keeper.h"

namespace podreg::cli {

namespace {

std::vector<std::pair<std::string, std::string>> libraries() {
  auto all = k8s::library_versions();
  all.insert(all.begin(), {"cli11", CLI11_VERSION});
  return all;
}

void write_text(Context& context) {
  std::string text = "podreg " PODREG_VERSION "\n";
  text += fmt::format("commit     {}\ncompiler   {}\n", build_commit(), build_compiler());
  std::string label = "libraries";
  for (const auto& [name, version] : libraries()) {
    text += fmt::format("{:<11}{} {}\n", label, name, version);
    label.clear();
  }
  context.streams().out.write(text);
}

void write_document(output::Emitter& emitter) {
  emitter.begin_object();
  emitter.field("apiVersion", "podreg/v1");
  emitter.field("kind", "Version");
  emitter.field("version", PODREG_VERSION);
  emitter.field("commit", build_commit());
  emitter.field("compiler", build_compiler());
  emitter.key("libraries");
  emitter.begin_object();
  for (const auto& [name, version] : libraries()) emitter.field(name, version);
  emitter.end_object();
  emitter.end_object();
  emitter.end_document();
}

std::string document_as_json() {
  output::TextKeeper text;
  write_document(*output::make_json_emitter(text, output::JsonLayout::compact));
  return text.take();
}

int run(Context& context) {
  switch (context.printer().options().format) {
    case output::Format::table:
    case output::Format::wide:
      write_text(context);
      break;
    case output::Format::json:
      write_document(*output::make_json_emitter(context.streams().out, output::JsonLayout::pretty));
      break;
    case output::Format::yaml:
      write_document(*output::make_yaml_emitter(context.streams().out));
      break;
    default:  // check_format() has let through no other
      context.streams().out.write(
          context.printer().options().jsonpath->text_of_json(document_as_json()));
  }
  return kExitDone;
}

}  // namespace

Run declare_version(CLI::App& /*app*/) { return run; }

}  // namespace podreg::cli
