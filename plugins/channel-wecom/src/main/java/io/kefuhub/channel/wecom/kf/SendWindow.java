package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.Localized;
import io.kefuhub.api.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How many messages a customer may still be sent: five, in the 48 hours after they last wrote. Kept in the store, so that
 * a restart does not forget. Safe for threads.
 */
final class SendWindow {
    static final int MESSAGES = 5;
    static final Duration OPEN = Duration.ofHours(48);

    private static final Duration KEPT = Duration.ofDays(60);
    private static final int TRIES = 20;

    private final Store store;
    private final InstantSource clock;

    SendWindow(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private record State(long heard, int sent) {
        private static State read(String text) {
            var space = text.indexOf(' ');
            return new State(Long.parseLong(text.substring(0, space)), Integer.parseInt(text.substring(space + 1)));
        }

        @Override
        public String toString() {
            return heard + " " + sent;
        }
    }

    /** The customer wrote: five more may be sent. */
    void heard(KfThread thread, Instant at) {
        var second = at.getEpochSecond();
        change(thread, known -> known.filter(state -> state.heard >= second).orElseGet(() -> new State(second, 0)));
    }

    void sent(KfThread thread) {
        if (read(thread).isPresent()) {
            change(
                    thread,
                    known -> known.map(state -> new State(state.heard, state.sent + 1))
                            .orElseGet(() -> new State(0, 1)));
        }
    }

    /**
     * Says why so many messages may not be sent now, in an admin's and an agent's words; empty when they may be, or when it
     * is not known when the customer last wrote, and then the platform says so.
     */
    Optional<Localized> refusal(KfThread thread, int messages) {
        return read(thread).flatMap(state -> {
            var age = Duration.between(Instant.ofEpochSecond(state.heard), clock.instant());
            if (age.compareTo(OPEN) > 0) {
                return Optional.of(Localized.of(
                        "the customer last wrote more than 48 hours ago; WeChat lets nothing be sent until they write again.",
                        "客户上次发言已超过 48 小时，需等待客户再次发言。"));
            }
            var left = Math.max(0, MESSAGES - state.sent);
            if (messages <= left) return Optional.empty();
            return Optional.of(Localized.of(
                    "this takes " + messages + " WeChat messages and " + left
                            + " of 5 are left until the customer writes again.",
                    "需要发送 " + messages + " 条消息，客户再次发言前仅剩 " + left + " 条（上限 5 条）。"));
        });
    }

    private Optional<State> read(KfThread thread) {
        return store.get(key(thread)).map(State::read);
    }

    private void change(KfThread thread, Change change) {
        for (var tries = 0; tries < TRIES; tries++) {
            var before = store.get(key(thread));
            var after = change.apply(before.map(State::read)).toString();
            if (before.isEmpty() && store.putIfAbsent(key(thread), after, KEPT)) return;
            if (before.isPresent() && before.get().equals(after)) return;
            if (before.isPresent() && store.compareAndSet(key(thread), before.get(), after, KEPT)) return;
        }
        throw new IllegalStateException("the count of messages changes all the time");
    }

    private interface Change {
        State apply(Optional<State> known);
    }

    private static String key(KfThread thread) {
        return "window:" + thread;
    }
}
