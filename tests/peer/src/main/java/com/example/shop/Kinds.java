package com.example.shop;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.dubbo.rpc.RpcContext;

/** Gives back what it gets. */
class Kinds implements KindService {
    @Override
    public boolean flag(boolean value) {
        return value;
    }

    @Override
    public byte octet(byte value) {
        return value;
    }

    @Override
    public short brief(short value) {
        return value;
    }

    @Override
    public int whole(int value) {
        return value;
    }

    @Override
    public long wide(long value) {
        return value;
    }

    @Override
    public char letter(char value) {
        return value;
    }

    @Override
    public float single(float value) {
        return value;
    }

    @Override
    public double real(double value) {
        return value;
    }

    @Override
    public Boolean boxedFlag(Boolean value) {
        return value;
    }

    @Override
    public Integer boxedWhole(Integer value) {
        return value;
    }

    @Override
    public Long boxedWide(Long value) {
        return value;
    }

    @Override
    public Double boxedReal(Double value) {
        return value;
    }

    @Override
    public String text(String value) {
        return value;
    }

    @Override
    public BigDecimal decimal(BigDecimal value) {
        return value;
    }

    @Override
    public BigInteger integer(BigInteger value) {
        return value;
    }

    @Override
    public Date date(Date value) {
        return value;
    }

    @Override
    public LocalDateTime local(LocalDateTime value) {
        return value;
    }

    @Override
    public Color color(Color value) {
        return value;
    }

    @Override
    public byte[] bytes(byte[] value) {
        return value;
    }

    @Override
    public int[] numbers(int[] value) {
        return value;
    }

    @Override
    public String[] texts(String[] value) {
        return value;
    }

    @Override
    public List<String> list(List<String> value) {
        return value;
    }

    @Override
    public List<Long> wides(List<Long> value) {
        return value;
    }

    @Override
    public Set<String> set(Set<String> value) {
        return value;
    }

    @Override
    public Map<String, Long> map(Map<String, Long> value) {
        return value;
    }

    @Override
    public Map<Long, List<String>> lists(Map<Long, List<String>> value) {
        return value;
    }

    @Override
    public Basket basket(Basket value) {
        return value;
    }

    @Override
    public List<Order> orders(List<Order> value) {
        return value;
    }

    @Override
    public Object anything(Object value) {
        return value;
    }

    @Override
    public Basket selfish() {
        Basket basket = new Basket();
        basket.setNumber(1);
        basket.setParent(basket);
        return basket;
    }

    @Override
    public void nothing() {
        // It is called, and that is all.
    }

    @Override
    public String none() {
        return null;
    }

    @Override
    public String kind(int value) {
        return "int " + value;
    }

    @Override
    public String kind(long value) {
        return "long " + value;
    }

    @Override
    public String kind(String value) {
        return "String " + value;
    }

    @Override
    public String kind(String value, int times) {
        return "String " + value + " " + times;
    }

    @Override
    public int declared(String message) throws ShopException {
        throw new ShopException(message);
    }

    @Override
    public int undeclared(String message) {
        throw new IllegalStateException(message);
    }

    @Override
    public String attachment(String name) {
        return RpcContext.getServerAttachment().getAttachment(name);
    }

    @Override
    public int sleep(int milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
        return milliseconds;
    }
}
