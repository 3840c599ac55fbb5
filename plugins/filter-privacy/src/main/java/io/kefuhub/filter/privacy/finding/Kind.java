package io.kefuhub.filter.privacy.finding;

/** What tells who somebody is or where to find them. */
public enum Kind {
    PHONE("phone"),
    ID_CARD("id-card"),
    BANK_CARD("bank-card"),
    EMAIL("email"),
    ADDRESS("address"),
    PLATE("plate"),
    PASSPORT("passport"),
    /** Found by an admin's own patterns. */
    ORDER("order");

    private final String key;

    Kind(String key) {
        this.key = key;
    }

    /** As settings, tags and placeholders call it. */
    public String key() {
        return key;
    }
}
