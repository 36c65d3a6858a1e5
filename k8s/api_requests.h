// Requests to one API server, and how lists are read from it, for who makes objects of them.
//
// Lists come in pages of 5,000 from a server that is known to be far (k8s/transport.h), so that
// little has to be sent again when a connection breaks off; from a near one unpaged: 20,000 pods in
// four pages took more than twice as long. A server that pages all the same is followed.
//
// What breaks off while it is read is asked for again, as k8s/retry.h says: an object, or one page
// of a list. A list whose next page has expired (410) begins anew, in one piece, as client-go does
// it. One whose pages do not end is given up (k8s/list_bounds.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "k8s/api_call.h"
#include "k8s/api_error.h"
#include "k8s/connection.h"
#include "k8s/list_bounds.h"
#include "k8s/object_reader.h"
#include "k8s/reading.h"
#include "k8s/response.h"
#include "k8s/server_warnings.h"
#include "k8s/transport.h"

namespace podreg::k8s {

struct ApiOptions : TransportOptions {
  // Gets each text of the server's Warning headers once, but none about Endpoints being deprecated.
  // Text from the network, at most 500 bytes.
  std::function<void(std::string)> on_warning = {};
  ReadObserver on_read = {};  // of each list and object
  // An error is a list with more bytes than this, all of its pages together.
  std::uint64_t largest_list = kLargestList;
};

// A call under way, with the answer to its first page. Must not outlive its ApiRequests.
struct ApiAnswer {
  ApiCall call;
  std::string accept;
  std::unique_ptr<Response> response;
  bool anew = false;           // the list has begun anew
  ReadFollower follower = {};  // once somebody waits for it
};

// How the pages of a list, or one object, are read.
struct PageReader {
  // From the body, which is of that media type.
  std::function<ReadSummary(ByteSource&, const std::string& type, const std::string& name)> read;
  std::function<void()> begin = {};             // before the first page, each time it is read
  std::function<std::uint64_t()> objects = {};  // that have come; to show them
};

// Not thread safe. Everything that waits throws Error: what Response throws, and api_error() of an
// answer that says so.
class ApiRequests {
 public:
  // Does not connect yet. Throws Error(invalid_data) when the server's address cannot be used.
  ApiRequests(Connection connection, ApiOptions options);

  // Begins without waiting.
  ApiAnswer ask(ApiCall call, std::string accept = "application/json");
  // The call with a limit, where lists come in pages.
  ApiCall paged(ApiCall call) const;

  // Waits for the head of the answer.
  int status_of(ApiAnswer& asked);
  // Whether there is something to read: no when the object asked for does not exist.
  bool exists(ApiAnswer& asked);

  // Reads to the end of the last page, whose summary it returns; nothing for an object that does
  // not exist. Throws Error(invalid_data) when there is something else than was asked for, and when
  // the pages do not end.
  std::optional<ReadSummary> read_pages(ApiAnswer asked, const PageReader& reader);
  // The same, of JSON. Of what is read again the sink gets parts twice.
  std::optional<ReadSummary> read_objects(ApiAnswer asked, const ObjectSink& sink,
                                          std::function<void()> begin);

  // What an answer says that is neither 200 nor about an absent object.
  core::Error error_of(const ApiCall& call, const FailedAnswer& answer) const;
  core::Error unexpected(const std::string& media_type) const;
  // Of the answer to a call, for messages.
  std::string name_of(const ApiCall& call) const;

  Transport& transport() { return transport_; }

 private:
  void begin_anew(ApiAnswer& asked);
  void ask_on(ApiAnswer& asked);
  // A list under way.
  struct Pages {
    std::string name;
    ListBounds bounds;
    ReadCounts counts = {};
  };
  std::optional<ReadSummary> read_page(ApiAnswer& asked, const PageReader& reader, Pages& pages);

  ServerWarnings warnings_;
  ReadObserver on_read_;
  std::uint64_t largest_list_;
  Transport transport_;
};

}  // namespace podreg::k8s
