package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.InstanceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chances that a thread's messages gave to say something: each may be answered bit by bit for some minutes, and once
 * more within an hour. Kept in the store. Safe for threads.
 */
final class Openings {
    /** For so long a message can be answered at its own address. */
    static final Duration WINDOW = Duration.ofHours(1);

    private static final int MOST = 40;

    private final InstanceContext context;
    private final Shelf shelf;

    Openings(InstanceContext context) {
        this.context = context;
        this.shelf = new Shelf(context.store(), WINDOW.multipliedBy(2));
    }

    /**
     * @param stream of the answer; empty for what is not answered bit by bit
     * @param address for one answer; a secret; empty when it was used
     */
    record Opening(String stream, String address, Instant at) {
        private Map<String, Object> kept() {
            return Map.of("stream", stream, "address", address, "at", at.toEpochMilli());
        }

        private static Opening read(JsonObject kept) {
            return new Opening(
                    kept.text("stream", ""), kept.text("address", ""), Instant.ofEpochMilli(kept.number("at", 0)));
        }

        @Override
        public String toString() {
            return "Opening[" + stream + "]";
        }
    }

    /** Adds one, unless it is known. */
    void add(String thread, Opening opening) {
        shelf.change(key(thread), before -> {
            var all = new ArrayList<>(read(before));
            if (all.stream().anyMatch(one -> one.stream().equals(opening.stream()))) return before;
            all.add(opening);
            return Optional.of(written(fresh(all)));
        });
    }

    /** Those of the last hour, the oldest first. */
    List<Opening> of(String thread) {
        return fresh(read(shelf.get(key(thread))));
    }

    /** Takes the address for oneself; of several callers at once, one gets it. */
    boolean take(String thread, Opening opening) {
        var mine = new boolean[1];
        shelf.change(key(thread), before -> {
            var all = new ArrayList<>(read(before));
            mine[0] = all.contains(opening);
            all.replaceAll(one -> one.equals(opening) ? new Opening(one.stream(), "", one.at()) : one);
            return mine[0] ? Optional.of(written(all)) : before;
        });
        return mine[0];
    }

    /** Gives an address back that nothing was sent to. */
    void giveBack(String thread, Opening opening) {
        shelf.change(key(thread), before -> {
            var all = new ArrayList<>(read(before));
            all.replaceAll(one -> one.stream().equals(opening.stream()) ? opening : one);
            return Optional.of(written(all));
        });
    }

    private List<Opening> fresh(List<Opening> all) {
        var since = context.clock().instant().minus(WINDOW);
        var fresh = all.stream().filter(one -> one.at().isAfter(since)).toList();
        return fresh.subList(Math.max(0, fresh.size() - MOST), fresh.size());
    }

    private static String key(String thread) {
        return "openings:" + Keys.of(thread);
    }

    private static String written(List<Opening> all) {
        return Json.write(all.stream().map(Opening::kept).toList());
    }

    private static List<Opening> read(Optional<String> kept) {
        return kept.flatMap(Json::value).stream()
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.empty())
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .map(Opening::read)
                .toList();
    }
}
