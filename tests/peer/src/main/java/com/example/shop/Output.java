package com.example.shop;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.dubbo.common.utils.JsonUtils;

/** What a program tells the test: one JSON object a line, in UTF-8 whatever the locale is. */
final class Output {
    private static final PrintStream STDOUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Output() {}

    static void tell(String key, Object value) {
        write(Map.of(key, value));
    }

    static void tell(String key, Object value, String secondKey, Object secondValue) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(key, value);
        line.put(secondKey, secondValue);
        write(line);
    }

    private static void write(Map<String, Object> line) {
        STDOUT.println(JsonUtils.toJson(line));
    }
}
