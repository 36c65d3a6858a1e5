package com.example.shop;

import java.io.IOException;

/** Ends this process at once when its standard input ends, so that it cannot outlive who started it. */
final class Lifeline {
    private Lifeline() {}

    static void hold() {
        Thread thread = new Thread(Lifeline::readUntilEnd, "lifeline");
        thread.setDaemon(true);
        thread.start();
    }

    private static void readUntilEnd() {
        try {
            while (System.in.read() != -1) {
                continue;
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
