// Which fields of Kubernetes objects are read, and what type they have: core/v1 Service, Endpoints
// and Pod, discovery.k8s.io/v1 EndpointSlice, and their lists. Everything else is skipped.
#pragma once

#include <cstdint>
#include <string_view>

namespace podreg::k8s {

enum class Shape : std::uint8_t { text, integer, integer_or_text, boolean, map, list };

// Where in an object a value stands. A map's or list's own field also says what may stand in it.
enum class Field : std::uint8_t {
  none,  // not read
  document,
  object,
  kind,
  api_version,
  metadata,
  items,
  name,
  ns,
  resource_version,
  continue_token,
  labels,
  label,
  annotations,
  registration,
  deletion_timestamp,
  status,
  phase,
  over_capacity,
  spec,
  service_type,
  selector,
  selector_pair,
  service_ports,
  service_port,
  service_port_name,
  service_port_protocol,
  service_port_number,
  target_port,
  subsets,
  subset,
  ready_addresses,
  not_ready_addresses,
  address,
  ip,
  node_name,
  target_ref,
  target_name,
  subset_ports,
  slice_ports,
  endpoint_port,
  port_name,
  port_protocol,
  port_number,
  address_type,
  slice_endpoints,
  slice_endpoint,
  slice_addresses,
  slice_address,
  conditions,
  ready,
  publish_not_ready,
  ip_families,
  ip_family,
  // Of pods, for ObjectSink::pod_object only; from here to the end.
  pod_node,
  service_account,
  host_network,
  pod_hostname,
  containers,
  container,
  container_name,
  container_ports,
  container_port,
  container_port_number,
  readiness_probe,
  env,
  env_entry,
  env_name,
  env_value,
  env_source,
  env_field,
  env_field_path,
  pod_ip,
  pod_ips,
  pod_ips_entry,
  pod_ips_text,
  pod_conditions,
  pod_condition,
  condition_type,
  condition_status,
  condition_reason,
  condition_message,
  container_statuses,
  container_status,
  container_status_name,
  container_ready,
  restart_count,
  container_state,
  waiting,
  running,
  terminated,
  state_reason,
  started_at,
};

// Whether it is a part of a pod that only ObjectSink::pod_object takes.
constexpr bool is_pod_part(Field field) { return field >= Field::pod_node; }

struct Rule {
  std::string_view key;  // empty: any key, or an element of a list
  Field field = Field::none;
  Shape shape = Shape::text;
};

// The rule for the value under `key` in a map that is `parent`; nullptr when it is not read.
const Rule* member_rule(Field parent, std::string_view key);

// The rule for the elements of a list that is `parent`; never nullptr for a list that is read.
const Rule* element_rule(Field parent);

// "a text", "a list": for messages.
std::string_view describe(Shape shape);

}  // namespace podreg::k8s
