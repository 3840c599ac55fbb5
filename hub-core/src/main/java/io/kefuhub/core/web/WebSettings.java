package io.kefuhub.core.web;

/**
 * How the hub is reached.
 *
 * @param host the address to listen on; empty for all
 * @param port 0 for any free one
 * @param secure whether people reach it by HTTPS, so that cookies never travel without
 * @param behindProxy whether a proxy in front says where a call comes from (the last {@code X-Forwarded-For})
 */
public record WebSettings(String host, int port, boolean secure, boolean behindProxy) {
    public static WebSettings local(int port) {
        return new WebSettings("127.0.0.1", port, false, false);
    }
}
