#include "rpc/grpc.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/percent.h"
#include "core/short_text.h"
#include "rpc/provider_error.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::size_t kPrefix = 5;

std::string without_status(const TripleResponse& response) {
  if (response.status != 200) {
    return fmt::format("the provider answered with HTTP status {}", response.status);
  }
  if (response.is_grpc()) return "the provider's answer ended without the trailer grpc-status";
  const std::string type = response.header("content-type");
  return fmt::format("the provider's answer is not gRPC but {}",
                     type.empty() ? "of no type" : core::short_text(type));
}

void check(const TripleResponse& response) {
  const std::string status = response.header("grpc-status");
  if (status.empty()) throw Error(kind_of_http_status(response.status), without_status(response));
  if (status == "0") return;
  throw provider_error(grpc_status_name(status), grpc_status_message(response),
                       kind_of_grpc_status(status));
}

}  // namespace

std::string grpc_message(std::string_view message) {
  std::string framed(1, '\0');
  for (int shift = 24; shift >= 0; shift -= 8) {
    framed += static_cast<char>(message.size() >> shift & 0xff);
  }
  return framed.append(message);
}

std::size_t announced_grpc_size(std::string_view body) {
  if (body.size() < kPrefix) return 0;
  std::size_t size = 0;
  for (std::size_t i = 1; i < kPrefix; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
  return size;
}

std::string_view grpc_answer(const TripleResponse& response) {
  check(response);
  const std::string_view body = response.body;
  if (body.size() < kPrefix) throw Error(ErrorKind::invalid_data, "the provider's answer is empty");
  if (body[0] != 0) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("the provider's answer is compressed ({}), which was not asked for",
                            core::short_text(response.header("grpc-encoding"))));
  }
  const std::size_t size = announced_grpc_size(body);
  if (size != body.size() - kPrefix) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("the provider's answer holds {} bytes, not the {} that it announces",
                            body.size() - kPrefix, size));
  }
  return body.substr(kPrefix);
}

// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
std::string grpc_status_name(const std::string& number) {
  static constexpr const char* kNames[] = {"OK",
                                           "CANCELLED",
                                           "UNKNOWN",
                                           "INVALID_ARGUMENT",
                                           "DEADLINE_EXCEEDED",
                                           "NOT_FOUND",
                                           "ALREADY_EXISTS",
                                           "PERMISSION_DENIED",
                                           "RESOURCE_EXHAUSTED",
                                           "FAILED_PRECONDITION",
                                           "ABORTED",
                                           "OUT_OF_RANGE",
                                           "UNIMPLEMENTED",
                                           "INTERNAL",
                                           "UNAVAILABLE",
                                           "DATA_LOSS",
                                           "UNAUTHENTICATED"};
  const bool known = !number.empty() && number.size() <= 2 &&
                     std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }) &&
                     static_cast<std::size_t>(std::stoi(number)) < std::size(kNames);
  if (number.empty()) return "no grpc-status";
  return known ? fmt::format("{} ({})", kNames[std::stoi(number)], number)
               : fmt::format("grpc-status {}", core::short_text(number));
}

std::string grpc_status_message(const TripleResponse& response) {
  const std::string coded = response.header("grpc-message");
  return core::percent_decode(coded).value_or(coded);
}

core::ErrorKind kind_of_grpc_status(const std::string& number) {
  const bool nobody_serves = number == "4" || number == "7" || number == "14" || number == "16";
  return nobody_serves ? ErrorKind::unreachable : ErrorKind::invalid_data;
}

core::ErrorKind kind_of_http_status(int status) {
  return status >= 502 && status <= 504 ? ErrorKind::unreachable : ErrorKind::invalid_data;
}

}  // namespace podreg::rpc
