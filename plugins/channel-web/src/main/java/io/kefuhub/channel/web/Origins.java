package io.kefuhub.channel.web;

import io.kefuhub.api.web.WebRequest;
import java.util.Locale;

/** Which page a call comes from. Programs that are no browser name none. */
final class Origins {
    private Origins() {}

    /** Whether the call names no origin or the hub's own; over TLS only the one with TLS. */
    static boolean isOwn(WebRequest request) {
        var named = request.header("origin");
        if (named.isEmpty()) return true;
        var origin = named.get().toLowerCase(Locale.ROOT);
        var host = request.host().toLowerCase(Locale.ROOT);
        return origin.equals("https://" + host) || (!request.secure() && origin.equals("http://" + host));
    }
}
