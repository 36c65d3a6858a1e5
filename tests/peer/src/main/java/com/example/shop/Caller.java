package com.example.shop;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/**
 * {@code Caller REGISTRY_URL}: a consumer that calls add of shop-order's OrderService once, over dubbo, tells the result,
 * {@code {"sum":42}}, and ends. {@code Caller PROVIDER_URL COUNT} calls that provider so often over one connection, one
 * call after the other, once the JVM is warm, {@code {"warm":…}}, and tells {@code {"perSecond":…}}.
 */
public final class Caller {
    private static final int WARM_UP = 10_000;

    private Caller() {}

    public static void main(String[] args) {
        boolean often = args.length > 1;
        ApplicationConfig application = new ApplicationConfig("shop-web");
        application.setMetadataType("local");
        application.setQosEnable(false);
        ReferenceConfig<OrderService> reference =
                Consumer.reference(OrderService.class, often ? args[0].substring(0, args[0].indexOf(':')) : "dubbo");
        if (often) {
            reference.setUrl(args[0]);
        }
        DubboBootstrap.getInstance()
                .application(application)
                .registry(new RegistryConfig(often ? RegistryConfig.NO_AVAILABLE : args[0]))
                .reference(reference)
                .start();
        OrderService orders = reference.get();
        if (often) {
            Output.tell("warm", call(orders, WARM_UP));
            Output.tell("perSecond", call(orders, Integer.parseInt(args[1])));
        } else {
            Output.tell("sum", orders.add(2, 40));
        }
        Runtime.getRuntime().halt(0);
    }

    private static double call(OrderService orders, int count) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (orders.add(2, i) != i + 2) {
                throw new IllegalStateException("a wrong sum");
            }
        }
        return count * 1e9 / (System.nanoTime() - begin);
    }
}
