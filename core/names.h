// Names as Kubernetes allows them. A name becomes part of a request's path, so it is checked before
// anything is sent.
#pragma once

#include <string_view>

namespace podreg::core {

// RFC 1123 label: at most 63 of a–z, 0–9 and '-', neither first nor last a '-'. What Kubernetes
// takes as the name of a namespace and, at its most lenient, of a Service.
bool is_dns_label(std::string_view name);

// Throw Error(usage) that says which name it is and what a name may be.
void check_service_name(std::string_view name);
void check_namespace(std::string_view name);
void check_pod_name(std::string_view name);  // RFC 1123 subdomain: labels with dots, at most 253

}  // namespace podreg::core
