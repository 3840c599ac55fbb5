package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Store;
import io.kefuhub.api.UnavailableException;
import java.time.Duration;

/**
 * Who of this hub is connected as the bot, in the store, as one only may be: so that whoever is evicted knows whether it was
 * by the next generation or another node, or by a program that is none of ours. Safe for threads.
 */
final class Holder {
    private static final String KEY = "holder";
    private static final Duration LEASE = Duration.ofSeconds(90);

    private final Store store;
    private final String me = Link.newId();
    private final String account;

    Holder(Store store, BotSettings.Way.Connected way) {
        this.store = store;
        this.account = Keys.of(way.botId() + "\n" + way.secret());
    }

    /** Says that the platform is about to be asked to connect us. */
    void claim() {
        quietly(() -> store.put(KEY, claimed(), LEASE));
    }

    /** Says that it did, or that we are still there. */
    void stay() {
        quietly(() -> {
            var isOurs = store.compareAndSet(KEY, claimed(), connected(), LEASE)
                    || store.compareAndSet(KEY, connected(), connected(), LEASE);
            if (!isOurs) store.putIfAbsent(KEY, connected(), LEASE);
        });
    }

    void leave() {
        quietly(() -> {
            if (isMe()) store.remove(KEY);
        });
    }

    /** Whether another of this hub has claimed the bot, and has not gone silent since. */
    boolean isAnother() {
        return store.get(KEY).filter(value -> !value.startsWith(me)).isPresent();
    }

    /** Whether nobody of this hub has claimed it since. */
    boolean isMe() {
        return store.get(KEY).filter(value -> value.startsWith(me)).isPresent();
    }

    /** Whether one of this hub is connected with the same id and secret, which are right then. */
    boolean isProven() {
        return store.get(KEY)
                .filter(value -> value.endsWith(":" + account + ":up"))
                .isPresent();
    }

    private String claimed() {
        return me + ":" + account + ":claimed";
    }

    private String connected() {
        return me + ":" + account + ":up";
    }

    /** The connection serves without this, too. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (UnavailableException _) {
            // It is said again with the next sign of life.
        }
    }
}
