package com.example.shop;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.dubbo.common.utils.JsonUtils;

/** What a program tells the test: one JSON object a line, in UTF-8 whatever the locale is. */
final class Output {
    private static final PrintStream STDOUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Output() {}

    static void tell(String key, Object value) {
        STDOUT.println(JsonUtils.toJson(Map.of(key, value)));
    }
}
