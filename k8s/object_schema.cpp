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
};
constexpr Rule kSpec[] = {
    {"type", Field::service_type, Shape::text},
    {"selector", Field::selector, Shape::map},
    {"ports", Field::service_ports, Shape::list},
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

constexpr Rule kLabel{"", Field::label, Shape::text};
constexpr Rule kSelectorPair{"", Field::selector_pair, Shape::text};

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
      return {};
  }
}

constexpr Rule kObjectElement{"", Field::object, Shape::map};
constexpr Rule kServicePortElement{"", Field::service_port, Shape::map};
constexpr Rule kSubsetElement{"", Field::subset, Shape::map};
constexpr Rule kAddressElement{"", Field::address, Shape::map};
constexpr Rule kPortElement{"", Field::endpoint_port, Shape::map};
constexpr Rule kSliceEndpointElement{"", Field::slice_endpoint, Shape::map};
constexpr Rule kSliceAddressElement{"", Field::slice_address, Shape::text};

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
    default:
      return nullptr;
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
