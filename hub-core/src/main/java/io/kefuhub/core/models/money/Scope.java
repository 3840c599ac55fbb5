package io.kefuhub.core.models.money;

import io.kefuhub.core.models.Payer;

/** Whose spending a budget bounds. */
public enum Scope {
    HUB,
    DESK,
    CHANNEL,
    ASSISTANT,
    CUSTOMER;

    /** In a budget: each subject by itself that has no budget of its own. */
    public static final String EACH = "*";

    /** Which of its kind somebody is; empty when he is none of them, and always for the hub. */
    String subject(Payer payer) {
        return switch (this) {
            case HUB -> "";
            case DESK -> payer.desk();
            case CHANNEL -> payer.channel();
            case ASSISTANT -> payer.assistant();
            case CUSTOMER -> payer.customer();
        };
    }

    boolean concerns(Payer payer) {
        return this == HUB || !subject(payer).isEmpty();
    }
}
