package com.example.shop;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row of values as one line of ASCII, the same that {@code hessian2_peer} prints:
 *
 * <pre>
 *   null true 5 5L d&lt;16 hex digits of the bits&gt; t&lt;milliseconds&gt; "text" b&lt;hex&gt;
 *   #0[TYPE:item,…]  #1{TYPE:key=value,…}  #2(CLASS:field=value,…)   numbered as they are printed, sorted by key
 *   @0                                                                the one with that number
 * </pre>
 */
final class HessianText {
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder line = new StringBuilder();
    private final Map<Object, Integer> numbers = new IdentityHashMap<>();

    /** What the type of an ArrayList is: hessian2 writes its name, and makes one of a list without a type. */
    private final String typeOfArrayList;

    private HessianText(String typeOfArrayList) {
        this.typeOfArrayList = typeOfArrayList;
    }

    static String ofWritten(List<?> row) {
        return new HessianText(ArrayList.class.getName()).of(row);
    }

    static String ofRead(List<?> row) {
        return new HessianText("").of(row);
    }

    private String of(List<?> row) {
        for (Object value : row) {
            add(value);
            line.append(' ');
        }
        return line.toString();
    }

    private void add(Object value) {
        if (value == null || value instanceof Boolean) {
            line.append(value);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            line.append(value);
        } else if (value instanceof Long) {
            line.append(value).append('L');
        } else if (value instanceof Double) {
            addReal((Double) value);
        } else if (value instanceof Float) {
            addReal(Double.parseDouble(value.toString())); // as hessian2 writes one, unless it is a field
        } else if (value instanceof Date) {
            line.append('t').append(((Date) value).getTime());
        } else if (value instanceof String || value instanceof Character) {
            line.append(quoted(value.toString()));
        } else if (value instanceof byte[]) {
            line.append('b').append(HEX.formatHex((byte[]) value));
        } else if (numbers.containsKey(value)) {
            line.append('@').append(numbers.get(value));
        } else {
            line.append('#').append(numbers.size());
            numbers.put(value, numbers.size());
            addContainer(value);
        }
    }

    /** The sign of zero is lost on the way, in Java as well. */
    private void addReal(double value) {
        line.append('d');
        if (Double.isNaN(value)) {
            line.append("NaN");
        } else {
            line.append(HEX.toHexDigits(Double.doubleToRawLongBits(value == 0 ? 0 : value)));
        }
    }

    private void addContainer(Object value) {
        if (value instanceof List) {
            addList(((List<?>) value).toArray(), listType((List<?>) value));
        } else if (value.getClass().isArray()) {
            addList(value, "[" + itemType(value.getClass().getComponentType()));
        } else if (value instanceof Map) {
            addMap((Map<?, ?>) value);
        } else {
            addFields('(', value.getClass().getName(), fields(value), ')');
        }
    }

    private String listType(List<?> list) {
        if (list instanceof HessianValues.OpenList) {
            return ((HessianValues.OpenList) list).type;
        }
        return list.getClass() == ArrayList.class ? typeOfArrayList : list.getClass().getName();
    }

    private static String itemType(Class<?> type) {
        if (type == String.class) {
            return "string";
        }
        return type == Object.class ? "object" : type.getName();
    }

    private void addList(Object array, String type) {
        line.append('[').append(type).append(':');
        for (int i = 0; i < Array.getLength(array); i++) {
            line.append(i == 0 ? "" : ",");
            add(Array.get(array, i));
        }
        line.append(']');
    }

    private void addMap(Map<?, ?> map) {
        Map<String, Object> byKey = new TreeMap<>();
        map.forEach((key, value) -> byKey.put(ofRead(Collections.singletonList(key)).trim(), value));
        addFields('{', map.getClass() == HashMap.class ? "" : map.getClass().getName(), byKey, '}');
    }

    private void addFields(char begin, String type, Map<String, Object> fields, char end) {
        line.append(begin).append(type).append(':');
        String separator = "";
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            line.append(separator).append(field.getKey()).append('=');
            add(field.getValue());
            separator = ",";
        }
        line.append(end);
    }

    private static Map<String, Object> fields(Object object) {
        Map<String, Object> fields = new TreeMap<>();
        if (object instanceof BigDecimal) {
            fields.put("value", object.toString());
        } else if (object instanceof Enum) {
            fields.put("name", ((Enum<?>) object).name());
        } else {
            for (Field field : object.getClass().getFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.put(field.getName(), get(field, object));
                }
            }
        }
        return fields;
    }

    private static Object get(Field field, Object object) {
        try {
            return field.getType() == float.class ? (double) field.getFloat(object) : field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** podreg keeps text in UTF-8, which has no half of a surrogate pair. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        String whole = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        for (char c : whole.toCharArray()) {
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                quoted.append(c);
            } else {
                quoted.append("\\u").append(HEX.toHexDigits(c));
            }
        }
        return quoted.append('"').toString();
    }
}
