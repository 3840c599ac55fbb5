package io.kefuhub.core.config;

/** A setting that cannot be used; names the key and what is allowed, never the value. */
public final class ConfigException extends RuntimeException {
    private final String key;

    public ConfigException(String key, String allowed) {
        super(key + ": " + allowed);
        this.key = key;
    }

    public ConfigException(String key, String allowed, Throwable cause) {
        super(key + ": " + allowed, cause);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
