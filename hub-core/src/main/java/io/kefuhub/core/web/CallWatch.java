package io.kefuhub.core.web;

import java.time.Duration;

/** Is told of every answered call; from many threads, and must not wait. */
public interface CallWatch {
    /** A watch that does not look. */
    CallWatch NONE = (method, route, status, took) -> {};

    /** @param route the path as it was declared, never as it was called */
    void answered(String method, String route, int status, Duration took);
}
