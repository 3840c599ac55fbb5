package io.kefuhub.core.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts that may be called. Immutable.
 *
 * <p>An entry is a host ({@code api.example.com}), a host with its port ({@code localhost:11434}), everything below a
 * domain ({@code *.example.com}, without the domain itself), or {@code *} for every host.
 */
public record AllowedHosts(List<String> entries) {
    public static final AllowedHosts NONE = new AllowedHosts(List.of());
    public static final AllowedHosts ALL = new AllowedHosts(List.of("*"));

    /** What an entry looks like. */
    public static final Pattern ENTRY = Pattern.compile("(?i)\\*"
            + "|(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*"
            + "|[a-z0-9_-]+(\\.[a-z0-9_-]+)*:\\d{1,5}"
            + "|[0-9a-f]*:[0-9a-f.:]*:[0-9a-f.:]*"
            + "|\\[[0-9a-f.:]+]:\\d{1,5}");

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

    /** Whether everything that an entry of another list allows is allowed here. */
    public boolean cover(String entry) {
        var name = entry.strip().toLowerCase(Locale.ROOT);
        return entries.stream().anyMatch(wider -> covers(wider, name));
    }

    private static boolean covers(String wider, String entry) {
        if (wider.equals("*") || wider.equals(entry)) return true;
        var host = withoutPort(entry);
        if (!wider.startsWith("*.")) return wider.equals(host);
        var below = host.startsWith("*.") ? host.substring(1) : host;
        return below.endsWith(wider.substring(1)) && below.length() >= wider.length();
    }

    private static String withoutPort(String entry) {
        var colon = entry.lastIndexOf(':');
        if (entry.startsWith("[")) return entry.substring(1, entry.indexOf(']'));
        return colon > 0 && colon == entry.indexOf(':') ? entry.substring(0, colon) : entry;
    }
}
