package com.example.shop;

import com.alibaba.com.caucho.hessian.io.AbstractHessianOutput;
import com.alibaba.com.caucho.hessian.io.AbstractSerializerFactory;
import com.alibaba.com.caucho.hessian.io.Deserializer;
import com.alibaba.com.caucho.hessian.io.Serializer;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Random values of every kind that hessian2 has, in graphs that share values and have cycles. */
final class HessianValues {
    private final Random random;
    private final List<Object> containers = new ArrayList<>();

    HessianValues(long seed) {
        random = new Random(seed);
    }

    /** An object of which others are part. */
    public static final class Node implements Serializable {
        private static final long serialVersionUID = 1L;

        public String name;
        public Object left;
        public Object right;
        public List<Object> more;
    }

    /** An object with a field of each simple type. */
    public static final class Leaf implements Serializable {
        private static final long serialVersionUID = 1L;

        public byte ofByte;
        public short ofShort;
        public int ofInt;
        public long ofLong;
        public float ofFloat;
        public double ofDouble;
        public boolean ofBoolean;
        public char ofChar;
        public Date ofDate;
        public BigDecimal ofDecimal;
        public Size ofEnum;
    }

    enum Size {
        SMALL,
        LARGE
    }

    /** A list that is written without its length, as Dubbo's own lists never are. */
    static final class OpenList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        final String type; // empty for none

        OpenList(String type) {
            this.type = type;
        }
    }

    /** Writes open lists. */
    static final class OpenLists extends AbstractSerializerFactory implements Serializer {
        @Override
        @SuppressWarnings("rawtypes") // as they are declared
        public Serializer getSerializer(Class type) {
            return type == OpenList.class ? this : null;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Deserializer getDeserializer(Class type) {
            return null;
        }

        @Override
        public void writeObject(Object object, AbstractHessianOutput out) throws IOException {
            if (out.addRef(object)) {
                return;
            }
            OpenList list = (OpenList) object;
            out.writeListBegin(-1, list.type.isEmpty() ? null : list.type);
            for (Object item : list) {
                out.writeObject(item);
            }
            out.writeListEnd();
        }
    }

    /** Some values that may share what is in them. */
    List<Object> row() {
        List<Object> row = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            row.add(random.nextInt(50) == 0 ? deep() : value(4));
        }
        return row;
    }

    /** Nested as deep as no request is. */
    private Object deep() {
        Object value = scalar();
        for (int i = random.nextInt(200); i >= 0; i--) {
            List<Object> outer = random.nextBoolean() ? new ArrayList<>() : new OpenList("");
            outer.add(value);
            value = outer;
        }
        return value;
    }

    private Object value(int depth) {
        if (!containers.isEmpty() && random.nextInt(8) == 0) {
            return containers.get(random.nextInt(containers.size()));
        }
        if (depth == 0 || random.nextInt(5) < 2) {
            return scalar();
        }
        switch (random.nextInt(5)) {
            case 0:
                return list(depth);
            case 1:
                return map(depth);
            case 2:
                return kept(leaf());
            case 3:
                return array(depth);
            default:
                return node(depth);
        }
    }

    private <T> T kept(T container) {
        containers.add(container);
        return container;
    }

    private int size() {
        return random.nextInt(20) == 0 ? random.nextInt(40) : random.nextInt(5);
    }

    private Object list(int depth) {
        String[] types = {"", "java.util.LinkedList", "com.example.shop.NoSuchList"};
        List<Object> list;
        switch (random.nextInt(3)) {
            case 0:
                list = new ArrayList<>();
                break;
            case 1:
                list = new LinkedList<>();
                break;
            default:
                list = new OpenList(types[random.nextInt(types.length)]);
        }
        kept(list);
        for (int i = size(); i > 0; i--) {
            list.add(value(depth - 1));
        }
        return list;
    }

    private Object map(int depth) {
        List<Map<Object, Object>> kinds = List.of(
                new HashMap<>(), new LinkedHashMap<>(), new TreeMap<>(), new ConcurrentHashMap<>(), new Hashtable<>());
        int kind = random.nextInt(kinds.size());
        Map<Object, Object> map = kept(kinds.get(kind));
        for (int i = size(); i > 0; i--) {
            Object value = value(depth - 1);
            map.put(kind < 2 ? key() : textKey(), kind < 3 || value != null ? value : "");
        }
        return map;
    }

    private Object key() {
        switch (random.nextInt(6)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return integer();
            case 3:
                return (long) integer() << random.nextInt(32);
            case 4:
                return date();
            default:
                return textKey();
        }
    }

    /** Halves of surrogate pairs are all the same in UTF-8: two keys would become one. */
    private String textKey() {
        return new String(string().getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    private Object array(int depth) {
        int size = size();
        switch (random.nextInt(8)) {
            case 0:
                return kept(random.ints(size).toArray());
            case 1:
                return kept(random.longs(size).toArray());
            case 2:
                return kept(random.doubles(size).toArray());
            case 3:
                return kept(new boolean[size]);
            case 4:
                return kept(new short[size]);
            case 5:
                String[] strings = kept(new String[size]);
                for (int i = 0; i < size; i++) {
                    strings[i] = random.nextInt(5) == 0 ? null : string();
                }
                return strings;
            case 6:
                Leaf[] leaves = kept(new Leaf[size]);
                for (int i = 0; i < size; i++) {
                    leaves[i] = leaf();
                }
                return leaves;
            default:
                Object[] objects = kept(new Object[size]);
                for (int i = 0; i < size; i++) {
                    objects[i] = value(depth - 1);
                }
                return objects;
        }
    }

    private Object node(int depth) {
        Node node = kept(new Node());
        node.name = random.nextInt(5) == 0 ? null : string();
        node.left = value(depth - 1);
        node.right = random.nextBoolean() ? node.left : value(depth - 1);
        node.more = random.nextBoolean() ? null : new ArrayList<>(Collections.nCopies(2, node));
        return node;
    }

    private Leaf leaf() {
        Leaf leaf = new Leaf();
        leaf.ofByte = (byte) integer();
        leaf.ofShort = (short) integer();
        leaf.ofInt = integer();
        leaf.ofLong = random.nextLong() >> random.nextInt(64);
        leaf.ofFloat = (float) real();
        leaf.ofDouble = real();
        leaf.ofBoolean = random.nextBoolean();
        leaf.ofChar = (char) random.nextInt(0x10000);
        leaf.ofDate = random.nextInt(5) == 0 ? null : date();
        leaf.ofDecimal = random.nextBoolean() ? null : new BigDecimal(integer()).scaleByPowerOfTen(-3);
        leaf.ofEnum = Size.values()[random.nextInt(2)];
        return leaf;
    }

    private Object scalar() {
        switch (random.nextInt(9)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return integer();
            case 3:
                return random.nextLong() >> random.nextInt(64);
            case 4:
                return real();
            case 5:
                return (float) real();
            case 6:
                return date();
            case 7:
                byte[] bytes = new byte[length()];
                random.nextBytes(bytes);
                return bytes;
            default:
                return string();
        }
    }

    /** Of every magnitude, so that every compact form is met. */
    private int integer() {
        return random.nextInt() >> random.nextInt(32);
    }

    private double real() {
        switch (random.nextInt(5)) {
            case 0:
                return integer();
            case 1:
                return integer() / 1000.0;
            case 2:
                return random.nextGaussian();
            case 3:
                return random.nextInt(3) - 1;
            default:
                return Double.longBitsToDouble(random.nextLong());
        }
    }

    private Date date() {
        long time = random.nextLong() >> (8 + random.nextInt(40));
        return new Date(random.nextBoolean() ? time : time / 60_000 * 60_000);
    }

    /** Mostly short; sometimes at the edges between forms, and of several chunks. */
    private int length() {
        int[] edges = {16, 32, 1024, 32_765, 32_768, 65_530, 65_536, 100_000};
        if (random.nextInt(500) > 0) {
            return random.nextInt(12);
        }
        return edges[random.nextInt(edges.length)] + random.nextInt(3) - 1;
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        for (int left = length(); left > 0; left--) {
            switch (random.nextInt(8)) {
                case 0:
                    text.append((char) (0x4e00 + random.nextInt(0x5000)));
                    break;
                case 1:
                    text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                    break;
                case 2:
                    text.append((char) random.nextInt(0x10000)); // may be half of a surrogate pair
                    break;
                case 3:
                    text.append((char) random.nextInt(0x800));
                    break;
                default:
                    text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString();
    }
}
