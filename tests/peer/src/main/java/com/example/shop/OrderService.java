package com.example.shop;

/** Exported without group and version. */
public interface OrderService {
    String echo(String text);

    int add(int a, int b);

    Order getOrder(String id);

    Order saveOrder(Order order);
}
