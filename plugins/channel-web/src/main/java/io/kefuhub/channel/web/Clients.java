package io.kefuhub.channel.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is connected now. Safe for threads; nothing is sent while its lock is held. */
final class Clients {
    private final Limits limits;
    private final Map<String, List<Client>> byThread = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int count;

    Clients(Limits limits) {
        this.limits = limits;
    }

    /** Whether there was room for one more. */
    enum Room {
        YES,
        ADDRESS_FULL,
        ALL_FULL
    }

    /**
     * Takes a place for a connection that asks for one, before it opens: who is let in is never sent away for want of
     * room. {@link #leave} gives the place back.
     */
    synchronized Room enter(String address) {
        if (count >= limits.connections()) return Room.ALL_FULL;
        var here = byAddress.getOrDefault(address, 0);
        if (here >= limits.connectionsPerAddress()) return Room.ADDRESS_FULL;
        byAddress.put(address, here + 1);
        count++;
        return Room.YES;
    }

    /** Takes a place for a connection that is open already. */
    synchronized void enterAnyway(String address) {
        byAddress.merge(address, 1, Integer::sum);
        count++;
    }

    synchronized void leave(String address) {
        byAddress.computeIfPresent(address, (_, here) -> here > 1 ? here - 1 : null);
        count--;
    }

    /** Adds a client that has a place and is open; the visitor's oldest ones make room. */
    void add(Client client) {
        List<Client> tooMany;
        synchronized (this) {
            var all = byThread.computeIfAbsent(client.session().thread(), _ -> new ArrayList<>(1));
            all.add(client);
            var own = all.stream()
                    .filter(other ->
                            other.session().visitor().equals(client.session().visitor()))
                    .sorted(Comparator.comparingLong(Client::number))
                    .toList();
            tooMany = List.copyOf(own.subList(0, Math.max(0, own.size() - limits.connectionsPerVisitor())));
        }
        for (var oldest : tooMany) oldest.close(4009, "replaced by a newer connection");
    }

    void remove(Client client) {
        remove(client, client.session().thread());
    }

    private synchronized void remove(Client client, String thread) {
        byThread.computeIfPresent(thread, (_, all) -> {
            all.remove(client);
            return all.isEmpty() ? null : all;
        });
    }

    synchronized List<Client> of(String thread) {
        return List.copyOf(byThread.getOrDefault(thread, List.of()));
    }

    /** The connections of one browser. */
    List<Client> of(Session session) {
        return of(session.thread()).stream()
                .filter(client -> client.session().visitor().equals(session.visitor()))
                .toList();
    }

    synchronized List<Client> all() {
        var all = new ArrayList<Client>(count);
        byThread.values().forEach(all::addAll);
        return all;
    }

    /** Lets a connection go on under another session. */
    synchronized void move(Client client, Session to) {
        var all = byThread.get(client.session().thread());
        if (all == null || !all.remove(client)) return;
        if (all.isEmpty()) byThread.remove(client.session().thread());
        client.session(to);
        byThread.computeIfAbsent(to.thread(), _ -> new ArrayList<>(1)).add(client);
    }
}
