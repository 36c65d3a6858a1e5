package com.example.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.registry.client.event.ServiceInstancesChangedEvent;
import org.apache.dubbo.registry.client.event.listener.ServiceInstancesChangedListener;
import org.apache.dubbo.registry.kubernetes.KubernetesServiceDiscovery;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * Dubbo's Kubernetes registry without an application around it. Reads commands from standard input, one a line, and
 * answers each with a line {@code {"answer":{"value":…}}} or {@code {"answer":{"error":…}}}.
 *
 * <pre>
 *   REGISTRY_URL services        the names of all services
 *   REGISTRY_URL instances NAME  the instances of a service
 *   REGISTRY_URL urls NAME INTERFACE VERSION GROUP PROTOCOL
 *                                the URLs of a consumer of that service of the application; * matches all, - nothing
 *   REGISTRY_URL watch NAME      tells them now and at every change, {"watched":…}, until the next watch or unwatch
 *   REGISTRY_URL unwatch
 *   REGISTRY_URL register FILE   registers the pod $HOSTNAME with the metadata in FILE, a JSON object
 *   REGISTRY_URL unregister
 * </pre>
 */
public final class Peer {
    private final ApplicationModel application = ApplicationModel.defaultModel();

    /** Dubbo keeps what is watched per process and service name, so there is one at a time. */
    private KubernetesServiceDiscovery watching;

    private Peer() {
        ApplicationConfig config = new ApplicationConfig("peer");
        config.setMetadataType("local");
        application.getApplicationConfigManager().setApplication(config);
        application.getDefaultModule();
    }

    public static void main(String[] args) throws IOException {
        Peer peer = new Peer();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ", 3);
            try {
                Object value = peer.answer(words[0], words[1], words.length > 2 ? words[2] : "");
                Output.tell("answer", Map.of("value", value));
            } catch (Exception e) {
                e.printStackTrace();
                Output.tell("answer", Map.of("error", e.toString()));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private Object answer(String registry, String command, String argument) throws Exception {
        switch (command) {
            case "watch":
                unwatch();
                watching = open(registry);
                watching.addServiceInstancesChangedListener(new Teller(argument, watching));
                return "watching";
            case "unwatch":
                unwatch();
                return "not watching";
            default:
                KubernetesServiceDiscovery discovery = open(registry);
                try {
                    return answer(discovery, command, argument);
                } finally {
                    if (watching == null) { // or that would end, too
                        discovery.destroy();
                    }
                }
        }
    }

    private Object answer(KubernetesServiceDiscovery discovery, String command, String argument) throws IOException {
        switch (command) {
            case "services":
                return new TreeSet<>(discovery.getServices());
            case "instances":
                return shown(discovery.getInstances(argument));
            case "urls":
                return urls(discovery, argument.split(" "));
            case "register":
                discovery.doRegister(instance(Told.metadata(Path.of(argument))));
                return "registered";
            case "unregister":
                discovery.doUnregister(instance(Map.of()));
                return "unregistered";
            default:
                throw new IllegalArgumentException("no command '" + command + "'");
        }
    }

    /** The words are NAME INTERFACE VERSION GROUP PROTOCOL. */
    private static List<Map<String, Object>> urls(KubernetesServiceDiscovery discovery, String[] words) {
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals("-") ? "" : words[i];
        }
        return new ConsumerUrls(words[0], discovery).of(words[1], words[2], words[3], words[4]);
    }

    private KubernetesServiceDiscovery open(String registry) {
        return new KubernetesServiceDiscovery(application, URL.valueOf(registry).setScopeModel(application));
    }

    private void unwatch() throws Exception {
        if (watching != null) {
            watching.destroy();
        }
        watching = null;
    }

    private ServiceInstance instance(Map<String, String> metadata) {
        return Told.instance("127.0.0.1", 20880, metadata, application);
    }

    private static List<Map<String, Object>> shown(List<ServiceInstance> instances) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (ServiceInstance instance : instances) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("serviceName", instance.getServiceName());
            fields.put("host", instance.getHost());
            fields.put("port", instance.getPort());
            fields.put("metadata", instance.getMetadata());
            shown.add(fields);
        }
        return shown;
    }

    private static final class Teller extends ServiceInstancesChangedListener {
        Teller(String service, KubernetesServiceDiscovery discovery) {
            super(Set.of(service), discovery);
        }

        @Override
        public synchronized void onEvent(ServiceInstancesChangedEvent event) {
            Output.tell("watched", shown(event.getServiceInstances()));
        }
    }
}
