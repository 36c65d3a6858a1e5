#include "core/redaction.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/pseudonyms.h"
#include "core/redaction_text.h"

namespace podreg::core {
namespace {

// Goes through the objects twice in the same way: to meet what is in them, and to replace it.
class Redaction {
 public:
  explicit Redaction(RegistryObjects& objects) : objects_(objects) {}

  void run() {
    visit();
    pseudonyms_.settle();
    replace_metadata();
    visit();
    sort();
  }

 private:
  void visit() {
    if (!pseudonyms_.settled()) meet_metadata();
    for (auto& service : objects_.services) visit(service);
    for (auto& endpoints : objects_.endpoints) visit(endpoints);
    for (auto& slice : objects_.slices) visit(slice);
    for (auto& pod : objects_.pods) visit(pod);
  }

  void name(std::string& text) { text = pseudonyms_.name(text); }

  void host(std::string& text) {
    text = is_ip_address(text) ? pseudonyms_.address(text) : pseudonyms_.name(text);
  }

  Labels labels(const Labels& labels) {
    Labels result;
    for (const auto& [key, value] : labels) {
      result.emplace_back(pseudonyms_.name(key), pseudonyms_.name(value));
    }
    std::ranges::sort(result);
    return result;
  }

  void visit(Service& service) {
    name(service.ns);
    name(service.name);
    service.selector = labels(service.selector);
  }

  void visit(EndpointAddress& address) {
    host(address.ip);
    if (address.pod) name(*address.pod);
    name(address.node);
  }

  void visit(Endpoints& endpoints) {
    name(endpoints.ns);
    name(endpoints.name);
    for (auto& subset : endpoints.subsets) {
      for (auto& address : subset.addresses) visit(address);
      for (auto& address : subset.not_ready_addresses) visit(address);
    }
  }

  void visit(EndpointSlice& slice) {
    name(slice.ns);
    name(slice.name);
    name(slice.service);
    for (auto& endpoint : slice.endpoints) visit(endpoint.address);
  }

  void visit(PodObject& pod) {
    name(pod.ns);
    name(pod.name);
    pod.labels = shared_labels(pod.labels);
    if (pod.annotation) {
      auto redacted = redact_registration(*pod.annotation, pseudonyms_);
      if (pseudonyms_.settled()) pod.annotation = std::move(redacted);
    }
    name(pod.node);
    name(pod.service_account);
    name(pod.hostname);
    for (auto& address : pod.addresses) host(address);
    for (auto& container : pod.containers) {
      name(container.name);
      if (container.hostname) name(*container.hostname);
    }
    for (auto& condition : pod.conditions) {
      condition.message.clear();
      if (condition.type.find('/') != std::string::npos) name(condition.type);
    }
  }

  // Pods share them, and so they do afterwards.
  std::shared_ptr<const Labels> shared_labels(const std::shared_ptr<const Labels>& of_pod) {
    auto& redacted = label_sets_[of_pod];
    if (!redacted) {
      const auto changed = labels(*of_pod);
      redacted = pseudonyms_.settled() ? std::make_shared<const Labels>(changed) : of_pod;
    }
    return redacted;
  }

  void meet_metadata() {
    for (const auto& info : objects_.metadata) redacted(info);
    label_sets_.clear();
  }

  void replace_metadata() {
    label_sets_.clear();
    for (auto& info : objects_.metadata) {
      const auto computed = info.compute_revision();
      const auto known = info.revision.empty() ? computed : info.revision;
      info = redacted(info);
      if (known == computed) pseudonyms_.set_revision(known, info.compute_revision());
      info.revision = pseudonyms_.revision(known);
    }
  }

  MetadataInfo redacted(const MetadataInfo& info) {
    MetadataInfo result;
    result.app = pseudonyms_.name(info.app);
    pseudonyms_.revision(info.revision.empty() ? info.compute_revision() : info.revision);
    for (const auto& [key, service] : info.services) {
      auto changed = redacted(service);
      auto new_key = key == service.match_key() ? changed.match_key() : pseudonyms_.name(key);
      result.services.emplace(std::move(new_key), std::move(changed));
    }
    return result;
  }

  ServiceInfo redacted(const ServiceInfo& service) {
    ServiceInfo result = service;
    result.name = pseudonyms_.name(service.name);
    result.group = redact_value(service.group, pseudonyms_);
    result.version = redact_value(service.version, pseudonyms_);
    if (service.path) result.path = redact_path(*service.path, pseudonyms_);
    result.params.clear();
    for (const auto& [key, value] : service.params) {
      result.params.emplace(redact_key(key, pseudonyms_),
                            redact_parameter(key, value, pseudonyms_));
    }
    return result;
  }

  // Other names may come in another order, "default" among them.
  void sort() {
    const auto by_name = [](const auto& a, const auto& b) {
      return std::tie(a.ns, a.name) < std::tie(b.ns, b.name);
    };
    std::ranges::sort(objects_.services, by_name);
    std::ranges::sort(objects_.endpoints, by_name);
    std::ranges::sort(objects_.slices, by_name);
    std::ranges::sort(objects_.pods, by_name);
  }

  RegistryObjects& objects_;
  Pseudonyms pseudonyms_;
  std::map<std::shared_ptr<const Labels>, std::shared_ptr<const Labels>> label_sets_;
};

}  // namespace

void redact(RegistryObjects& objects) { Redaction(objects).run(); }

}  // namespace podreg::core
