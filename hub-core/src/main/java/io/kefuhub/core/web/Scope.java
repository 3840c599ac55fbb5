package io.kefuhub.core.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What an API token opens. */
public enum Scope {
    /** Asking models, under {@code /v1}. */
    @JsonProperty("models")
    MODELS;

    /** As it is written in the API and in the database. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Scope of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
