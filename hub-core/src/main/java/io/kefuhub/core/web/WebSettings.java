package io.kefuhub.core.web;

import java.net.URI;
import java.util.Locale;

/**
 * How the hub is reached.
 *
 * @param host the address to listen on; empty for all
 * @param port 0 for any free one
 * @param publicUrl what people's browsers call the hub by
 * @param behindProxy whether a proxy in front says who calls, over what, and what they call the hub
 */
public record WebSettings(String host, int port, URI publicUrl, boolean behindProxy) {
    public static WebSettings local(int port) {
        return new WebSettings("127.0.0.1", port, URI.create("http://localhost:" + port), false);
    }

    /** Whether people reach it by HTTPS, so that cookies never travel without. */
    public boolean secure() {
        return "https".equals(publicUrl.getScheme());
    }

    /** Whether a {@code Host} header names the public address. */
    boolean isPublic(String named) {
        var port = publicUrl.getPort();
        var authority = port < 0 || port == (secure() ? 443 : 80) ? publicUrl.getHost() : publicUrl.getAuthority();
        return named.toLowerCase(Locale.ROOT).equals(authority.toLowerCase(Locale.ROOT));
    }
}
