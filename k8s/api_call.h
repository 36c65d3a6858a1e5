// What is asked of the API server: a resource and which objects of it, for the URL and for
// messages.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::k8s {

struct ApiResource {
  std::string_view path;    // "/api/v1", "/apis/GROUP/VERSION"
  std::string_view group;   // "" is the core group
  std::string_view plural;  // as in the path and in RBAC rules
  std::string_view singular;
  std::string_view kind;  // of one object
};

inline constexpr ApiResource kServices{"/api/v1", "", "services", "service", "Service"};
inline constexpr ApiResource kEndpoints{"/api/v1", "", "endpoints", "endpoints", "Endpoints"};
inline constexpr ApiResource kPods{"/api/v1", "", "pods", "pod", "Pod"};
inline constexpr ApiResource kEndpointSlices{"/apis/discovery.k8s.io/v1", "discovery.k8s.io",
                                             "endpointslices", "endpointslice", "EndpointSlice"};

// A GET, or a patch, of one object when there is a name, which then needs a namespace too;
// otherwise a list or a watch, of all namespaces without one, or a creation.
struct ApiCall {
  ApiResource resource;
  std::optional<std::string> ns = {};
  std::optional<std::string> name = {};
  std::string label_selector = {};  // "a=1,b=2"; empty: all
  std::string field_selector = {};
  std::string continue_token = {};  // of the page before; empty: the first
  int limit = 0;                    // objects in one page; 0: as many as there are
  bool patch = false;
  bool dry_run = false;            // of a patch: the server checks it and changes nothing
  std::string field_manager = {};  // of a patch
  bool create = false;             // of a resource without namespaces; it then has no name
  bool upgrade = false;            // of a get: to a WebSocket
  // A watch, with bookmarks, from the version on; with initial events what there is comes first,
  // as a list does, and no version is given.
  bool watch = false;
  std::string resource_version = {};
  bool initial_events = false;
  bool exactly = false;             // a list as it was at the version
  std::chrono::seconds timeout{0};  // when the server is to end the watch; 0: when it likes

  // Path and query, percent-encoded.
  std::string target() const;

  // "get", "list", "watch", "patch" or "create", as RBAC calls it.
  std::string_view verb() const;

  // `pod "shop-1" in namespace "demo"`, `pods in all namespaces`.
  std::string object() const;
};

// The list of what belongs to a Service of that name: itself, its Endpoints, or its EndpointSlices,
// which have names of their own and say in a label whose they are.
ApiCall list_of_service(const ApiResource& resource, const std::optional<std::string>& ns,
                        const std::string& service);

}  // namespace podreg::k8s
