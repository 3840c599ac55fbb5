package io.kefuhub.api;

/** A setting is missing or wrong. Names the key and what is expected, in the admin's words, never the value. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String key;
    private final transient Localized expected;

    public SettingsException(String key, String expected) {
        this(key, Localized.of(expected));
    }

    public SettingsException(String key, Localized expected) {
        super(key + ": " + expected);
        this.key = key;
        this.expected = expected;
    }

    public SettingsException(String key, String expected, Throwable cause) {
        this(key, Localized.of(expected), cause);
    }

    public SettingsException(String key, Localized expected, Throwable cause) {
        super(key + ": " + expected, cause);
        this.key = key;
        this.expected = expected;
    }

    public String key() {
        return key;
    }

    public Localized expected() {
        return expected;
    }
}
