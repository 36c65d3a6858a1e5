// Every finding there is: what it says, what to do, and the words in Dubbo's own log. Error codes
// of Dubbo: org.apache.dubbo.common.constants.LoggerCodeConstants of 3.2.6; its messages are those
// of KubernetesServiceDiscovery, AbstractServiceDiscovery, ServiceDiscoveryRegistry and the
// invokers.
#include <algorithm>
#include <array>

#include "core/finding.h"

namespace podreg::core {
namespace {

using Code = FindingCode;
using enum Severity;
using enum ConsumerEffect;

constexpr std::array kCatalogue = {
    // ---- 0: access ------------------------------------------------------------------------------
    FindingKind{
        Code::api_server_unreachable, "ApiServerUnreachable", 0, error, none,
        "the API server cannot be reached: {detail}",
        "check the address (podreg config view) and the way to it; {advice}",
        "1-22 Unable to access api server",
        "Without the API server nobody registers and nobody is found. Dubbo tells it when the "
        "registry is made, by reading the pod named by $HOSTNAME, and goes on without one."},
    FindingKind{
        Code::certificate_refused, "CertificateRefused", 0, error, none,
        "the certificate of the API server is not trusted: {detail}",
        "give its authority with --certificate-authority, in the kubeconfig, or as caCertData of "
        "the registry URL; trustCerts=true would switch the check off",
        "1-22 Unable to access api server; PKIX path building failed",
        "Dubbo's client checks the server's certificate against caCertFile, caCertData or the "
        "ServiceAccount's ca.crt, unless trustCerts=true."},
    FindingKind{Code::credentials_refused, "CredentialsRefused", 0, error, none,
                "the API server does not accept the credentials: {detail}",
                "sign in again; podreg config view shows where the credentials come from",
                "1-22 Unable to access api server; Unauthorized",
                "Tokens of ServiceAccounts expire and are renewed in the pod's file; one that was "
                "copied into a registry URL (oauthToken) is not."},
    FindingKind{Code::not_readable, "NotReadable", 0, warning, none,
                "{detail}, so what depends on it was not checked",
                "podreg config check -o yaml prints the Role that allows it", "",
                "It says nothing about a consumer, which has a user of its own."},
    FindingKind{
        Code::provider_not_allowed, "ProviderNotAllowed", 0, error, skips,
        "ServiceAccount \"{name}\" of namespace \"{ns}\" may not {detail}; pods of application "
        "\"{service}\" cannot register themselves with it",
        "bind a Role with get and patch on pods to it",
        "5-11 Register instance error; Unable to access api server; Forbidden",
        "A provider reads its own pod when the registry is made (get), and writes the annotation "
        "with a JSON Patch (patch)."},
    FindingKind{
        Code::consumer_not_allowed, "ConsumerNotAllowed", 0, error, fails,
        "ServiceAccount \"{name}\" of namespace \"{ns}\" may not {detail}; a consumer with it does "
        "not find providers",
        "bind a Role with get, list and watch on pods, services and endpoints to it",
        "Unable to access api server; Forbidden",
        "A consumer gets, lists and watches the Endpoints and the Service of an application, and "
        "lists and watches the pods of its selector."},
    FindingKind{Code::clock_skew, "ClockSkew", 0, warning, none,
                "the clock here is {detail} that of the API server",
                "set the clock; tokens and certificates are judged by it", "",
                "Certificates and tokens have dates; with a wrong clock they are refused, and what "
                "is said to be old or new here is not."},

    // ---- 1: register ----------------------------------------------------------------------------
    FindingKind{
        Code::not_registered, "NotRegistered", 1, error, skips,
        "pod \"{name}\" of application \"{service}\" is ready but not registered: it has no "
        "annotation io.dubbo/metadata",
        "{advice}", "1-21 Unable to find Service Instance metadata in Pod Annotations",
        "A provider writes its metadata into an annotation of its own pod once its services are "
        "exported. Without it consumers leave the pod out. In the order of likelihood: its "
        "ServiceAccount may not patch pods; the registry URL has enableRegister=false; it "
        "registers "
        "in another namespace; it is still starting; it met a conflict (409) when it registered, "
        "which Dubbo does not try again."},
    FindingKind{
        Code::annotation_invalid, "AnnotationInvalid", 1, error, fails,
        "the annotation io.dubbo/metadata of pod \"{name}\" cannot be read as a JSON object "
        "({detail}); it hides every instance of application \"{service}\"",
        "remove it with podreg unregister {name}, and let the provider register again",
        "JSONException; 1-7 notify event",
        "A consumer parses the annotations of all pods of an application in one go. One that is no "
        "JSON object makes that fail for all of them."},
    FindingKind{Code::annotation_without_entries, "AnnotationWithoutEntries", 1, error, skips,
                "the annotation io.dubbo/metadata of pod \"{name}\" is {detail}, so nothing is "
                "registered there",
                "let the provider register again: restart it, or podreg register {name}",
                "1-21 Unable to find Service Instance metadata in Pod Annotations",
                "An empty annotation counts as none. An empty object is an instance without "
                "revision, which exports nothing."},
    FindingKind{Code::revision_missing, "RevisionMissing", 1, error, skips,
                "pod \"{name}\" is registered without dubbo.metadata.revision, so consumers take "
                "it for one "
                "that exports nothing",
                "whoever wrote the annotation has to write the revision, too: podreg update {name} "
                "--services @MetadataInfo.json",
                "",
                "Instances are grouped by their revision; those without one are skipped before any "
                "provider is asked."},
    FindingKind{
        Code::exports_nothing, "ExportsNothing", 1, warning, skips,
        "pod \"{name}\" is registered with revision 0: it exports no service",
        "check that the provider exports a service to this registry, and when: the revision "
        "is written anew when it does",
        "",
        "Dubbo registers an application that only consumes, or whose services are not "
        "exported yet, with revision 0."},
    FindingKind{Code::values_not_text, "ValuesNotText", 1, warning, none,
                "pod \"{name}\" registered values that are not strings: {detail}",
                "write them as strings; podreg update {name} --set KEY=VALUE does",
                "ClassCastException",
                "Dubbo reads the metadata as a map from string to string without checking it, and "
                "fails where such a value is used."},
    FindingKind{
        Code::registration_outdated, "RegistrationOutdated", 1, warning, keeps_stale,
        "the registration of pod \"{name}\" is older than its container: {detail}",
        "wait for the provider to register, or restart the pod; until then podreg unregister "
        "{name} "
        "takes it out",
        "",
        "The annotation outlives a container that ends without unregistering. After the restart "
        "consumers see the old revision until the provider has registered again."},
    FindingKind{
        Code::hostname_differs, "HostnameDiffers", 1, error, skips,
        "pod \"{name}\" of application \"{service}\" is not registered, because its provider does "
        "not know its name: {detail}",
        "set the environment variable HOSTNAME of the container to metadata.name (valueFrom "
        "fieldRef)",
        "1-22 Unable to access api server; Hostname:",
        "A provider registers the pod that $HOSTNAME names. With hostNetwork that is the node's "
        "name; spec.hostname and a variable of the container change it, too."},
    FindingKind{
        Code::foreign_registration, "ForeignRegistration", 1, error, skips,
        "pod \"{name}\" of application \"{service}\" is registered for another registry "
        "({detail}), "
        "not in the annotation io.dubbo/metadata",
        "use the registry of that implementation on both sides, or register with Dubbo for Java "
        "3.x and kubernetes://",
        "1-21 Unable to find Service Instance metadata in Pod Annotations",
        "dubbo-go 1.5 writes dubbo.io/annotation, and dubbo-kubernetes dubbo.apache.org/…; Dubbo "
        "for Java reads neither."},
    FindingKind{Code::certificate_not_checked, "CertificateNotChecked", 1, warning, none,
                "the registry URL has trustCerts=true: nobody checks who the API server is",
                "leave it out and give caCertFile or caCertData; in a pod neither is needed", "",
                "Whoever answers in the API server's place gets the credentials."},
    FindingKind{Code::registering_disabled, "RegisteringDisabled", 1, warning, skips,
                "the registry URL has enableRegister=false: providers with it do not register",
                "leave it out for providers", "",
                "Registering and unregistering then do nothing, and no log says so."},

    // ---- 2: mapping -----------------------------------------------------------------------------
    FindingKind{
        Code::interface_not_provided, "InterfaceNotProvided", 2, error, skips,
        "no application provides {name}{detail}", "{advice}",
        "No provider available; Should has at least one way to know which services this interface "
        "belongs to",
        "A consumer needs the names of the applications that provide an interface. The Kubernetes "
        "registry has no metadata center to ask; provided-by or subscribed-services name them."},
    FindingKind{Code::application_unknown, "ApplicationUnknown", 2, error, skips,
                "{detail} names application \"{service}\" for {name}, but there is no Service of "
                "that name",
                "{advice}", "No provider available; NullPointerException in getInstances",
                "An application's name is that of its Service, in the consumer's namespace."},
    FindingKind{Code::application_does_not_provide, "ApplicationDoesNotProvide", 2, warning, skips,
                "{detail} names application \"{service}\" for {name}, which it does not provide",
                "{advice}", "No provider available",
                "A provided-by that was right once stays in the consumer's configuration when the "
                "interface moves."},
    FindingKind{Code::wildcard_application, "WildcardApplication", 2, error, skips,
                "{detail} names \"*\" for {name}; Dubbo takes it for an application's name",
                "name the applications, with commas between them", "No provider available",
                "There are no patterns in provided-by and subscribed-services."},
    FindingKind{Code::several_applications, "SeveralApplications", 2, info, none,
                "{name} is provided by {detail}; a consumer calls all of them",
                "name the one that is meant with provided-by, or different groups", "",
                "Providers of an interface in several applications take their turns."},

    // ---- 3: instances ---------------------------------------------------------------------------
    FindingKind{
        Code::service_missing, "ServiceMissing", 3, error, skips,
        "there is no Service \"{name}\" in namespace \"{ns}\"", "{advice}",
        "No provider available; NullPointerException in getInstances",
        "The application's name has to be that of a Service of the namespace that the consumer "
        "reads: that of its registry URL, its kubeconfig or its pod."},
    FindingKind{Code::service_external_name, "ServiceExternalName", 3, error, skips,
                "Service \"{name}\" is an ExternalName: it has no Endpoints",
                "make a Service with a selector in the namespace of the providers", "",
                "An ExternalName is an alias of DNS, and no pods stand behind it."},
    FindingKind{Code::service_without_selector, "ServiceWithoutSelector", 3, warning, none,
                "Service \"{name}\" has no selector: its Endpoints are made by hand, and every pod "
                "of namespace \"{ns}\" is a candidate",
                "give it a selector, unless that is meant", "",
                "Without a selector Dubbo lists all pods of the namespace. Endpoints made by hand "
                "work when each address has a targetRef."},
    FindingKind{Code::selector_matches_no_pod, "SelectorMatchesNoPod", 3, error, skips,
                "no pod of namespace \"{ns}\" has the labels of the selector of Service \"{name}\" "
                "({detail})",
                "{advice}", "", "Every pair of the selector has to be among the labels of a pod."},
    FindingKind{
        Code::endpoints_missing, "EndpointsMissing", 3, error, fails,
        "Service \"{name}\" has no Endpoints object", "{advice}",
        "NullPointerException in getInstances",
        "Dubbo reads the Endpoints of the Service's name without looking whether they are there. "
        "The endpoints controller makes them for every Service with a selector."},
    FindingKind{Code::endpoints_empty, "EndpointsEmpty", 3, error, skips,
                "the Endpoints of Service \"{name}\" have no ready address{detail}", "{advice}",
                "No provider available", "Only addresses of ready pods are instances."},
    FindingKind{
        Code::pod_not_in_endpoints, "PodNotInEndpoints", 3, error, skips,
        "pod \"{name}\" is ready, but the Endpoints of Service \"{service}\" do not list it",
        "look whether the endpoints controller is running, and whether somebody else writes these "
        "Endpoints",
        "", "Consumers see addresses of Endpoints, not pods."},
    FindingKind{
        Code::registered_without_service, "RegisteredWithoutService", 3, error, skips,
        "pod \"{name}\" is registered, but no Service selects it{detail}", "{advice}",
        "No provider available",
        "A consumer finds the pods of an application through the Service of its name. A pod that "
        "lost a label, or whose Service was never made, is seen by nobody."},
    FindingKind{Code::endpoints_without_ports, "EndpointsWithoutPorts", 3, error, skips,
                "the Endpoints of Service \"{name}\" have addresses but no port",
                "give the Service a port: a headless one needs it, too", "No provider available",
                "An instance is an address with a port; without ports there is none."},
    FindingKind{
        Code::address_without_target_ref, "AddressWithoutTargetRef", 3, error, fails,
        "address {detail} of the Endpoints of Service \"{name}\" names no pod (no targetRef); it "
        "hides every instance of the application",
        "give the address a targetRef to its pod, or leave it out", "NullPointerException",
        "Dubbo reads targetRef.name of every address without looking whether it is there."},
    FindingKind{
        Code::address_without_pod, "AddressWithoutPod", 3, error, skips,
        "address {detail} of the Endpoints of Service \"{service}\" names pod \"{name}\", which is "
        "not among the pods of its selector",
        "{advice}", "1-20 Unable to match Kubernetes Endpoint address with Pod",
        "Dubbo joins the addresses with the pods that the Service's selector matches at that "
        "moment."},
    FindingKind{
        Code::address_repeated, "AddressRepeated", 3, warning, none,
        "address {detail} of pod \"{name}\" is named more than once by the Endpoints of "
        "Service \"{service}\"",
        "give the ports of the Service one name each; Endpoints made by hand should name an "
        "address once",
        "", "A consumer combines every address of every subset with every port of all subsets."},
    FindingKind{Code::pod_not_ready, "PodNotReady", 3, warning, skips,
                "pod \"{name}\" of application \"{service}\" is not ready: {detail}", "{advice}",
                "", "An address is an instance only while its pod is ready."},
    FindingKind{Code::pod_terminating, "PodTerminating", 3, info, skips,
                "pod \"{name}\" of application \"{service}\" is terminating",
                "nothing is to be done when it is being replaced", "",
                "Kubernetes takes the address out when a pod is being deleted, and the provider "
                "removes its registration at SIGTERM."},
    FindingKind{
        Code::not_ready_published, "NotReadyPublished", 3, warning, keeps_stale,
        "Service \"{name}\" has publishNotReadyAddresses: {detail} not ready and still an instance",
        "leave publishNotReadyAddresses out, or make a second Service for consumers", "",
        "Addresses of pods that are not ready are then listed as ready; consumers call them."},
    FindingKind{
        Code::endpoints_truncated, "EndpointsTruncated", 3, warning, skips,
        "the Endpoints of Service \"{name}\" are truncated: they hold {detail}",
        "split the application into several Services, of at most 1,000 pods each, which consumers "
        "name with provided-by",
        "", "Endpoints hold at most 1,000 addresses, and Dubbo does not read EndpointSlices."},
    FindingKind{
        Code::slices_differ, "SlicesDiffer", 3, warning, keeps_stale,
        "the Endpoints of Service \"{name}\" and its EndpointSlices disagree: {detail}", "{advice}",
        "",
        "Both are made by Kubernetes from the same pods. When they differ for long, somebody else "
        "writes one of them, or a controller is not running."},
    FindingKind{Code::dual_stack_incomplete, "DualStackIncomplete", 3, warning, skips,
                "Service \"{name}\" is for {detail}",
                "put the family that the pods of both sides have first in ipFamilies", "",
                "Endpoints hold addresses of the Service's first IP family only."},
    FindingKind{
        Code::port_multiplies_instances, "PortMultipliesInstances", 3, warning, none,
        "Service \"{name}\" has port {detail}, on which no provider is registered: consumers get "
        "an "
        "instance with it for every pod",
        "move it to a Service of its own, which is not named like the application",
        "2-1; connection refused or an answer in another protocol",
        "Every address is combined with every port. A port for metrics or QoS so becomes an "
        "instance, and is called where the metadata names no port of its own."},
    FindingKind{
        Code::port_not_of_service, "PortNotOfService", 3, warning, skips,
        "pod \"{name}\" does not say on which port it exports {detail}, and Service \"{service}\" "
        "does not have that port",
        "let the provider register dubbo.endpoints, or give the Service the port of the provider",
        "6-1 Failed to connect to provider server",
        "Where neither the service nor dubbo.endpoints has a port, the instance's own is taken, "
        "which is the Service's."},

    // ---- 4: metadata ----------------------------------------------------------------------------
    FindingKind{
        Code::metadata_refused, "MetadataRefused", 4, error, skips,
        "nobody listens at the MetadataService of revision {detail}",
        "check dubbo.metadata-service.url-params of pod \"{name}\" and that the provider is "
        "running; {advice}",
        "1-39 Failed to get app metadata for revision; 6-1 Failed to connect to provider server",
        "A consumer asks one instance of each revision for what it exports. Without an answer none "
        "of the revision's instances is called; it asks again after 10 s."},
    FindingKind{Code::metadata_timed_out, "MetadataTimedOut", 4, error, skips,
                "the MetadataService of revision {detail} does not answer in time",
                "look for a NetworkPolicy or a provider that hangs; {advice}",
                "1-39 Failed to get app metadata for revision; 6-2 client-side timeout",
                "A packet that is dropped looks like this, and so does a thread pool that is "
                "exhausted."},
    FindingKind{
        Code::metadata_other_protocol, "MetadataOtherProtocol", 4, error, skips,
        "the MetadataService of revision {detail} is registered with another protocol than it "
        "speaks",
        "check protocol and port of dubbo.metadata-service.url-params of pod \"{name}\"",
        "1-39 Failed to get app metadata for revision; 6-8",
        "The port belongs to another protocol than url-params says, or a sidecar answers there."},
    FindingKind{Code::metadata_failed, "MetadataFailed", 4, error, skips,
                "the MetadataService of revision {detail} cannot tell what it exports", "{advice}",
                "1-39 Failed to get app metadata for revision",
                "It answered with an error, or with what is no MetadataInfo."},
    FindingKind{
        Code::revision_not_known, "RevisionNotKnown", 4, error, skips,
        "pod \"{name}\" registered a revision that its own MetadataService does not know: {detail}",
        "the annotation is another process's: restart the provider, or podreg unregister {name}",
        "1-39 Failed to get app metadata for revision",
        "The registration outlived the process that wrote it, or was copied from another pod."},
    FindingKind{
        Code::revision_differs, "RevisionDiffers", 4, warning, none,
        "the MetadataInfo of pod \"{name}\" does not have the revision that it announces: {detail}",
        "a provider whose metadata changes without a new revision keeps consumers on the old "
        "services; restart it",
        "",
        "The revision is the MD5 of what is exported, and consumers never ask again for one that "
        "they know."},
    FindingKind{
        Code::several_revisions, "SeveralRevisions", 4, warning, none,
        "application \"{service}\" has {detail}",
        "finish the rolling update, or find what makes each pod's metadata its own: a "
        "parameter with a host name, a time or a random number",
        "1-7; many requests for metadata",
        "A consumer asks for every revision. During a rolling update there are two; one for "
        "each pod costs every consumer as many requests."},
    FindingKind{
        Code::metadata_in_center, "MetadataInCenter", 4, warning, skips,
        "pod \"{name}\" registered storage type remote: its MetadataInfo is in a metadata "
        "center",
        "configure a metadata center on both sides, or dubbo.application.metadata-type=local",
        "1-39 Failed to get app metadata for revision",
        "The Kubernetes registry has no metadata center of its own."},
    FindingKind{
        Code::application_name_differs, "ApplicationNameDiffers", 4, error, skips,
        "application \"{detail}\" stands behind Service \"{name}\": consumers ask its "
        "MetadataService with the Service's name as group, which is not exported",
        "give the Service the name of the application, or the application that of the Service",
        "1-39 Failed to get app metadata for revision; status 70",
        "The MetadataService is exported with the application's name as its group, and consumers "
        "know only the Service's."},
    FindingKind{
        Code::metadata_port_not_declared, "MetadataPortNotDeclared", 4, info, none,
        "pod \"{name}\" registered its MetadataService on port {detail}, which no container "
        "declares",
        "declare it in containerPort, so that it is seen; check that it is the right one", "",
        "Declaring a port changes nothing for Kubernetes, but one that is not declared is "
        "often a mistake."},
    FindingKind{Code::protocol_on_two_ports, "ProtocolOnTwoPorts", 4, warning, none,
                "pod \"{name}\" registered {detail}",
                "export a protocol on one port, or give services their own", "",
                "Of two entries with the same protocol in dubbo.endpoints the first is taken."},
    FindingKind{
        Code::metadata_version_not_exported, "MetadataVersionNotExported", 4, error, skips,
        "pod \"{name}\" exports {detail}",
        "let consumers and providers have releases that share a version of the MetadataService; "
        "{advice}",
        "1-39 Failed to get app metadata for revision",
        "Dubbo 3.3 has MetadataServiceV2 over tri. With dubbo and tri exported together the first "
        "version is on dubbo alone."},
    FindingKind{
        Code::metadata_host_foreign, "MetadataHostForeign", 4, warning, none,
        "pod \"{name}\" says that its MetadataService is at {detail}, not at its own address; it "
        "was not asked",
        "check dubbo.metadata-service.urls; --allow-foreign-hosts asks there", "",
        "An annotation can name any host. A consumer of Dubbo connects to it."},

    // ---- 5: invokers ----------------------------------------------------------------------------
    FindingKind{
        Code::url_refused, "UrlRefused", 5, error, skips,
        "nobody listens at {detail} of pod \"{name}\"",
        "check that the provider is running and exports this port",
        "6-1 Failed to connect to provider server; No provider available",
        "A consumer tries to connect again and again, and calls other providers meanwhile."},
    FindingKind{Code::url_timed_out, "UrlTimedOut", 5, error, skips,
                "{detail} of pod \"{name}\" does not answer in time",
                "look for a NetworkPolicy, a firewall or a provider that hangs",
                "6-2 client-side timeout; Waiting server-side response timeout", ""},
    FindingKind{
        Code::url_other_protocol, "UrlOtherProtocol", 5, error, skips, "{detail}",
        "check protocol and port of dubbo.endpoints of pod \"{name}\"",
        "6-8; Illegal packet; HTTP/2 client preface string missing",
        "The port belongs to another protocol, or a proxy or sidecar answers in its place."},
    FindingKind{Code::url_failed, "UrlFailed", 5, error, skips, "{detail}",
                "look into the log of pod \"{name}\"", "",
                "Somebody answers in the right protocol, but not for this service."},
    FindingKind{Code::nothing_matches, "NothingMatches", 5, error, skips,
                "{name} is provided, but not {detail}", "{advice}", "No provider available",
                "Interface, group and version have to be the same on both sides; only \"*\" and "
                "lists on the consumer's side match others."},
    FindingKind{Code::serializations_differ, "SerializationsDiffer", 5, error, skips,
                "pod \"{name}\" offers {detail}, of which consumer pod \"{service}\" has none",
                "set serialization or prefer.serialization on one side to what both have",
                "4-6; Unexpected serialization id",
                "Consumer and provider take the first of prefer.serialization that both have."},
    FindingKind{Code::releases_incompatible, "ReleasesIncompatible", 5, warning, none, "{detail}",
                "{advice}", "",
                "Consumers of 2.x do not understand the metadata of "
                "applications that 3.x registers (apache/dubbo issues 12168 and 12693); a "
                "MetadataService on tri alone did not answer in 3.1 before 3.1.8 (11720)."},
};

// Names of findings that there once were. A script may still wait for them.
constexpr std::array<std::string_view, 0> kRetired{};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kCatalogue.size(); ++i) {
    if (kCatalogue[i].code != static_cast<Code>(i)) return false;
    if (i > 0 && kCatalogue[i - 1].step > kCatalogue[i].step) return false;
  }
  return true;
}
static_assert(is_in_order(), "the catalogue has the order of the codes, and so of the steps");
static_assert(kCatalogue.back().code == Code::releases_incompatible, "every code has a row");

}  // namespace

std::span<const FindingKind> finding_kinds() { return kCatalogue; }

std::span<const std::string_view> retired_findings() { return kRetired; }

}  // namespace podreg::core
