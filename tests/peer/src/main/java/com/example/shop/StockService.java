package com.example.shop;

/** Exported with group g1 and version 1.0.0. */
public interface StockService {
    String GROUP = "g1";
    String VERSION = "1.0.0";

    int level(String sku);

    boolean reserve(String sku, int count);
}
