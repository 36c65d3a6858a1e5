#include "rpc/generic_call.h"

#include <fmt/format.h>

#include <array>

#include "core/counted.h"
#include "core/metadata_info.h"
#include "rpc/java_exception.h"
#include "rpc/provider_error.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

// In the three arguments.
void write_method(hessian2::Writer& writer, const GenericCall& call) { writer.string(call.method); }

void write_types(hessian2::Writer& writer, const GenericCall& call) {
  if (!call.typed) return writer.null();
  writer.list(call.arguments.size(), "[string");
  for (const auto& argument : call.arguments) writer.string(argument.type);
}

void write_values(hessian2::Writer& writer, const GenericCall& call) {
  writer.list(call.arguments.size(), "[object");
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    write_argument(writer, call.arguments[i], fmt::format("argument {}", i + 1));
  }
}

constexpr std::array kArguments = {write_method, write_types, write_values};

bool says(const std::string& message, std::string_view words) {
  return message.find(words) != std::string::npos;
}

}  // namespace

GenericCall call_to(const core::DerivedUrl& url) {
  GenericCall call;
  call.interface = url.interface;
  call.path = url.url.path.empty() ? url.interface : url.url.path;
  call.group = url.group;
  call.version = url.version;
  return call;
}

std::string service_key(const GenericCall& call) {
  return core::service_key(call.group, call.interface, call.version);
}

std::vector<std::string> encode_arguments(const GenericCall& call) {
  std::vector<std::string> encoded;
  for (const auto write : kArguments) {
    hessian2::Writer writer;
    write(writer, call);
    encoded.push_back(writer.take());
  }
  return encoded;
}

void write_arguments(hessian2::Writer& writer, const GenericCall& call) {
  for (const auto write : kArguments) write(writer, call);
}

Error refusal(const GenericCall& call, const std::string& outcome, const std::string& message,
              ErrorKind kind) {
  if (says(message, "No such method") || says(message, "NoSuchMethodException")) {
    return {ErrorKind::not_found, fmt::format("{} has no method {}{}", call.interface, call.method,
                                              call.typed ? " with parameters of these types" : "")};
  }
  const bool ambiguous_in_json = says(message, "Ambiguous mapping for");
  if (ambiguous_in_json || says(message, "Not unique method")) {
    return {ErrorKind::usage, fmt::format("{} has several methods {}", call.interface, call.method),
            ambiguous_in_json ? "--types says which one, but not with --serialization json"
                              : "--types says which one, for example --types int,java.lang.String"};
  }
  if (says(message, "Name for argument of type")) {
    return {ErrorKind::not_found,
            fmt::format("{} has no method {} with {}", call.interface, call.method,
                        core::counted(call.arguments.size(), "argument"))};
  }
  // The last is what is said of a service that the provider does not know in any group.
  if (says(message, "Not found exported service") || says(message, "Service not found") ||
      says(message, "Invoker for gRPC not found") ||
      says(message, "methodName=$invoke, parameterTypes=null") ||
      says(message, "methodName=$echo, parameterTypes=null")) {
    return {ErrorKind::not_found, fmt::format("{} is not exported there", service_key(call))};
  }
  return provider_error(outcome, message, kind);
}

CallAnswer thrown_or_refused(std::string_view trace, Error refusal) {
  if (refusal.kind() == ErrorKind::invalid_data) {
    if (auto exception = exception_in_trace(trace)) return {{}, std::move(exception)};
  }
  throw std::move(refusal);
}

}  // namespace podreg::rpc
