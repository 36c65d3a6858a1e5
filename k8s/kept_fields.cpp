#include "k8s/kept_fields.h"

#include <algorithm>
#include <array>

namespace podreg::k8s {
namespace {

using core::KeptField;

constexpr std::array kKeptFields = {
    KeptField{"EndpointSlice", "metadata.name", "which object it is", "a name"},
    KeptField{"EndpointSlice", "metadata.namespace", "which object it is", "a name"},
    KeptField{"EndpointSlice", "metadata.labels[kubernetes.io/service-name]",
              "the Service that it belongs to; no other label", "a name"},
    KeptField{"EndpointSlice", "addressType", "whether its addresses are host names", ""},
    KeptField{"EndpointSlice", "endpoints[].addresses[]",
              "the host of an instance; the first of each", "an address"},
    KeptField{"EndpointSlice", "endpoints[].conditions.ready", "whether consumers get it", ""},
    KeptField{"EndpointSlice", "endpoints[].nodeName", "where it runs", "a name"},
    KeptField{"EndpointSlice", "endpoints[].targetRef.kind", "always Pod", ""},
    KeptField{"EndpointSlice", "endpoints[].targetRef.name", "the pod", "a name"},
    KeptField{"EndpointSlice", "ports[].name", "the port of an instance", ""},
    KeptField{"EndpointSlice", "ports[].port", "the port of an instance", ""},
    KeptField{"EndpointSlice", "ports[].protocol", "the port of an instance", ""},
    KeptField{"Endpoints", "metadata.name", "which object it is", "a name"},
    KeptField{"Endpoints", "metadata.namespace", "which object it is", "a name"},
    KeptField{"Endpoints", "metadata.annotations[endpoints.kubernetes.io/over-capacity]",
              "whether addresses are missing; no other annotation", ""},
    KeptField{"Endpoints", "subsets[].addresses[].ip", "the host of an instance", "an address"},
    KeptField{"Endpoints", "subsets[].addresses[].nodeName", "where it runs", "a name"},
    KeptField{"Endpoints", "subsets[].addresses[].targetRef.kind", "always Pod", ""},
    KeptField{"Endpoints", "subsets[].addresses[].targetRef.name", "the pod", "a name"},
    KeptField{"Endpoints", "subsets[].notReadyAddresses[].ip", "why an instance is missing",
              "an address"},
    KeptField{"Endpoints", "subsets[].notReadyAddresses[].nodeName", "where it runs", "a name"},
    KeptField{"Endpoints", "subsets[].notReadyAddresses[].targetRef.kind", "always Pod", ""},
    KeptField{"Endpoints", "subsets[].notReadyAddresses[].targetRef.name", "the pod", "a name"},
    KeptField{"Endpoints", "subsets[].ports[].name", "the port of an instance", ""},
    KeptField{"Endpoints", "subsets[].ports[].port", "the port of an instance", ""},
    KeptField{"Endpoints", "subsets[].ports[].protocol", "the port of an instance", ""},
    KeptField{"MetadataList", "items[].app", "with --metadata: the application", "a name"},
    KeptField{"MetadataList", "items[].revision", "with --metadata: which pods registered it",
              "computed anew"},
    KeptField{"MetadataList", "items[].computedRevision", "with --metadata: of its services",
              "computed anew"},
    KeptField{"MetadataList", "items[].services", "with --metadata: the MetadataInfo, whole",
              "names and addresses inside"},
    KeptField{"Pod", "metadata.name", "which object it is", "a name"},
    KeptField{"Pod", "metadata.namespace", "which object it is", "a name"},
    KeptField{"Pod", "metadata.resourceVersion", "which state it was in", ""},
    KeptField{"Pod", "metadata.labels", "what selectors match, all of them", "names, keys too"},
    KeptField{"Pod", "metadata.annotations[io.dubbo/metadata]", "the registration, whole",
              "names and addresses inside"},
    KeptField{"Pod", "metadata.annotations[dubbo.io/annotation]",
              "registered in another format; without the value", ""},
    KeptField{"Pod", "metadata.annotations[dubbo.apache.org/*]",
              "registered in another format; without the value", ""},
    KeptField{"Pod", "metadata.deletionTimestamp", "whether it is terminating", ""},
    KeptField{"Pod", "spec.nodeName", "where it runs", "a name"},
    KeptField{"Pod", "spec.serviceAccountName", "who registers", "a name"},
    KeptField{"Pod", "spec.hostNetwork", "whether HOSTNAME is the node's", ""},
    KeptField{"Pod", "spec.hostname", "what HOSTNAME is", "a name"},
    KeptField{"Pod", "spec.containers[].name", "which container it is", "a name"},
    KeptField{"Pod", "spec.containers[].ports[].containerPort", "what it listens on", ""},
    KeptField{"Pod", "spec.containers[].env[HOSTNAME]", "what HOSTNAME is; no other variable",
              "a name"},
    KeptField{"Pod", "spec.containers[].readinessProbe", "whether there is one; always empty", ""},
    KeptField{"Pod", "status.phase", "whether it runs", ""},
    KeptField{"Pod", "status.podIPs[].ip", "whether an address is its own", "an address"},
    KeptField{"Pod", "status.conditions[].type", "of those that are not True, and Ready", ""},
    KeptField{"Pod", "status.conditions[].status", "of those that are not True, and Ready", ""},
    KeptField{"Pod", "status.conditions[].reason", "why it is not ready", ""},
    KeptField{"Pod", "status.conditions[].message", "why it is not ready", "left out"},
    KeptField{"Pod", "status.containerStatuses[].name", "which container it is", "a name"},
    KeptField{"Pod", "status.containerStatuses[].ready", "why it is not ready", ""},
    KeptField{"Pod", "status.containerStatuses[].restartCount", "whether it restarts", ""},
    KeptField{"Pod", "status.containerStatuses[].state.running.startedAt",
              "whether it registered before its last start", ""},
    KeptField{"Pod", "status.containerStatuses[].state.waiting.reason", "why it is not ready", ""},
    KeptField{"Pod", "status.containerStatuses[].state.terminated.reason", "why it is not ready",
              ""},
    KeptField{"Service", "metadata.name", "which object it is", "a name"},
    KeptField{"Service", "metadata.namespace", "which object it is", "a name"},
    KeptField{"Service", "spec.type", "whether it has pods", ""},
    KeptField{"Service", "spec.selector", "which pods it has", "names, keys too"},
    KeptField{"Service", "spec.ports[].name", "which ports it has", ""},
    KeptField{"Service", "spec.ports[].protocol", "which ports it has", ""},
    KeptField{"Service", "spec.ports[].port", "which ports it has", ""},
    KeptField{"Service", "spec.ports[].targetPort", "which ports it has", ""},
    KeptField{"Service", "spec.publishNotReadyAddresses", "whether it waits for readiness", ""},
    KeptField{"Service", "spec.ipFamilies[]", "which addresses there should be", ""},
};

static_assert(std::ranges::is_sorted(kKeptFields, {}, &KeptField::kind));

}  // namespace

std::span<const core::KeptField> kept_fields() { return kKeptFields; }

}  // namespace podreg::k8s
