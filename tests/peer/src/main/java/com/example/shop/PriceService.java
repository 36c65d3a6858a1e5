package com.example.shop;

/** Exported with version 2.0.0 and parameters of its own. */
public interface PriceService {
    String VERSION = "2.0.0";

    double price(String sku);
}
