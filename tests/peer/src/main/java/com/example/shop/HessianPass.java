package com.example.shop;

import com.alibaba.com.caucho.hessian.io.Hessian2Input;
import com.alibaba.com.caucho.hessian.io.SerializerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How fast the reference implementation decodes MetadataInfo: {@code HessianPass FRAME SECONDS} reads the body of a
 * frame that a provider sent, over and over, and tells {@code {"bytesPerSecond":…}}. Before it measures, it does the
 * same for as long, so that all is compiled.
 */
public final class HessianPass {
    private static final int LENGTH = 12; // where the frame's head has it
    private static final int HEAD = 16;
    private static final SerializerFactory FACTORY = new SerializerFactory();

    private HessianPass() {}

    public static void main(String[] args) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(args[0])); // there may be more frames behind it
        byte[] body = Arrays.copyOfRange(bytes, HEAD, HEAD + ByteBuffer.wrap(bytes).getInt(LENGTH));
        double seconds = Double.parseDouble(args[1]);
        bytesPerSecond(body, seconds);
        Output.tell("bytesPerSecond", bytesPerSecond(body, seconds));
    }

    private static double bytesPerSecond(byte[] body, double seconds) throws IOException {
        long start = System.nanoTime();
        for (double bytes = 0; ; bytes += body.length) {
            double taken = (System.nanoTime() - start) / 1e9;
            if (taken >= seconds) {
                return bytes / taken;
            }
            decode(body);
        }
    }

    private static void decode(byte[] body) throws IOException {
        Hessian2Input input = new Hessian2Input(new ByteArrayInputStream(body));
        input.setSerializerFactory(FACTORY);
        while (!input.isEnd()) {
            input.readObject();
        }
    }
}
