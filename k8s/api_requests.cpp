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

std::string in_words(const ApiCall& call) {
  const auto resource = std::string(call.name ? call.resource.singular : call.resource.plural);
  const auto name = call.name ? fmt::format(" \"{}\"", *call.name) : std::string();
  return fmt::format("{} {}{}", call.patch ? "changing" : "reading", resource, name);
}

template <typename Object>
std::function<void(Object)> counted(const std::function<void(Object)>& sink,
                                    std::uint64_t& objects) {
  if (!sink) return {};
  return [&sink, &objects](Object object) {
    ++objects;
    sink(std::forward<Object>(object));
  };
}

// The same sink, which must outlive it, and how many it has got. Whole pods are read from files.
ObjectSink counted(const ObjectSink& sink, std::uint64_t& objects) {
  ObjectSink counting;
  counting.service = counted(sink.service, objects);
  counting.endpoints = counted(sink.endpoints, objects);
  counting.endpoint_slice = counted(sink.endpoint_slice, objects);
  counting.pod = counted(sink.pod, objects);
  counting.pod_object = counted(sink.pod_object, objects);
  return counting;
}

}  // namespace

ApiRequests::ApiRequests(Connection connection, ApiOptions options)
    : warnings_(std::move(options.on_warning)),
      on_read_(std::move(options.on_read)),
      largest_list_(options.largest_list),
      transport_(std::move(connection), std::move(options)) {}

ApiCall ApiRequests::paged(ApiCall call) const {
  if (!call.name && transport_.is_far()) call.limit = kPageSize;
  return call;
}

ApiAnswer ApiRequests::ask(ApiCall call, std::string accept) {
  Request request{call.target(), accept};
  if (!call.name) request.largest_body = largest_list_;
  auto response = transport_.start(std::move(request));
  return {std::move(call), std::move(accept), std::move(response), false};
}

int ApiRequests::status_of(ApiAnswer& asked) {
  if (!asked.follower) asked.follower = begin_reading(on_read_, in_words(asked.call));
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
  asked.anew = true;
  ask_on(asked);
}

// For another page of the same list, or the list once more.
void ApiRequests::ask_on(ApiAnswer& asked) {
  auto next = ask(std::move(asked.call), std::move(asked.accept));
  next.anew = asked.anew;
  next.follower = std::move(asked.follower);
  asked = std::move(next);
}

std::optional<ReadSummary> ApiRequests::read_pages(ApiAnswer asked, const PageReader& reader) {
  const std::string name = name_of(asked.call);
  Pages pages{name, ListBounds(name, largest_list_)};
  while (exists(asked)) {
    if (asked.call.continue_token.empty()) {
      pages.bounds.begin_list();
      if (reader.begin) reader.begin();
    }
    auto summary = read_page(asked, reader, pages);
    if (!summary) continue;
    if (asked.call.name || summary->continue_token.empty()) return summary;
    if (summary->continue_token == asked.call.continue_token) {
      throw Error(ErrorKind::invalid_data, fmt::format("{} repeats a page for ever", pages.name));
    }
    asked.call.continue_token = summary->continue_token;
    asked.call.resource_version.clear();  // which the token says
    asked.call.exactly = false;
    ask_on(asked);
  }
  return std::nullopt;
}

// Nothing when it was asked for again.
std::optional<ReadSummary> ApiRequests::read_page(ApiAnswer& asked, const PageReader& reader,
                                                  Pages& pages) {
  const std::string type = asked.response->header("Content-Type");
  pages.bounds.begin_page();
  auto summary = without_hint([&] {
    return read_body(*asked.response, [&](ByteSource& body) {
      BoundedSource bounded(body, pages.bounds);
      if (!asked.follower) return reader.read(bounded, type, pages.name);
      CountedSource counted(bounded, pages.counts, reader.objects, asked.follower);
      return reader.read(counted, type, pages.name);
    });
  });
  if (!summary) return summary;
  pages.bounds.end_page(summary->objects, summary->continue_token.empty());
  const bool other = summary->objects != summary->taken;
  if (other || (asked.call.name && summary->taken != 1)) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} holds no {}", pages.name, asked.call.resource.kind));
  }
  return summary;
}

std::optional<ReadSummary> ApiRequests::read_objects(ApiAnswer asked, const ObjectSink& sink,
                                                     std::function<void()> begin) {
  std::uint64_t objects = 0;
  const ObjectSink counting = on_read_ ? counted(sink, objects) : sink;
  PageReader reader;
  reader.begin = [&] {
    objects = 0;
    if (begin) begin();
  };
  reader.read = [&](ByteSource& body, const std::string& type, const std::string& name) {
    if (media_type(type) != kJsonType) throw unexpected(type);
    return read_json(body, name, {}, counting);
  };
  reader.objects = [&] { return objects; };
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
