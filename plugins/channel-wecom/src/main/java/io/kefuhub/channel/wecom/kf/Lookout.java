package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.Tasks;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Reads ahead of a queue of messages that is still being brought, for what wants an answer within seconds: whoever enters is
 * welcomed, however many wait before them. What it has read is not asked for again. Safe for threads.
 */
final class Lookout {
    /** Of one account, so that a long queue takes no memory. */
    private static final int PAGES = 6;

    private final Tasks tasks;
    private final BiFunction<String, String, Optional<KfPage>> fetch;
    private final Consumer<KfPage> look;
    /** Guarded by itself. */
    private final Map<String, Ahead> accounts = new HashMap<>();

    private static final class Ahead {
        /** Up to where somebody has looked; nobody has where it is empty. */
        private String cursor = "";

        private boolean behind;
        private boolean looking;
        private boolean again;
        private final SequencedMap<String, KfPage> pages = new LinkedHashMap<>();
    }

    /**
     * @param fetch a page of an account from a cursor; empty when the platform cannot be asked
     * @param look at what is urgent in a page, once or more often
     */
    Lookout(Tasks tasks, BiFunction<String, String, Optional<KfPage>> fetch, Consumer<KfPage> look) {
        this.tasks = tasks;
        this.fetch = fetch;
        this.look = look;
    }

    /** Messages of an account are being brought from now on, or have been. */
    void brings(String account, boolean more) {
        synchronized (accounts) {
            of(account).behind = more;
        }
    }

    /** What somebody has looked at already, for who brings it. */
    Optional<KfPage> read(String account, String cursor) {
        synchronized (accounts) {
            return Optional.ofNullable(of(account).pages.remove(cursor));
        }
    }

    /** A page was looked at by who brings it. */
    void passed(String account, KfPage page) {
        synchronized (accounts) {
            var ahead = of(account);
            if (ahead.cursor.isEmpty() || ahead.cursor.equals(page.cursor())) ahead.cursor = page.next();
        }
    }

    /** Something has come: looks at it, where it would have to wait for its turn. */
    void nudged(String account) {
        synchronized (accounts) {
            var ahead = of(account);
            if (!ahead.behind || ahead.cursor.isEmpty()) return;
            ahead.again = true;
            if (ahead.looking) return;
            ahead.looking = true;
        }
        tasks.run("look-ahead", () -> run(account));
    }

    private void run(String account) {
        var goesOn = true;
        try {
            while (goesOn) goesOn = step(account);
        } finally {
            if (goesOn) {
                synchronized (accounts) {
                    of(account).looking = false;
                }
            }
        }
    }

    /** Looks at one page; says whether there may be another. */
    private boolean step(String account) {
        String from;
        synchronized (accounts) {
            from = of(account).cursor;
            of(account).again = false;
        }
        var page = fetch.apply(account, from);
        page.ifPresent(look);
        synchronized (accounts) {
            var ahead = of(account);
            page.ifPresent(one -> keep(ahead, one));
            var more = page.filter(KfPage::more).isPresent() || ahead.again;
            if (!more) ahead.looking = false;
            return more;
        }
    }

    private static void keep(Ahead ahead, KfPage page) {
        if (!ahead.cursor.equals(page.cursor())) return;
        ahead.cursor = page.next();
        if (!page.items().isEmpty() && ahead.pages.size() < PAGES) ahead.pages.put(page.cursor(), page);
    }

    private Ahead of(String account) {
        return accounts.computeIfAbsent(account, _ -> new Ahead());
    }
}
