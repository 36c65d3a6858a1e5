package com.example.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.dubbo.common.ProtocolServiceKey;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.url.component.ServiceConfigURL;
import org.apache.dubbo.registry.client.ServiceDiscovery;
import org.apache.dubbo.registry.client.event.ServiceInstancesChangedEvent;
import org.apache.dubbo.registry.client.event.listener.ServiceInstancesChangedListener;
import org.apache.dubbo.rpc.RpcContext;

/** What a consumer makes of the instances of an application: it asks them for their metadata, and derives the URLs. */
final class ConsumerUrls extends ServiceInstancesChangedListener {
    private final String application;

    ConsumerUrls(String application, ServiceDiscovery discovery) {
        super(Set.of(application), discovery);
        this.application = application;
    }

    List<Map<String, Object>> all() {
        return of("*", "*", "*", "*");
    }

    /** The URLs that the instances registered now have for whoever subscribes like that; interface * is every one. */
    List<Map<String, Object>> of(String interfaceName, String version, String group, String protocol) {
        onEvent(new ServiceInstancesChangedEvent(application, serviceDiscovery.getInstances(application)));
        List<Map<String, Object>> shown = new ArrayList<>();
        for (List<ProtocolServiceKeyWithUrls> services : serviceUrls.values()) {
            for (ProtocolServiceKeyWithUrls service : services) {
                ProtocolServiceKey key = service.getProtocolServiceKey();
                String wanted = interfaceName.equals("*") ? key.getInterfaceName() : interfaceName;
                ProtocolServiceKey subscription = new ProtocolServiceKey(wanted, version, group, protocol);
                if (ProtocolServiceKey.Matcher.isMatch(subscription, key)) {
                    service.getUrls().forEach(url -> shown.add(shown(key, url)));
                }
            }
        }
        return shown;
    }

    /** One URL stands for all services of its instance: what it says depends on who asks. */
    private static Map<String, Object> shown(ProtocolServiceKey service, URL url) {
        RpcContext.getServiceContext().setConsumerUrl(consumer(service));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("protocol", url.getProtocol());
        fields.put("host", url.getHost());
        fields.put("port", url.getPort());
        fields.put("path", url.getPath());
        fields.put("interface", url.getServiceInterface());
        fields.put("group", text(url.getGroup()));
        fields.put("version", text(url.getVersion()));
        return fields;
    }

    private static URL consumer(ProtocolServiceKey service) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("interface", service.getInterfaceName());
        parameters.put("group", text(service.getGroup()));
        parameters.put("version", text(service.getVersion()));
        return new ServiceConfigURL(service.getProtocol(), "127.0.0.1", 0, service.getInterfaceName(), parameters);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
