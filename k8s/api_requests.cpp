#include "k8s/api_requests.h"

#include <fmt/format.h>

#include <utility>

#include "core/error.h"
#include "k8s/media_types.h"
#include "k8s/read_errors.h"
#include "k8s/response_body.h"

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;

constexpr int kPageSize = 5000;

constexpr int kGone = 410;

}  // namespace

ApiRequests::ApiRequests(Connection connection, ApiOptions options)
    : warnings_(std::move(options.on_warning)),
      transport_(std::move(connection), std::move(options)) {}

ApiCall ApiRequests::paged(ApiCall call) const {
  if (!call.name && transport_.is_far()) call.limit = kPageSize;
  return call;
}

ApiAnswer ApiRequests::ask(ApiCall call, std::string accept) {
  Request request{call.target(), accept};
  if (!call.name) request.largest_body = kLargestList;
  auto response = transport_.start(std::move(request));
  return {std::move(call), std::move(accept), std::move(response), false};
}

int ApiRequests::status_of(ApiAnswer& asked) {
  const int status = asked.response->status();
  warnings_.take(asked.response->headers("Warning"));
  return status;
}

bool ApiRequests::exists(ApiAnswer& asked) {
  int status = status_of(asked);
  if (status == kGone && !asked.call.continue_token.empty() && !asked.anew) {
    begin_anew(asked);
    status = status_of(asked);
  }
  if (status == 200) return true;
  const FailedAnswer answer = read_failure(*asked.response, status);
  if (is_absent(asked.call, answer)) return false;
  throw error_of(asked.call, answer);
}

// The next page has expired. In one piece that cannot happen again.
void ApiRequests::begin_anew(ApiAnswer& asked) {
  asked.call.continue_token.clear();
  asked.call.limit = 0;
  asked = ask(std::move(asked.call), std::move(asked.accept));
  asked.anew = true;
}

std::optional<ReadSummary> ApiRequests::read_pages(ApiAnswer asked, const PageReader& reader) {
  const std::string name = name_of(asked.call);
  while (exists(asked)) {
    if (asked.call.continue_token.empty() && reader.begin) reader.begin();
    auto summary = read_page(asked, reader, name);
    if (!summary) continue;
    if (asked.call.name || summary->continue_token.empty()) return summary;
    if (summary->continue_token == asked.call.continue_token) {
      throw Error(ErrorKind::invalid_data, fmt::format("{} repeats a page for ever", name));
    }
    asked.call.continue_token = summary->continue_token;
    asked.call.resource_version.clear();  // which the token says
    asked.call.exactly = false;
    const bool anew = asked.anew;
    asked = ask(std::move(asked.call), std::move(asked.accept));
    asked.anew = anew;
  }
  return std::nullopt;
}

// Nothing when it was asked for again.
std::optional<ReadSummary> ApiRequests::read_page(ApiAnswer& asked, const PageReader& reader,
                                                  const std::string& name) {
  const std::string type = asked.response->header("Content-Type");
  auto summary = without_hint([&] {
    return read_body(*asked.response,
                     [&](ByteSource& body) { return reader.read(body, type, name); });
  });
  if (!summary) return summary;
  const bool other = summary->objects != summary->taken;
  if (other || (asked.call.name && summary->taken != 1)) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} holds no {}", name, asked.call.resource.kind));
  }
  return summary;
}

std::optional<ReadSummary> ApiRequests::read_objects(ApiAnswer asked, const ObjectSink& sink,
                                                     std::function<void()> begin) {
  PageReader reader;
  reader.begin = std::move(begin);
  reader.read = [&](ByteSource& body, const std::string& type, const std::string& name) {
    if (media_type(type) != kJsonType) throw unexpected(type);
    return read_json(body, name, {}, sink);
  };
  return read_pages(std::move(asked), reader);
}

Error ApiRequests::error_of(const ApiCall& call, const FailedAnswer& answer) const {
  return api_error(call, transport_.connection(), transport_.server(), answer);
}

Error ApiRequests::unexpected(const std::string& media_type) const {
  return unexpected_type(transport_.server(), media_type);
}

std::string ApiRequests::name_of(const ApiCall& call) const {
  return fmt::format("the answer of {} with {}", transport_.server().host_and_port(),
                     call.object());
}

}  // namespace podreg::k8s
