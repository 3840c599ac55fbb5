package io.kefuhub.simulators;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** Every call between hub and platform, both ways, with what was sent and answered. The last few thousand. Safe for threads. */
public final class Journal {
    private static final int KEPT = 5000;
    private static final int SHOWN = 16 * 1024;

    private final Clock clock;
    private final Changes changes;
    private final Deque<Entry> entries = new ArrayDeque<>();

    public enum Way {
        /** The hub called the platform. */
        CALL,
        /** The platform called the hub. */
        CALLBACK,
        /** A frame from the hub on a socket. */
        FRAME_IN,
        /** A frame to the hub on a socket. */
        FRAME_OUT,
        /** Something one should know, such as a callback given up. */
        NOTE
    }

    /**
     * @param seq its place among all that happened, messages included
     * @param what method and path, or the kind of frame or event
     * @param status of HTTP; 0 when there was no answer
     * @param fault what was switched on and struck; empty if nothing did
     * @param inChinese what a note says, for readers of Chinese; empty for everything else
     */
    public record Entry(
            long seq,
            Instant at,
            Way way,
            String surface,
            String what,
            int status,
            long millis,
            String request,
            String answer,
            String fault,
            String inChinese) {}

    Journal(Clock clock, Changes changes) {
        this.clock = clock;
        this.changes = changes;
    }

    public void exchange(
            Way way,
            String surface,
            String what,
            int status,
            long millis,
            String request,
            String answer,
            String fault) {
        var at = clock.instant();
        add(seq -> new Entry(
                seq, at, way, surface, what, status, millis, shortened(request), shortened(answer), fault, ""));
    }

    public void frame(Way way, String surface, String what, String content) {
        exchange(way, surface, what, 0, 0, content, "", "");
    }

    /** Words name things alike in both languages: their {@code %s} are filled in here. */
    public void note(String surface, Words words, Object... things) {
        var at = clock.instant();
        var en = String.format(Locale.ROOT, words.en(), things);
        var zh = String.format(Locale.ROOT, words.zh(), things);
        add(seq -> new Entry(seq, at, Way.NOTE, surface, en, 0, 0, "", "", "", zh));
    }

    private void add(LongFunction<Entry> entry) {
        changes.record(seq -> {
            entries.addLast(entry.apply(seq));
            if (entries.size() > KEPT) entries.removeFirst();
        });
    }

    public List<Entry> after(long seq) {
        synchronized (changes) {
            return entries.stream().filter(entry -> entry.seq > seq).toList();
        }
    }

    void clear() {
        synchronized (changes) {
            entries.clear();
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + ")";
    }
}
