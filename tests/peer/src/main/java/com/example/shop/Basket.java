package com.example.shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Date;
import java.util.List;

/** A bean with beans in it. */
public class Basket implements Serializable {
    private static final long serialVersionUID = 1L;

    private long number;
    private BigDecimal total;
    private Date created;
    private KindService.Color color;
    private Order first;
    private List<Order> orders;
    private byte[] seal;
    private Basket parent;

    public long getNumber() {
        return number;
    }

    public void setNumber(long number) {
        this.number = number;
    }

    public BigDecimal getTotal() {
        return total;
    }

    public void setTotal(BigDecimal total) {
        this.total = total;
    }

    public Date getCreated() {
        return created;
    }

    public void setCreated(Date created) {
        this.created = created;
    }

    public KindService.Color getColor() {
        return color;
    }

    public void setColor(KindService.Color color) {
        this.color = color;
    }

    public Order getFirst() {
        return first;
    }

    public void setFirst(Order first) {
        this.first = first;
    }

    public List<Order> getOrders() {
        return orders;
    }

    public void setOrders(List<Order> orders) {
        this.orders = orders;
    }

    public byte[] getSeal() {
        return seal;
    }

    public void setSeal(byte[] seal) {
        this.seal = seal;
    }

    public Basket getParent() {
        return parent;
    }

    public void setParent(Basket parent) {
        this.parent = parent;
    }
}
