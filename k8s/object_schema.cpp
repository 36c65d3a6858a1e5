#include "k8s/object_schema.h"

#include <cstring>
#include <span>

#include "core/metadata.h"

namespace podreg::k8s {
namespace {

constexpr Rule kObject[] = {
    {"kind", Field::kind, Shape::text},         {"apiVersion", Field::api_version, Shape::text},
    {"metadata", Field::metadata, Shape::map},  {"items", Field::items, Shape::list},
    {"spec", Field::spec, Shape::map},          {"status", Field::status, Shape::map},
    {"subsets", Field::subsets, Shape::list},   {"endpoints", Field::slice_endpoints, Shape::list},
    {"ports", Field::slice_ports, Shape::list}, {"addressType", Field::address_type, Shape::text},
};
constexpr Rule kMetadata[] = {
    {"name", Field::name, Shape::text},
    {"namespace", Field::ns, Shape::text},
    {"labels", Field::labels, Shape::map},
    {"annotations", Field::annotations, Shape::map},
    {"resourceVersion", Field::resource_version, Shape::text},
    {"continue", Field::continue_token, Shape::text},
    {"deletionTimestamp", Field::deletion_timestamp, Shape::text},
};
constexpr Rule kAnnotations[] = {
    {core::kRegistrationAnnotation, Field::registration, Shape::text},
    {"endpoints.kubernetes.io/over-capacity", Field::over_capacity, Shape::text},
};
constexpr Rule kStatus[] = {
    {"phase", Field::phase, Shape::text},
    {"podIP", Field::pod_ip, Shape::text},
    {"podIPs", Field::pod_ips, Shape::list},
    {"conditions", Field::pod_conditions, Shape::list},
    {"containerStatuses", Field::container_statuses, Shape::list},
};
constexpr Rule kSpec[] = {
    {"type", Field::service_type, Shape::text},
    {"selector", Field::selector, Shape::map},
    {"ports", Field::service_ports, Shape::list},
    {"publishNotReadyAddresses", Field::publish_not_ready, Shape::boolean},
    {"ipFamilies", Field::ip_families, Shape::list},
    {"nodeName", Field::pod_node, Shape::text},
    {"serviceAccountName", Field::service_account, Shape::text},
    {"hostNetwork", Field::host_network, Shape::boolean},
    {"hostname", Field::pod_hostname, Shape::text},
    {"containers", Field::containers, Shape::list},
};
constexpr Rule kServicePort[] = {
    {"name", Field::service_port_name, Shape::text},
    {"protocol", Field::service_port_protocol, Shape::text},
    {"port", Field::service_port_number, Shape::integer},
    {"targetPort", Field::target_port, Shape::integer_or_text},
};
constexpr Rule kSubset[] = {
    {"addresses", Field::ready_addresses, Shape::list},
    {"notReadyAddresses", Field::not_ready_addresses, Shape::list},
    {"ports", Field::subset_ports, Shape::list},
};
constexpr Rule kAddress[] = {
    {"ip", Field::ip, Shape::text},
    {"nodeName", Field::node_name, Shape::text},
    {"targetRef", Field::target_ref, Shape::map},
};
constexpr Rule kTargetRef[] = {
    {"name", Field::target_name, Shape::text},
};
constexpr Rule kEndpointPort[] = {
    {"name", Field::port_name, Shape::text},
    {"protocol", Field::port_protocol, Shape::text},
    {"port", Field::port_number, Shape::integer},
};
constexpr Rule kSliceEndpoint[] = {
    {"addresses", Field::slice_addresses, Shape::list},
    {"conditions", Field::conditions, Shape::map},
    {"targetRef", Field::target_ref, Shape::map},
    {"nodeName", Field::node_name, Shape::text},
};
constexpr Rule kConditions[] = {
    {"ready", Field::ready, Shape::boolean},
};
constexpr Rule kContainer[] = {
    {"name", Field::container_name, Shape::text},
    {"ports", Field::container_ports, Shape::list},
    {"env", Field::env, Shape::list},
    {"readinessProbe", Field::readiness_probe, Shape::map},
};
constexpr Rule kContainerPort[] = {
    {"containerPort", Field::container_port_number, Shape::integer},
};
constexpr Rule kEnvEntry[] = {
    {"name", Field::env_name, Shape::text},
    {"value", Field::env_value, Shape::text},
    {"valueFrom", Field::env_source, Shape::map},
};
constexpr Rule kEnvSource[] = {
    {"fieldRef", Field::env_field, Shape::map},
};
constexpr Rule kEnvField[] = {
    {"fieldPath", Field::env_field_path, Shape::text},
};
constexpr Rule kPodIp[] = {
    {"ip", Field::pod_ips_text, Shape::text},
};
constexpr Rule kPodCondition[] = {
    {"type", Field::condition_type, Shape::text},
    {"status", Field::condition_status, Shape::text},
    {"reason", Field::condition_reason, Shape::text},
    {"message", Field::condition_message, Shape::text},
};
constexpr Rule kContainerStatus[] = {
    {"name", Field::container_status_name, Shape::text},
    {"ready", Field::container_ready, Shape::boolean},
    {"restartCount", Field::restart_count, Shape::integer},
    {"state", Field::container_state, Shape::map},
};
constexpr Rule kContainerState[] = {
    {"waiting", Field::waiting, Shape::map},
    {"running", Field::running, Shape::map},
    {"terminated", Field::terminated, Shape::map},
};
constexpr Rule kRunning[] = {
    {"startedAt", Field::started_at, Shape::text},
};
constexpr Rule kNotRunning[] = {
    {"reason", Field::state_reason, Shape::text},
};

constexpr Rule kLabel{"", Field::label, Shape::text};
constexpr Rule kSelectorPair{"", Field::selector_pair, Shape::text};

std::span<const Rule> members_of_pod_part(Field parent) {
  switch (parent) {
    case Field::container:
      return kContainer;
    case Field::container_port:
      return kContainerPort;
    case Field::env_entry:
      return kEnvEntry;
    case Field::env_source:
      return kEnvSource;
    case Field::env_field:
      return kEnvField;
    case Field::pod_ips_entry:
      return kPodIp;
    case Field::pod_condition:
      return kPodCondition;
    case Field::container_status:
      return kContainerStatus;
    case Field::container_state:
      return kContainerState;
    case Field::running:
      return kRunning;
    case Field::waiting:
    case Field::terminated:
      return kNotRunning;
    default:
      return {};
  }
}

std::span<const Rule> members(Field parent) {
  switch (parent) {
    case Field::object:
      return kObject;
    case Field::metadata:
      return kMetadata;
    case Field::annotations:
      return kAnnotations;
    case Field::status:
      return kStatus;
    case Field::spec:
      return kSpec;
    case Field::service_port:
      return kServicePort;
    case Field::subset:
      return kSubset;
    case Field::address:
      return kAddress;
    case Field::target_ref:
      return kTargetRef;
    case Field::endpoint_port:
      return kEndpointPort;
    case Field::slice_endpoint:
      return kSliceEndpoint;
    case Field::conditions:
      return kConditions;
    default:
      return members_of_pod_part(parent);
  }
}

constexpr Rule kObjectElement{"", Field::object, Shape::map};
constexpr Rule kServicePortElement{"", Field::service_port, Shape::map};
constexpr Rule kSubsetElement{"", Field::subset, Shape::map};
constexpr Rule kAddressElement{"", Field::address, Shape::map};
constexpr Rule kPortElement{"", Field::endpoint_port, Shape::map};
constexpr Rule kSliceEndpointElement{"", Field::slice_endpoint, Shape::map};
constexpr Rule kSliceAddressElement{"", Field::slice_address, Shape::text};
constexpr Rule kIpFamilyElement{"", Field::ip_family, Shape::text};
constexpr Rule kContainerElement{"", Field::container, Shape::map};
constexpr Rule kContainerPortElement{"", Field::container_port, Shape::map};
constexpr Rule kEnvElement{"", Field::env_entry, Shape::map};
constexpr Rule kPodIpElement{"", Field::pod_ips_entry, Shape::map};
constexpr Rule kPodConditionElement{"", Field::pod_condition, Shape::map};
constexpr Rule kContainerStatusElement{"", Field::container_status, Shape::map};

const Rule* element_rule_of_pod_part(Field parent) {
  switch (parent) {
    case Field::containers:
      return &kContainerElement;
    case Field::container_ports:
      return &kContainerPortElement;
    case Field::env:
      return &kEnvElement;
    case Field::pod_ips:
      return &kPodIpElement;
    case Field::pod_conditions:
      return &kPodConditionElement;
    case Field::container_statuses:
      return &kContainerStatusElement;
    default:
      return nullptr;
  }
}

}  // namespace

const Rule* member_rule(Field parent, std::string_view key) {
  if (parent == Field::labels) return &kLabel;
  if (parent == Field::selector) return &kSelectorPair;
  for (const Rule& rule : members(parent)) {
    if (rule.key.size() == key.size() &&
        std::memcmp(rule.key.data(), key.data(), key.size()) == 0) {
      return &rule;
    }
  }
  return nullptr;
}

const Rule* element_rule(Field parent) {
  switch (parent) {
    case Field::document:
    case Field::items:
      return &kObjectElement;
    case Field::service_ports:
      return &kServicePortElement;
    case Field::subsets:
      return &kSubsetElement;
    case Field::ready_addresses:
    case Field::not_ready_addresses:
      return &kAddressElement;
    case Field::subset_ports:
    case Field::slice_ports:
      return &kPortElement;
    case Field::slice_endpoints:
      return &kSliceEndpointElement;
    case Field::slice_addresses:
      return &kSliceAddressElement;
    case Field::ip_families:
      return &kIpFamilyElement;
    default:
      return element_rule_of_pod_part(parent);
  }
}

std::string_view describe(Shape shape) {
  switch (shape) {
    case Shape::text:
      return "text";
    case Shape::integer:
      return "a whole number";
    case Shape::integer_or_text:
      return "a whole number or text";
    case Shape::boolean:
      return "true or false";
    case Shape::map:
      return "an object";
    case Shape::list:
      return "a list";
  }
  return "";
}

}  // namespace podreg::k8s
