package com.example.shop;

import com.alibaba.com.caucho.hessian.io.Hessian2Input;
import com.alibaba.com.caucho.hessian.io.Hessian2Output;
import com.alibaba.com.caucho.hessian.io.SerializerFactory;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference implementation of hessian2. A message is a row of values; a file of messages has 4 bytes, big endian,
 * before each that say how long it is, and a line of text for each is what {@link HessianText} makes of it.
 *
 * <pre>
 *   Hessian write SEED COUNT MESSAGES TEXTS   writes random messages and their texts; the first has that seed
 *   Hessian read MESSAGES TEXTS               reads messages, and writes their texts
 * </pre>
 *
 * Tells at the end how many there were: {@code {"messages":…}}.
 */
public final class Hessian {
    private static final SerializerFactory FACTORY = new SerializerFactory();

    private Hessian() {}

    public static void main(String[] args) throws IOException {
        FACTORY.addFactory(new HessianValues.OpenLists());
        boolean writes = args[0].equals("write");
        try (PrintStream texts = new PrintStream(
                new BufferedOutputStream(Files.newOutputStream(Path.of(args[args.length - 1]))),
                false,
                StandardCharsets.US_ASCII)) {
            Path messages = Path.of(args[args.length - 2]);
            int count = writes
                    ? write(Long.parseLong(args[1]), Integer.parseInt(args[2]), messages, texts)
                    : read(messages, texts);
            Output.tell("messages", count);
        }
    }

    private static int write(long seed, int count, Path file, PrintStream texts) throws IOException {
        try (DataOutputStream messages = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int i = 0; i < count; i++) {
                List<Object> row = new HessianValues(seed + i).row();
                byte[] message = encode(row);
                messages.writeInt(message.length);
                messages.write(message);
                texts.println(HessianText.ofWritten(row));
            }
        }
        return count;
    }

    private static byte[] encode(List<Object> row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hessian2Output output = new Hessian2Output(bytes);
        output.setSerializerFactory(FACTORY);
        for (Object value : row) {
            output.writeObject(value);
        }
        output.close();
        return bytes.toByteArray();
    }

    private static int read(Path file, PrintStream texts) throws IOException {
        int count = 0;
        try (DataInputStream messages = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (; messages.available() > 0; count++) {
                byte[] message = messages.readNBytes(messages.readInt());
                texts.println(HessianText.ofRead(decode(message)));
            }
        }
        return count;
    }

    private static List<Object> decode(byte[] message) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(message);
        Hessian2Input input = new Hessian2Input(bytes);
        input.setSerializerFactory(FACTORY);
        List<Object> row = new ArrayList<>();
        while (!input.isEnd()) {
            row.add(input.readObject());
        }
        return row;
    }
}
