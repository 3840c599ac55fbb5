package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** The sockets that are open, by instance of the channel that serves them. Safe for threads. */
public final class ServedSockets {
    /** So many move at the same time; each may ask the database once. */
    private static final int AT_ONCE = 4;
    /** The mover rests so many times as long as it worked, so that it never has the processors for itself. */
    private static final int RESTS = 2;

    private static final Duration LONGEST_REST = Duration.ofMillis(20);
    /** After that it rests no more. */
    private static final Duration UNHURRIED = Duration.ofSeconds(2);

    private final Guard guard;
    private final ConcurrentHashMap<String, Set<ServedSocket>> byInstance = new ConcurrentHashMap<>();

    public ServedSockets(Guard guard) {
        this.guard = guard;
    }

    SocketHandler hold(Slot<Channel> slot, Upgrade.Opened opened) {
        var instance = slot.instance();
        var socket = new ServedSocket(
                guard,
                slot,
                opened.subprotocol(),
                opened.handler(),
                gone -> byInstance.computeIfPresent(instance, (_, all) -> {
                    all.remove(gone);
                    return all.isEmpty() ? null : all;
                }));
        byInstance.compute(instance, (_, all) -> {
            var mine = all == null ? ConcurrentHashMap.<ServedSocket>newKeySet() : all;
            mine.add(socket);
            return mine;
        });
        return socket;
    }

    /**
     * Moves every socket of one generation to the next; returns when all have moved, or could not. A few move at the same
     * time, and the mover rests between them: those that wait for their turn are served by the generation before.
     */
    void move(Slot<Channel> before, Slot<Channel> next) {
        // What was on its way when the next generation came to serve is there by the second look.
        for (var look = 0; look < 2; look++) {
            var all = byInstance.getOrDefault(before.instance(), Set.of()).stream()
                    .filter(socket -> socket.isServedBy(before))
                    .toList();
            if (!all.isEmpty()) move(all, before, next);
        }
    }

    private static void move(List<ServedSocket> all, Slot<Channel> before, Slot<Channel> next) {
        // One goes ahead: what the next generation does for the first time keeps one customer waiting, not all of them.
        all.getFirst().move(before, next);
        var hurry = System.nanoTime() + UNHURRIED.toNanos();
        try (ExecutorService movers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("move-" + before.instance()).factory())) {
            for (var from = 1; from < all.size(); from += AT_ONCE) {
                var began = System.nanoTime();
                var group = all.subList(from, Math.min(from + AT_ONCE, all.size()));
                group.stream()
                        .map(socket -> CompletableFuture.runAsync(() -> socket.move(before, next), movers))
                        .toList()
                        .forEach(CompletableFuture::join);
                var now = System.nanoTime();
                if (now - hurry < 0) LockSupport.parkNanos(Math.min(RESTS * (now - began), LONGEST_REST.toNanos()));
            }
        }
    }
}
