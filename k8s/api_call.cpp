#include "k8s/api_call.h"

#include <fmt/format.h>

#include "core/percent.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

std::string ApiCall::target() const {
  std::string target(resource.path);
  if (ns) target += "/namespaces/" + core::percent_encode(*ns);
  target += fmt::format("/{}", resource.plural);
  if (name) target += "/" + core::percent_encode(*name);

  char separator = '?';
  const auto add = [&](std::string_view key, const std::string& value) {
    if (value.empty()) return;
    target += fmt::format("{}{}={}", separator, key, core::percent_encode(value));
    separator = '&';
  };
  add("labelSelector", label_selector);
  add("fieldSelector", field_selector);
  add("limit", limit == 0 ? "" : std::to_string(limit));
  add("continue", continue_token);
  add("watch", watch ? "true" : "");
  add("allowWatchBookmarks", watch ? "true" : "");
  add("sendInitialEvents", initial_events ? "true" : "");
  add("resourceVersionMatch", initial_events ? "NotOlderThan" : exactly ? "Exact" : "");
  add("resourceVersion", resource_version);
  add("timeoutSeconds", timeout.count() == 0 ? "" : std::to_string(timeout.count()));
  add("dryRun", dry_run ? "All" : "");
  add("fieldManager", field_manager);
  return target;
}

std::string_view ApiCall::verb() const {
  if (create) return "create";
  if (patch) return "patch";
  if (watch) return "watch";
  return name ? "get" : "list";
}

std::string ApiCall::object() const {
  if (create) return fmt::format("{}.{}", resource.plural, resource.group);
  const std::string text =
      name ? fmt::format("{} \"{}\"", resource.singular, *name) : std::string(resource.plural);
  return text + (ns ? fmt::format(" in namespace \"{}\"", *ns) : " in all namespaces");
}

ApiCall list_of_service(const ApiResource& resource, const std::optional<std::string>& ns,
                        const std::string& service) {
  ApiCall call{resource, ns};
  if (resource.plural == kEndpointSlices.plural) {
    call.label_selector = "kubernetes.io/service-name=" + service;
  } else {
    call.field_selector = "metadata.name=" + service;
  }
  return call;
}

}  // namespace podreg::k8s
