package io.kefuhub.core.plugin.wasm.guest;

import java.util.Optional;

/** What a guest is asked in one call. One thread only. */
public interface Errand {
    /** All of it, as the guest reads it. */
    byte[] input();

    /**
     * One value out of it.
     *
     * @param pointer by RFC 6901, such as {@code /message/text}
     */
    Optional<String> field(String pointer);

    /** A setting of the instance that is asked. */
    Optional<String> setting(String key);

    /** The guest says something about what it does. */
    void log(LogLevel level, String line);

    /** How a guest says how much a line matters. */
    enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
