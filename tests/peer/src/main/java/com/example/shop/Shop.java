package com.example.shop;

import java.util.List;
import java.util.Map;

/** The one implementation of all services. */
class Shop implements OrderService, StockService, PriceService {
    static final String APPLICATION = "shop-order";

    private static final int IN_STOCK = 7;

    @Override
    public String echo(String text) {
        return "echo:" + text;
    }

    @Override
    public int add(int a, int b) {
        return a + b;
    }

    @Override
    public Order getOrder(String id) {
        Order order = new Order();
        order.setId(id);
        order.setQuantity(3);
        order.setPrice(9.5);
        order.setCreatedAt(1_700_000_000_000L);
        order.setPaid(true);
        order.setTags(List.of("a", "b"));
        order.setAttrs(Map.of("k", "v\u4e2d"));
        return order;
    }

    @Override
    public Order saveOrder(Order order) {
        order.setQuantity(order.getQuantity() + 1);
        return order;
    }

    @Override
    public int level(String sku) {
        return IN_STOCK;
    }

    @Override
    public boolean reserve(String sku, int count) {
        return count <= IN_STOCK;
    }

    @Override
    public double price(String sku) {
        return 1.25;
    }
}
