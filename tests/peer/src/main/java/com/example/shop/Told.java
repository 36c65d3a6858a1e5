package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.utils.JsonUtils;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.registry.client.AbstractServiceDiscovery;
import org.apache.dubbo.registry.client.AbstractServiceDiscoveryFactory;
import org.apache.dubbo.registry.client.DefaultServiceInstance;
import org.apache.dubbo.registry.client.ServiceDiscovery;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * The registry {@code told://…}, for a Dubbo that has none for Kubernetes. What a provider registers there is only
 * told, {@code {"registered":{…}}}, for the test to register.
 *
 * <p>{@code Told HOST PORT FILE} is a consumer for which one instance of shop-order is registered, with the metadata
 * in FILE, a JSON object; tells the URLs that it has: {@code {"urls":[…]}}.
 */
public final class Told extends AbstractServiceDiscovery {
    private final List<ServiceInstance> instances;

    private Told(ApplicationModel application, List<ServiceInstance> instances) {
        super(application, URL.valueOf("told://127.0.0.1").setScopeModel(application));
        this.instances = instances;
    }

    /** By its name in META-INF, Dubbo makes the registry. */
    public static final class Factory extends AbstractServiceDiscoveryFactory {
        @Override
        protected ServiceDiscovery createDiscovery(URL registry) {
            return new Told(applicationModel, List.of());
        }
    }

    public static void main(String[] args) throws IOException {
        ApplicationModel application = ApplicationModel.defaultModel();
        ApplicationConfig config = new ApplicationConfig("shop-web");
        config.setMetadataType("local");
        application.getApplicationConfigManager().setApplication(config);
        application.getDefaultModule();

        ServiceInstance instance =
                instance(args[0], Integer.parseInt(args[1]), metadata(Path.of(args[2])), application);
        Output.tell("urls", new ConsumerUrls(Shop.APPLICATION, new Told(application, List.of(instance))).all());
        Runtime.getRuntime().halt(0);
    }

    static ServiceInstance instance(
            String host, int port, Map<String, String> metadata, ApplicationModel application) {
        DefaultServiceInstance instance = new DefaultServiceInstance(Shop.APPLICATION, host, port, application);
        instance.getMetadata().putAll(metadata);
        return instance;
    }

    static Map<String, String> metadata(Path file) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<?, ?> object = JsonUtils.toJavaObject(Files.readString(file), Map.class);
        object.forEach((key, value) -> metadata.put((String) key, (String) value));
        return metadata;
    }

    @Override
    protected void doRegister(ServiceInstance instance) {
        Output.tell("registered", instance.getMetadata());
    }

    @Override
    protected void doUnregister(ServiceInstance instance) {}

    @Override
    protected void doDestroy() {}

    @Override
    public Set<String> getServices() {
        return Set.of(Shop.APPLICATION);
    }

    @Override
    public List<ServiceInstance> getInstances(String service) {
        return instances;
    }
}
