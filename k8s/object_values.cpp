// The part of ObjectHandler that stores values in the draft.
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "k8s/object_handler.h"

namespace podreg::k8s {
namespace {

constexpr std::string_view kDefaultProtocol = "TCP";

bool is_number_like(std::string_view text) {
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

// YAML 1.1's booleans, as kubectl reads them.
std::optional<bool> read_boolean(std::string_view text) {
  for (const auto* yes : {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"}) {
    if (text == yes) return true;
  }
  for (const auto* no : {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

}  // namespace

// Prepares the draft for a map or list. A key that is there twice counts once, with its last value.
void ObjectHandler::enter(const Rule& rule) {
  switch (rule.field) {
    case Field::labels:
      draft().labels.clear();
      break;
    case Field::annotations:
      draft().registration.reset();
      draft().has_annotations = false;
      draft().pod.foreign_annotations.clear();
      break;
    case Field::ip_families:
      draft().ip_families.clear();
      break;
    case Field::selector:
      draft().selector.clear();
      break;
    case Field::service_ports:
      draft().service_ports.clear();
      break;
    case Field::service_port:
      draft().service_ports.emplace_back().protocol = kDefaultProtocol;
      break;
    case Field::subsets:
      draft().subsets.clear();
      break;
    case Field::subset:
      draft().subsets.emplace_back();
      break;
    case Field::ready_addresses:
      addresses_ = &draft().subsets.back().addresses;
      break;
    case Field::not_ready_addresses:
      addresses_ = &draft().subsets.back().not_ready_addresses;
      break;
    case Field::address:
      address_ = &addresses_->emplace_back();
      break;
    case Field::target_ref:
      address_->pod.emplace();
      break;
    case Field::subset_ports:
      ports_ = &draft().subsets.back().ports;
      break;
    case Field::slice_ports:
      ports_ = &draft().slice_ports;
      ports_->clear();
      break;
    case Field::endpoint_port:
      ports_->emplace_back().protocol = kDefaultProtocol;
      break;
    case Field::slice_endpoints:
      draft().slice_endpoints.clear();
      break;
    case Field::slice_endpoint:
      address_ = &draft().slice_endpoints.emplace_back().address;
      break;
    default:
      enter_pod_part(rule.field);
  }
}

void ObjectHandler::set_null() {
  if (capture_) return capture_->null();
  if (levels_.empty()) not_an_object("is null, not a Kubernetes object");
  const Rule* rule = expected();
  if (rule == nullptr) return;
  // Go, and so Kubernetes, reads null as the empty text in a map of texts; elsewhere as absent.
  if (rule->field == Field::label || rule->field == Field::selector_pair) store_text(*rule, "");
}

void ObjectHandler::set_boolean(bool value) {
  if (capture_) return capture_->boolean(value);
  if (levels_.empty()) not_an_object("is not a Kubernetes object but a single value");
  const Rule* rule = expected();
  if (rule == nullptr) return;
  if (rule->shape != Shape::boolean) return mismatch(*rule, value ? "true" : "false");
  store_boolean(rule->field, value);
}

void ObjectHandler::store_boolean(Field field, bool value) {
  switch (field) {
    case Field::ready:
      draft().slice_endpoints.back().ready = value;
      return;
    case Field::publish_not_ready:
      draft().publish_not_ready = value;
      return;
    case Field::host_network:
      draft().pod.host_network = value;
      return;
    case Field::container_ready:
      container_->ready = value;
      return;
    default:
      return;
  }
}

void ObjectHandler::set_number(std::string_view digits) {
  if (capture_) return capture_->number(digits);
  if (levels_.empty()) not_an_object("is not a Kubernetes object but a single value");
  const Rule* rule = expected();
  if (rule == nullptr) return;
  if (rule->field == Field::target_port) {
    store_text(*rule, digits);
  } else if (rule->shape == Shape::integer) {
    store_number(*rule, digits);
  } else {
    mismatch(*rule, "a number");
  }
}

void ObjectHandler::set_text(std::string_view text) {
  if (capture_) return capture_->text(text);
  const bool other_annotation = pending_ == nullptr && sink_.whole_pod && !levels_.empty() &&
                                levels_.back().field == Field::annotations;
  if (other_annotation) draft().other_annotations_size += text.size();
  if (levels_.empty()) not_an_object("is not a Kubernetes object but a single value");
  const Rule* rule = expected();
  if (rule == nullptr) return;
  if (rule->shape != Shape::text && rule->shape != Shape::integer_or_text) {
    return mismatch(*rule, "text");
  }
  store_text(*rule, text);
}

void ObjectHandler::set_plain(std::string_view text) {
  if (capture_) return capture_plain(text);
  if (levels_.empty()) not_an_object("is not a Kubernetes object but a single value");
  const Rule* rule = expected();
  if (rule == nullptr) return;
  if (rule->shape == Shape::integer && is_number_like(text)) return number(text);
  if (rule->shape != Shape::boolean) return set_text(text);
  if (const auto value = read_boolean(text)) return set_boolean(*value);
  mismatch(*rule, "text");
}

// What no rule tells the type of.
void ObjectHandler::capture_plain(std::string_view text) {
  if (is_number_like(text)) return capture_->number(text);
  if (text == "true" || text == "false") return capture_->boolean(text == "true");
  capture_->text(text);
}

void ObjectHandler::store_text(const Rule& rule, std::string_view text) {
  Draft& to = draft();
  switch (rule.field) {
    case Field::kind:
      to.kind = text == "PartialObjectMetadata" ? item_kind_ : std::string(text);
      return skip_if_not_wanted();
    case Field::api_version:
      if (!text.starts_with("meta.k8s.io/") || std::string_view(to.kind).ends_with("List")) {
        to.api_version = text;
      }
      return skip_if_not_wanted();
    case Field::name:
      to.name = text;
      return;
    case Field::ns:
      to.ns = text;
      return;
    case Field::resource_version:
      to.resource_version = text;
      return;
    case Field::continue_token:
      to.continue_token = text;
      return;
    case Field::label:
      to.labels.emplace_back(pair_key_, text);
      return;
    case Field::selector_pair:
      to.selector.emplace_back(pair_key_, text);
      return;
    case Field::registration:
      to.registration = text;
      return;
    case Field::over_capacity:
      to.truncated = text == "truncated";
      return;
    case Field::deletion_timestamp:
      to.terminating = true;
      if (sink_.pod_object) to.pod.deletion_timestamp = text;
      return;
    case Field::phase:
      to.phase = text;
      return;
    case Field::service_type:
      to.service_type = text;
      return;
    case Field::service_port_name:
      to.service_ports.back().name = text;
      return;
    case Field::service_port_protocol:
      to.service_ports.back().protocol = text;
      return;
    case Field::target_port:
      to.service_ports.back().target_port = text;
      return;
    case Field::ip:
      address_->ip = text;
      return;
    case Field::node_name:
      address_->node = text;
      return;
    case Field::target_name:
      address_->pod = text;
      return;
    case Field::port_name:
      ports_->back().name = text;
      return;
    case Field::port_protocol:
      ports_->back().protocol = text;
      return;
    case Field::address_type:
      to.address_type = text;
      return;
    case Field::slice_address:
      if (address_->ip.empty()) address_->ip = text;
      return;
    case Field::ip_family:
      to.ip_families.emplace_back(text);
      return;
    default:
      return store_pod_text(rule.field, text);
  }
}

void ObjectHandler::store_number(const Rule& rule, std::string_view digits) {
  const auto number = number_of(rule, digits);
  if (!number) return;
  if (rule.field != Field::restart_count) return store_port(rule, *number);
  if (*number < 0) return fault(rule, "is not a count");
  container_->restarts = *number;
}

// Nothing when it is a fault; -1 for what is too large, which is as wrong as what is negative.
std::optional<int> ObjectHandler::number_of(const Rule& rule, std::string_view digits) {
  int number = 0;
  const auto* end = digits.data() + digits.size();
  const auto [last, error] = std::from_chars(digits.data(), end, number);
  if (error == std::errc::result_out_of_range && last == end) return -1;
  if (error == std::errc{} && last == end) return number;
  mismatch(rule, digits.size() > 30 ? "a number" : digits);
  return std::nullopt;
}

void ObjectHandler::store_port(const Rule& rule, int port) {
  static constexpr int kHighest = 65535;
  if (port < 1 || port > kHighest) {
    return fault(rule, fmt::format("is not a port between 1 and {}", kHighest));
  }
  if (rule.field == Field::service_port_number) {
    draft().service_ports.back().port = port;
  } else if (rule.field == Field::container_port_number) {
    container_->ports.push_back(port);
  } else {
    ports_->back().port = port;
  }
}

}  // namespace podreg::k8s
