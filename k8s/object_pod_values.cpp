// The part of ObjectHandler that stores what only ObjectSink::pod_object takes.
#include <algorithm>

#include "core/timestamp.h"
#include "k8s/object_handler.h"

namespace podreg::k8s {

void ObjectHandler::enter_pod_part(Field field) {
  Draft& to = draft();
  switch (field) {
    case Field::containers:
      to.pod.containers.clear();
      to.named_after_pod.clear();
      return;
    case Field::container:
      container_ = &to.pod.containers.emplace_back();
      return;
    case Field::container_ports:
      container_->ports.clear();
      return;
    case Field::readiness_probe:
      container_->has_readiness_probe = true;
      return;
    case Field::env_entry:
      env_.name.clear();
      env_.value.clear();
      env_.field_path.clear();
      return;
    case Field::pod_ips:
      to.pod.addresses.clear();
      return;
    case Field::pod_conditions:
      to.pod.conditions.clear();
      to.pod.is_ready = false;
      return;
    case Field::pod_condition:
      to.pod.conditions.emplace_back();
      return;
    case Field::container_statuses:
      to.container_statuses.clear();
      return;
    case Field::container_status:
      container_ = &to.container_statuses.emplace_back();
      return;
    case Field::waiting:
      container_->state = "waiting";
      return;
    case Field::running:
      container_->state = "running";
      return;
    case Field::terminated:
      container_->state = "terminated";
      return;
    default:
      return;
  }
}

void ObjectHandler::store_pod_text(Field field, std::string_view text) {
  auto& pod = draft().pod;
  switch (field) {
    case Field::pod_node:
      pod.node = text;
      return;
    case Field::service_account:
      pod.service_account = text;
      return;
    case Field::pod_hostname:
      pod.hostname = text;
      return;
    case Field::container_name:
    case Field::container_status_name:
      container_->name = text;
      return;
    case Field::env_name:
      env_.name = text;
      return;
    case Field::env_value:
      env_.value = text;
      return;
    case Field::env_field_path:
      env_.field_path = text;
      return;
    case Field::pod_ip:
      draft().pod_ip = text;
      return;
    case Field::pod_ips_text:
      pod.addresses.emplace_back(text);
      return;
    case Field::condition_type:
      pod.conditions.back().type = text;
      return;
    case Field::condition_status:
      pod.conditions.back().status = text;
      return;
    case Field::condition_reason:
      pod.conditions.back().reason = text;
      return;
    case Field::condition_message:
      pod.conditions.back().message = text;
      return;
    case Field::state_reason:
      container_->reason = text;
      return;
    case Field::started_at:
      if (const auto time = core::parse_timestamp(std::string(text))) {
        container_->started = time->time_since_epoch().count();
      }
      return;
    default:
      return;
  }
}

// The map of this field has ended.
void ObjectHandler::finish_part(Field field) {
  if (field == Field::env_entry) return finish_env_entry();
  if (field != Field::pod_condition) return;
  auto& pod = draft().pod;
  if (pod.conditions.back().status != "True") return;
  if (pod.conditions.back().type == "Ready") pod.is_ready = true;
  pod.conditions.pop_back();
}

// Of several of one name the last one counts, as in Kubernetes.
void ObjectHandler::finish_env_entry() {
  if (env_.name != "HOSTNAME") return;
  container_->hostname = env_.value;
  const auto index = draft().pod.containers.size() - 1;
  auto& named = draft().named_after_pod;
  std::erase(named, index);
  if (env_.field_path == "metadata.name") named.push_back(index);
}

}  // namespace podreg::k8s
