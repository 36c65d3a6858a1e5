package com.example.shop;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods for every kind of argument and result; most give back what they get. Exported with group kinds. */
public interface KindService {
    String GROUP = "kinds";

    enum Color {
        RED,
        GREEN
    }

    boolean flag(boolean value);

    byte octet(byte value);

    short brief(short value);

    int whole(int value);

    long wide(long value);

    char letter(char value);

    float single(float value);

    double real(double value);

    Boolean boxedFlag(Boolean value);

    Integer boxedWhole(Integer value);

    Long boxedWide(Long value);

    Double boxedReal(Double value);

    String text(String value);

    BigDecimal decimal(BigDecimal value);

    BigInteger integer(BigInteger value);

    Date date(Date value);

    LocalDateTime local(LocalDateTime value);

    Color color(Color value);

    byte[] bytes(byte[] value);

    int[] numbers(int[] value);

    String[] texts(String[] value);

    List<String> list(List<String> value);

    List<Long> wides(List<Long> value);

    Set<String> set(Set<String> value);

    Map<String, Long> map(Map<String, Long> value);

    Map<Long, List<String>> lists(Map<Long, List<String>> value);

    Basket basket(Basket value);

    List<Order> orders(List<Order> value);

    Object anything(Object value);

    /** The only one of its kind: a value that holds itself. */
    Basket selfish();

    void nothing();

    String none();

    String kind(int value);

    String kind(long value);

    String kind(String value);

    String kind(String value, int times);

    int declared(String message) throws ShopException;

    int undeclared(String message);

    /** What it got as attachment under the name. */
    String attachment(String name);

    /** The milliseconds, after as many. */
    int sleep(int milliseconds) throws InterruptedException;
}
