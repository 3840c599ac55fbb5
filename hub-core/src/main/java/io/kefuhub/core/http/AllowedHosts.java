package io.kefuhub.core.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that may be called. Immutable.
 *
 * <p>An entry is a host ({@code api.example.com}), a host with its port ({@code localhost:11434}), everything below a
 * domain ({@code *.example.com}, without the domain itself), or {@code *} for every host.
 */
public record AllowedHosts(List<String> entries) {
    public static final AllowedHosts NONE = new AllowedHosts(List.of());
    public static final AllowedHosts ALL = new AllowedHosts(List.of("*"));

    public AllowedHosts {
        entries = entries.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    public static AllowedHosts of(Collection<String> entries) {
        return new AllowedHosts(List.copyOf(entries));
    }

    /**
     * @param host without brackets when it is an IPv6 address
     */
    public boolean allow(String host, int port) {
        var name = host.toLowerCase(Locale.ROOT);
        return entries.stream().anyMatch(entry -> matches(entry, name, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*") || entry.equals(host)) return true;
        if (entry.startsWith("*.")) return host.endsWith(entry.substring(1)) && host.length() >= entry.length();
        return entry.equals(host + ":" + port) || entry.equals("[" + host + "]:" + port);
    }
}
