package io.kefuhub.api;

/** A setting is missing or wrong. Names the key and what is expected, never the value. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String key;

    public SettingsException(String key, String expected) {
        super(key + ": " + expected);
        this.key = key;
    }

    public SettingsException(String key, String expected, Throwable cause) {
        super(key + ": " + expected, cause);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
