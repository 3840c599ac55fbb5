package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sockets that are open, by instance of the channel that serves them. Safe for threads. */
public final class ServedSockets {
    /** So many move at the same time; each may ask the database once. */
    private static final int AT_ONCE = 8;

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

    /** Moves every socket of one generation to the next; returns when all have moved, or could not. */
    void move(Slot<Channel> before, Slot<Channel> next) {
        var all = new ArrayList<>(byInstance.getOrDefault(before.instance(), Set.of()));
        if (all.isEmpty()) return;
        // One goes ahead: what the next generation does for the first time keeps one customer waiting, not all of them.
        all.removeFirst().move(before, next);
        if (all.isEmpty()) return;
        try (ExecutorService movers = Executors.newFixedThreadPool(
                Math.min(AT_ONCE, all.size()),
                Thread.ofVirtual().name("move-" + before.instance()).factory())) {
            for (var socket : all) movers.execute(() -> socket.move(before, next));
        }
    }
}
