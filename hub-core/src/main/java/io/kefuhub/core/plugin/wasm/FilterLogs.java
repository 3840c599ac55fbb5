package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.plugin.cases.GoldenCases;
import io.kefuhub.core.plugin.wasm.guest.Errand;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What modules have said of late, each in its own words and with the message that it was about. In memory only and for
 * admins only, since nobody knows what a module writes down. Safe for threads.
 */
final class FilterLogs {
    static final int KEPT = 500;

    private final Map<String, Deque<Line>> live = new ConcurrentHashMap<>();
    /** Of golden cases, which are nobody's messages and must not push out what was said about those. */
    private final Map<String, Deque<Line>> tried = new ConcurrentHashMap<>();

    /**
     * @param conversation empty where it was about none
     * @param message empty for what is not stored yet, such as a reply
     */
    record Line(
            Instant at,
            String filter,
            String version,
            String conversation,
            String message,
            Errand.LogLevel level,
            String text) {}

    void add(
            String plugin,
            String filter,
            String version,
            Subject subject,
            Instant at,
            Errand.LogLevel level,
            String text) {
        var logs = filter.equals(GoldenCases.INSTANCE) ? tried : live;
        var lines = logs.computeIfAbsent(plugin, _ -> new ArrayDeque<>());
        synchronized (lines) {
            if (lines.size() == KEPT) lines.removeFirst();
            lines.add(new Line(at, filter, version, subject.conversation(), subject.message(), level, text));
        }
    }

    /** The latest, newest last. */
    List<Line> latest(String plugin, int most) {
        return latest(live.get(plugin), most);
    }

    /** The latest that was said in golden cases, newest last. */
    List<Line> latestOfCases(String plugin, int most) {
        return latest(tried.get(plugin), most);
    }

    private static List<Line> latest(@Nullable Deque<Line> lines, int most) {
        if (lines == null) return List.of();
        synchronized (lines) {
            return lines.stream().skip(Math.max(0, lines.size() - most)).toList();
        }
    }
}
