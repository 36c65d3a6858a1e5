package com.example.shop;

import java.util.ArrayList;
import java.util.List;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.metadata.MetadataInfo;
import org.apache.dubbo.registry.client.ServiceDiscovery;
import org.apache.dubbo.registry.support.RegistryManager;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * {@code Provider REGISTRY_URL PROTOCOL:PORT,… SERVICE,… [SERIALIZATION]}: exports services (order, stock, price, kinds),
 * registers itself as the pod {@code $HOSTNAME} as far as the registry's URL allows, and then tells what it exports:
 * {@code {"metadataInfo":{…}}}. Runs until SIGTERM, and unregisters.
 *
 * <p>A service may be NAME@GROUP:VERSION. The application is shop-order, or what the environment has as
 * {@code SHOP_APPLICATION}.
 */
public final class Provider {
    private Provider() {}

    public static void main(String[] args) throws InterruptedException {
        Lifeline.hold();
        ApplicationConfig application = new ApplicationConfig(
                System.getenv().getOrDefault("SHOP_APPLICATION", Shop.APPLICATION));
        application.setMetadataType("local");
        application.setRegisterMode("instance");
        application.setQosEnable(false);

        DubboBootstrap bootstrap = DubboBootstrap.getInstance();
        bootstrap.application(application).registry(new RegistryConfig(args[0]));
        List<ProtocolConfig> protocols = protocols(args[1], args.length > 3 ? args[3] : null);
        protocols.forEach(bootstrap::protocol);
        for (String name : args[2].split(",")) {
            ServiceConfig<Object> service = service(name);
            service.setRef(name.equals("kinds") ? new Kinds() : new Shop());
            service.setProtocols(protocols);
            bootstrap.service(service);
        }
        bootstrap.start();

        Output.tell("metadataInfo", exported(bootstrap.getApplicationModel()));
        Thread.currentThread().join();
    }

    private static List<ProtocolConfig> protocols(String list, String serialization) {
        List<ProtocolConfig> protocols = new ArrayList<>();
        for (String item : list.split(",")) {
            String[] nameAndPort = item.split(":");
            ProtocolConfig protocol = new ProtocolConfig(nameAndPort[0], Integer.parseInt(nameAndPort[1]));
            protocol.setId(nameAndPort[0]);
            protocol.setSerialization(serialization);
            protocols.add(protocol);
        }
        return protocols;
    }

    private static ServiceConfig<Object> service(String nameAndKey) {
        String[] parts = nameAndKey.split("[@:]");
        ServiceConfig<Object> service = named(parts[0]);
        if (parts.length > 1) {
            service.setGroup(parts[1]);
            service.setVersion(parts[2]);
        }
        return service;
    }

    private static ServiceConfig<Object> named(String name) {
        ServiceConfig<Object> service = new ServiceConfig<>();
        switch (name) {
            case "order":
                service.setInterface(OrderService.class);
                break;
            case "stock":
                service.setInterface(StockService.class);
                service.setGroup(StockService.GROUP);
                service.setVersion(StockService.VERSION);
                break;
            case "price":
                service.setInterface(PriceService.class);
                service.setVersion(PriceService.VERSION);
                service.setTimeout(1500);
                service.setWeight(50);
                break;
            case "kinds":
                service.setInterface(KindService.class);
                service.setGroup(KindService.GROUP);
                break;
            default:
                throw new IllegalArgumentException("no service '" + name + "'; there are: order stock price kinds");
        }
        return service;
    }

    /** What the MetadataService of this process answers; there is one registry. */
    private static MetadataInfo exported(ApplicationModel model) {
        ServiceDiscovery discovery =
                model.getBeanFactory().getBean(RegistryManager.class).getServiceDiscoveries().get(0);
        return discovery.getLocalMetadata();
    }
}
