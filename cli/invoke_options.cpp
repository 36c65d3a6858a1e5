#include "cli/invoke_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "cli/input_text.h"
#include "core/choice.h"
#include "core/error.h"
#include "core/java_type.h"

namespace podreg::cli {
namespace {

using core::Error;
using core::ErrorKind;

std::vector<std::string> json_arguments(const InvokeOptions& options) {
  if (options.data.empty()) return options.arguments;
  if (!options.arguments.empty()) {
    throw Error(ErrorKind::usage, "--data and arguments exclude each other",
                "a list in --data holds all arguments");
  }
  return rpc::items_of_json(text_of(options.data), "--data");
}

void set_arguments(const InvokeOptions& options, rpc::CallPlan& plan) {
  for (auto& json : json_arguments(options)) plan.arguments.push_back({std::move(json), {}});
  plan.typed = !options.types.empty();
  if (!plan.typed) return;
  auto types = core::parse_java_types(options.types, "--types");
  if (types.size() != plan.arguments.size()) {
    throw Error(ErrorKind::usage, fmt::format("--types has {} types for {} arguments", types.size(),
                                              plan.arguments.size()));
  }
  for (std::size_t i = 0; i < types.size(); ++i) plan.arguments[i].type = std::move(types[i]);
}

// Over dubbo it is a key of a map, over tri the name of a header.
bool is_attachment_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

bool is_attachment_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void set_attachments(const InvokeOptions& options, rpc::CallPlan& plan) {
  for (const auto& text : options.attachments) {
    const auto equals = text.find('=');
    std::string name = text.substr(0, equals);
    if (equals == std::string::npos || !is_attachment_name(name)) {
      throw Error(ErrorKind::usage, fmt::format("--attachment: \"{}\" is no KEY=VALUE", text),
                  "a key has letters, digits, '-', '_' and '.'");
    }
    std::string value = text.substr(equals + 1);
    if (!is_attachment_value(value)) {
      throw Error(ErrorKind::usage,
                  fmt::format("--attachment: the value of {} has line ends", name));
    }
    const auto known =
        std::ranges::find(plan.attachments, name, [](const auto& a) { return a.first; });
    if (known != plan.attachments.end()) {
      known->second = std::move(value);
    } else {
      plan.attachments.emplace_back(std::move(name), std::move(value));
    }
  }
}

rpc::TripleBody triple_body(const InvokeOptions& options) {
  if (options.serialization == "json") {
    if (options.types.empty() && !options.types_in_result) return rpc::TripleBody::json;
    throw Error(ErrorKind::usage, "--serialization json knows no types");
  }
  if (options.serialization == "hessian2") return rpc::TripleBody::hessian2;
  core::refuse_choice("--serialization", options.serialization, {"hessian2", "json"});
}

}  // namespace

void declare_invoke_options(CLI::App& app, InvokeOptions& options) {
  app.add_option("SERVICE|URL", options.service,
                 "Service (the application's name), or URL of a provider")
      ->required();
  app.add_option("INTERFACE.METHOD", options.method, "Method; its interface with the package")
      ->required();
  app.add_option("ARG", options.arguments, "Arguments in JSON, as many as the method takes");
  app.add_option("--data", options.data,
                 "Arguments as one JSON: a list of them, or the only one; @FILE reads it")
      ->type_name("JSON|@FILE");
  app.add_option("--types", options.types,
                 "Java types of the parameters, for a method that is overloaded")
      ->type_name("LIST");
  app.add_option("--attachment", options.attachments, "Attachment of the call; may be repeated")
      ->type_name("KEY=VALUE")
      ->expected(1);
  app.add_option(
         "--serialization", options.serialization,
         "How arguments are written, default hessian2; json: over tri, for Dubbo from 3.3 on")
      ->type_name("hessian2|json");
  app.add_flag("--types-in-result", options.types_in_result, "With the class of every bean");
  app.add_flag("--all", options.all, "Call every instance");
  app.add_option("--pod", options.pod, "Call the instance in this pod")->type_name("POD");
  app.add_option("--count", options.count,
                 "Call so many times, over --concurrency connections, and show how long it took")
      ->check(CLI::Range(1, 100'000'000).description(""))
      ->type_name("N");
  declare_target_options(app, options.target);
}

rpc::CallPlan call_plan(const InvokeOptions& options) {
  rpc::CallPlan plan;
  set_arguments(options, plan);
  set_attachments(options, plan);
  plan.options.json.types = options.types_in_result;
  plan.options.triple_body = triple_body(options);
  plan.concurrency = options.target.reach.concurrency;
  return plan;
}

}  // namespace podreg::cli
