package io.kefuhub.channel.feishu.reply;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Store;
import io.kefuhub.api.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Cards under way, kept in the store by the answer that grows in them. Safe for threads, and for two generations at once. */
final class GrownCards {
    private static final Duration KEPT = Duration.ofDays(2);
    private static final int TRIES = 50;

    private final Store store;
    private final InstantSource clock;

    /**
     * @param message the platform's name of the message that shows it; empty while none does
     * @param sequence the number of the last change that was begun
     * @param at when that was
     */
    record Card(String id, String message, long sequence, Instant at) {
        private String json() {
            return Json.write(Map.of("card", id, "message", message, "sequence", sequence, "at", at.toEpochMilli()));
        }

        private static Card of(JsonObject json) {
            return new Card(
                    json.text("card", ""),
                    json.text("message", ""),
                    json.number("sequence", 0),
                    Instant.ofEpochMilli(json.number("at", 0)));
        }
    }

    GrownCards(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Optional<Card> find(String answerId) {
        return store.get(key(answerId)).flatMap(Json::object).map(Card::of);
    }

    /** Keeps a new card, unless another was kept meanwhile; returns the one that counts. */
    Card make(String answerId, String id) {
        var card = new Card(id, "", 1, now());
        if (store.putIfAbsent(key(answerId), card.json(), KEPT)) return card;
        return find(answerId).orElse(card);
    }

    void shown(String answerId, String message) {
        change(answerId, card -> new Card(card.id, message, card.sequence, now()));
    }

    /** Takes the number of the next change; no two callers get the same. */
    long next(String answerId, int by) {
        return change(answerId, card -> new Card(card.id, card.message, card.sequence + by, now())).sequence;
    }

    void forget(String answerId) {
        store.remove(key(answerId));
    }

    private interface Change {
        Card of(Card card);
    }

    private Card change(String answerId, Change change) {
        for (var tries = 0; tries < TRIES; tries++) {
            var text = store.get(key(answerId));
            var before = text.flatMap(Json::object).map(Card::of);
            if (before.isEmpty()) break;
            var after = change.of(before.get());
            if (store.compareAndSet(key(answerId), text.get(), after.json(), KEPT)) return after;
        }
        throw new UnavailableException("a card's state is gone or changes all the time");
    }

    /** As it is kept, to the millisecond. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static String key(String answerId) {
        return "card:" + answerId;
    }
}
