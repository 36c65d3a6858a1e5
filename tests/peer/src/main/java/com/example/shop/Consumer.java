package com.example.shop;

import java.util.Map;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.RpcException;

/**
 * {@code Consumer REGISTRY_URL}: calls every service of shop-order again and again, order and stock over dubbo and
 * price over tri, and tells when the outcome changes: {@code {"calls":{"outcome":…,"detail":…}}}. The outcome is ok
 * when all were answered, and the detail is then the answers; otherwise it is "no provider" or failed.
 */
public final class Consumer {
    private static final long PAUSE_MS = 200;

    private Consumer() {}

    public static void main(String[] args) throws InterruptedException {
        Lifeline.hold();
        ApplicationConfig application = new ApplicationConfig("shop-web");
        application.setMetadataType("local");
        application.setQosEnable(false);

        ReferenceConfig<OrderService> orders = reference(OrderService.class, "dubbo");
        ReferenceConfig<StockService> stocks = reference(StockService.class, "dubbo");
        stocks.setGroup(StockService.GROUP);
        stocks.setVersion(StockService.VERSION);
        ReferenceConfig<PriceService> prices = reference(PriceService.class, "tri");
        prices.setVersion(PriceService.VERSION);

        DubboBootstrap.getInstance()
                .application(application)
                .registry(new RegistryConfig(args[0]))
                .reference(orders)
                .reference(stocks)
                .reference(prices)
                .start();
        callForEver(orders.get(), stocks.get(), prices.get());
    }

    static <T> ReferenceConfig<T> reference(Class<T> service, String protocol) {
        ReferenceConfig<T> reference = new ReferenceConfig<>();
        reference.setInterface(service);
        reference.setProtocol(protocol);
        reference.setProvidedBy(Shop.APPLICATION);
        reference.setCheck(false);
        reference.setTimeout(5000);
        return reference;
    }

    private static void callForEver(OrderService orders, StockService stocks, PriceService prices)
            throws InterruptedException {
        String last = "";
        while (true) {
            String outcome;
            String detail;
            try {
                detail = answers(orders, stocks, prices);
                outcome = "ok";
            } catch (RpcException e) {
                detail = e.getMessage();
                outcome = e.isNoInvokerAvailableAfterFilter() ? "no provider" : "failed";
            }
            if (!outcome.equals(last)) {
                Output.tell("calls", Map.of("outcome", outcome, "detail", detail));
            }
            last = outcome;
            Thread.sleep(PAUSE_MS);
        }
    }

    private static String answers(OrderService orders, StockService stocks, PriceService prices) {
        Order order = orders.saveOrder(orders.getOrder("o-1"));
        return String.join(
                " ",
                orders.echo("x"),
                order.getId(),
                String.valueOf(order.getQuantity()),
                order.getAttrs().get("k"),
                String.valueOf(stocks.level("sku")),
                String.valueOf(prices.price("sku")));
    }
}
