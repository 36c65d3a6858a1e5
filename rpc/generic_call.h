// A call of any method of any service, without its Java classes: what Dubbo calls a generic call
// (org.apache.dubbo.rpc.service.GenericService, generic=true), and its outcome.
//
// The provider has the method $invoke for every service, with the name of the method, the types of
// its parameters (null: the method is not overloaded) and the arguments as parameters. Beans travel
// as maps.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/java_exception.h"
#include "core/url_derivation.h"
#include "rpc/json_argument.h"

namespace podreg::rpc {

struct GenericCall {
  std::string interface;
  std::string path;  // of the URL; most often the interface again
  std::string group;
  std::string version;
  std::string method;
  std::vector<JsonArgument> arguments;
  bool typed = false;  // all arguments have their types, which choose the method
  std::vector<std::pair<std::string, std::string>> attachments;  // names without duplicates
};

struct CallAnswer {
  std::string json;                              // the result, when there is no exception
  std::optional<core::JavaException> exception;  // what the method threw
};

// The service of the URL; without a method and its arguments.
GenericCall call_to(const core::DerivedUrl& url);

// "[group/]interface[:version]".
std::string service_key(const GenericCall& call);

// The three arguments of $invoke, each in hessian2 on its own. Throws Error(usage) for an argument
// that is no JSON, or not of its type; names it by its place.
std::vector<std::string> encode_arguments(const GenericCall& call);

// The same in one row of values.
void write_arguments(hessian2::Writer& writer, const GenericCall& call);

inline constexpr const char* kGenericMethod = "$invoke";

// The Java types of the three, as their names and as one descriptor.
inline constexpr const char* kGenericTypes[] = {"java.lang.String", "[Ljava.lang.String;",
                                                "[Ljava.lang.Object;"};
inline constexpr const char* kGenericDescriptor =
    "Ljava/lang/String;[Ljava/lang/String;[Ljava/lang/Object;";

// What a provider says in place of a result, in its own words ("Not found exported service: …"), of
// which Dubbo has no codes: Error(not_found) for a service or method that does not exist,
// Error(usage) for an overloaded method whose parameter types were not given, otherwise
// provider_error() of that kind. `outcome` is the status.
core::Error refusal(const GenericCall& call, const std::string& outcome, const std::string& message,
                    core::ErrorKind kind = core::ErrorKind::invalid_data);

// What was thrown, when the provider sent its stack with a refusal of which nothing else is known.
// Otherwise throws the refusal.
CallAnswer thrown_or_refused(std::string_view trace, core::Error refusal);

}  // namespace podreg::rpc
