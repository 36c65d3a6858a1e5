package com.example.shop;

/** An exception that methods declare. */
public class ShopException extends Exception {
    private static final long serialVersionUID = 1L;

    public ShopException(String message) {
        super(message);
    }
}
