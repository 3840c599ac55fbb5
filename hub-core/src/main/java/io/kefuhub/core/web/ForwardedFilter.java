package io.kefuhub.core.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out who calls, over what, and what they call this hub, before anything else looks at a call.
 *
 * <p>What a call says of itself counts only behind a proxy, and of what grows on the way only the last entry counts: that
 * one is the proxy's own, the others may be anybody's.
 */
final class ForwardedFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    private final transient WebSettings settings;

    ForwardedFilter(WebSettings settings) {
        this.settings = settings;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        forwarded(request, "X-Forwarded-For")
                .flatMap(ForwardedFilter::address)
                .ifPresent(address -> request.setAttribute(Requests.ADDRESS, address));
        var host = forwarded(request, "X-Forwarded-Host").filter(HOST.asMatchPredicate());
        host.ifPresent(named -> request.setAttribute(Requests.HOST, named));
        request.setAttribute(Requests.SCHEME, scheme(request, host));
        chain.doFilter(request, response);
    }

    /** Without a word of the proxy: who calls the hub by its public name came by its public way. */
    private String scheme(HttpServletRequest request, Optional<String> host) {
        var told = forwarded(request, "X-Forwarded-Proto");
        if (told.isPresent()) return told.get().equalsIgnoreCase("https") ? "https" : "http";
        var named =
                host.or(() -> Optional.ofNullable(request.getHeader("Host"))).orElse("");
        return settings.secure() && settings.isPublic(named) ? "https" : request.getScheme();
    }

    private Optional<String> forwarded(HttpServletRequest request, String header) {
        if (!settings.behindProxy()) return Optional.empty();
        var lines = Collections.list(request.getHeaders(header));
        if (lines.isEmpty()) return Optional.empty();
        var last = lines.getLast();
        return Optional.of(last.substring(last.lastIndexOf(',') + 1).strip());
    }

    /** Some proxies add the port. */
    private static Optional<String> address(String told) {
        var colon = told.indexOf(':');
        var bare = told;
        if (told.startsWith("[")) bare = told.substring(1).replaceFirst("].*", "");
        else if (colon >= 0 && colon == told.lastIndexOf(':')) bare = told.substring(0, colon);
        try {
            return Optional.of(InetAddress.ofLiteral(bare).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
