package io.kefuhub.channel.feishu.reply;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much of a reply has been sent, kept over restarts: the platform recognises a repeat for an hour only. Immutable.
 *
 * @param ids the platform's names of the messages that are there
 * @param open when a message was begun of which it is not known whether it arrived; the epoch for none
 */
record Progress(List<String> ids, Instant open) {
    private static final Duration KEPT = Duration.ofHours(26);
    private static final Duration RECOGNISED = Duration.ofMinutes(55);

    Progress {
        ids = List.copyOf(ids);
    }

    static Progress load(Store store, String delivery) {
        var kept = store.get(key(delivery)).flatMap(Json::object).orElse(JsonObject.EMPTY);
        return new Progress(
                kept.list("ids").stream().map(String::valueOf).toList(), Instant.ofEpochMilli(kept.number("open", 0)));
    }

    Progress save(Store store, String delivery) {
        store.put(key(delivery), Json.write(Map.of("ids", ids, "open", open.toEpochMilli())), KEPT);
        return this;
    }

    boolean isOpen() {
        return open.isAfter(Instant.EPOCH);
    }

    /** Whether something may be there already and a repeat would not be recognised. */
    boolean isBeyondRepeat(Instant now) {
        return isOpen() && Duration.between(open, now).compareTo(RECOGNISED) > 0;
    }

    Progress begun(Instant now) {
        return isOpen() ? this : new Progress(ids, now);
    }

    Progress sent(String id) {
        var more = new ArrayList<>(ids);
        more.add(id);
        return new Progress(more, Instant.EPOCH);
    }

    private static String key(String delivery) {
        return "out:" + delivery;
    }
}
