package com.example.shop;

import java.util.List;
import java.util.Set;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.client.AbstractServiceDiscovery;
import org.apache.dubbo.registry.client.AbstractServiceDiscoveryFactory;
import org.apache.dubbo.registry.client.ServiceDiscovery;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * The registry {@code told://…}, for a Dubbo that has none for Kubernetes: what is registered there is only told,
 * {@code {"registered":{…}}}, for the test to register.
 */
public final class ToldServiceDiscoveryFactory extends AbstractServiceDiscoveryFactory {
    @Override
    protected ServiceDiscovery createDiscovery(URL registry) {
        return new ToldServiceDiscovery(applicationModel, registry);
    }

    private static final class ToldServiceDiscovery extends AbstractServiceDiscovery {
        ToldServiceDiscovery(ApplicationModel application, URL registry) {
            super(application, registry);
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
            return Set.of();
        }

        @Override
        public List<ServiceInstance> getInstances(String service) {
            return List.of();
        }
    }
}
